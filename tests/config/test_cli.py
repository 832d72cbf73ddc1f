"""The ``comptoir`` command, the worker's queues, and the preparation of a place."""

from pathlib import Path

import pytest
from django.test import override_settings

from comptoir.config import catalogues, preparation, schema
from comptoir.config.database import django_database
from comptoir.config.worker import GROUPS, forgotten_queues, groups_of
from tests.config.place import comptoir, environment, free_port


def test_hyphens_and_underscores_name_the_same_command(tmp_path: Path) -> None:
    env = environment(tmp_path, free_port())
    for name in ("no-such-command", "no_such_command"):
        ended = comptoir(name, env=env)
        assert (ended.returncode, "no_such_command" in ended.stderr) == (1, True)


def test_a_database_that_cannot_start_is_said_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "something").write_text("in the way")
    ended = comptoir("run", env=environment(tmp_path, free_port()))
    assert ended.returncode == 1
    assert "The database does not start" in ended.stderr
    assert "comptoir doctor" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("url", "host", "port", "name"),
    [
        ("postgresql://u:p%40ss@db.example:6543/shop", "db.example", "6543", "shop"),
        ("postgres://u@/shop?host=/run/pg", "/run/pg", "", "shop"),
        ("postgresql://", "", "", "comptoir"),
    ],
)
def test_database_urls_are_read(url: str, host: str, port: str, name: str) -> None:
    entry = django_database(url)
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == (host, port, name)


def test_a_password_in_a_url_is_unquoted() -> None:
    assert django_database("postgresql://u:p%40ss@h/x")["PASSWORD"] == "p@ss"


def test_statements_are_prepared_unless_a_pooler_forbids_it() -> None:
    usual = django_database("postgresql://h/x?sslmode=require")["OPTIONS"]
    assert usual == {"sslmode": "require", "server_side_binding": True, "prepare_threshold": 3}
    pooled = django_database("postgresql://h/x?prepare_threshold=off")["OPTIONS"]
    assert pooled == {"server_side_binding": False, "prepare_threshold": None}


def test_every_queue_that_a_task_names_is_served() -> None:
    assert forgotten_queues() == set()


def test_a_worker_for_one_queue_takes_its_group_only() -> None:
    assert [group.name for group in groups_of(["mail"])] == ["mail"]
    assert groups_of([]) == list(GROUPS)
    with pytest.raises(ValueError, match="no-such"):
        groups_of(["no-such"])


@pytest.mark.django_db
def test_static_files_are_collected_when_they_changed(tmp_path: Path) -> None:
    source, root = tmp_path / "source", tmp_path / "var" / "static"
    source.mkdir()
    (source / "one.css").write_text("p { color: red }")
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STATICFILES_DIRS=[source], STATIC_ROOT=root, STORAGES=storages):
        assert preparation.collect_changed() is True
        assert (root / "one.css").exists()
        assert preparation.collect_changed() is False
        (source / "two.css").write_text("p { color: blue }")
        assert preparation.collect_changed() is True
        assert (root / "two.css").exists()


@pytest.mark.django_db(transaction=True)
def test_migrating_a_migrated_database_does_nothing() -> None:
    assert schema.migrate_once() == 0


def test_texts_are_extracted_from_python_and_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "code.py").write_text('from x import gettext as _\n_("From Python")\n')
    (tmp_path / "templates" / "page.html").write_text('{{ _("From a page") }}')
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    assert {str(m.id) for m in catalogues.extracted() if m.id} == {"From Python", "From a page"}
    assert len(list(catalogues.problems("fr"))) == 2
    assert catalogues.update("fr") == (2, 2)
    path = catalogues.path_of("fr")
    done = path.read_text().replace('"From Python"\nmsgstr ""', '"From Python"\nmsgstr "De là"')
    path.write_text(done)
    problems = list(catalogues.problems("fr"))
    assert len(problems) == 1
    assert "untranslated 'From a page' (templates/page.html:1)" in problems[0]
    assert catalogues.compile_changed() == 1
    assert catalogues.compile_changed() == 0
    assert path.with_suffix(".mo").exists()


def test_a_french_sign_stays_with_its_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "code.py").write_text('from x import gettext as _\n_("Where?")\n')
    monkeypatch.setattr(catalogues, "PACKAGE", tmp_path)
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    catalogues.update("fr")
    path = catalogues.path_of("fr")
    empty = path.read_text()
    found = []
    for space in (" ", "\u202f"):
        path.write_text(empty.replace('"Where?"\nmsgstr ""', f'"Where?"\nmsgstr "Où{space}?"'))
        found.append(list(catalogues.problems("fr")))
    assert found == [["fr: a line may break before a sign of 'Where?' (code.py:2)"], []]
