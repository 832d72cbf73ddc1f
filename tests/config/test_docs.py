"""The guides say what the code does: every variable, every command, every example of a file."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings

from comptoir.catalog.feeds.reading import open_feed

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src"
TESTS = ROOT / "tests"
COMMANDS = SOURCE / "comptoir" / "config" / "management" / "commands"
OF_DEVELOPERS = ("load_demo", "messages")
GUIDES = ("people", "shops", "operators")
READ = re.compile(r"""["'](COMPTOIR_[A-Z_]+|DATABASE_URL)["']""")
COMMAND = re.compile(r"^\| `comptoir ([a-z-]+)", re.MULTILINE)
ROW = re.compile(r"^\| `(COMPTOIR_[A-Z_]+|DATABASE_URL)` \|", re.MULTILINE)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(test_\w+)`")
CODE = re.compile(r"`((?:[a-z]+/)+(?:\w+\.py)?)`")
LINK = re.compile(r"\[[^\]]+\]\(([^)#:]+)\)")


def guide(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def variables_read() -> set[str]:
    """The names that the code quotes; each is one that it reads or sets in the environment."""
    texts = (path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    return {name for text in texts for name in READ.findall(text)}


@pytest.mark.parametrize("name", ["operators.md", "operators.fr.md"])
def test_every_variable_of_the_environment_has_its_row(name: str) -> None:
    told = ROW.findall(guide(name))
    assert len(told) == len(set(told))
    assert set(told) == variables_read()


@pytest.mark.parametrize("name", ["operators.md", "operators.fr.md"])
def test_every_command_for_operators_has_its_row(name: str) -> None:
    ours = {path.stem for path in COMMANDS.glob("*.py")} - {"__init__", *OF_DEVELOPERS}
    named = {word.replace("-", "_") for word in COMMAND.findall(guide(name))}
    assert named == ours | {"doctor", "web", "dbshell"}


def test_the_search_for_variables_finds_them() -> None:
    """Or the test above would hold two empty sets to each other."""
    assert {"DATABASE_URL", "COMPTOIR_VAR", "COMPTOIR_SMTP_PASSWORD"} <= variables_read()


@pytest.mark.parametrize("name", ["shops.md", "shops.fr.md"])
def test_every_example_of_a_catalogue_comes_in_whole(name: str) -> None:
    examples = FENCE.findall(guide(name))
    assert [kind for kind, _text in examples] == ["xml", "xml", "tsv", "csv", "csv"]
    labels = []
    for _kind, text in examples:
        feed = open_feed(io.BytesIO(text.encode()), currency="EUR")
        labels.append(feed.format.label)
        rows = list(feed)
        assert rows
        for row in rows:
            assert row.item is not None, row.issues
            assert not [issue for issue in row.issues if issue.severity == "error"]
    assert labels == [
        "Google Merchant RSS",
        "Google Merchant Atom",
        "Google Merchant TSV",
        "Meta CSV",
        "Pinterest CSV",
    ]


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_have_the_same_parts_and_examples(name: str) -> None:
    english, french = guide(f"{name}.md"), guide(f"{name}.fr.md")
    for mark in (r"^##+ ", r"^\| ", r"^- ", r"^```"):
        counts = [len(re.findall(mark, text, re.MULTILINE)) for text in (english, french)]
        assert counts[0] == counts[1], mark


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("name", ["operators.md", "operators.fr.md"])
def test_what_is_kept_beside_the_database_is_saved_and_shared(name: str) -> None:
    text = guide(name)
    kept = {Path(place).name for place in (settings.MEDIA_ROOT, settings.FILES_ROOT)}
    (saved,) = re.findall(r"^cp -a (var/.+) /", text, re.MULTILINE)
    assert set(saved.split()) == {f"var/{one}" for one in (*kept, "secret-key")}
    (restored,) = re.findall(r"^cp -a (/.+) \"\$COMPTOIR_VAR", text, re.MULTILINE)
    assert {Path(one).name for one in restored.split()} == {*kept, "secret-key"}
    shared = next(part for part in text.split("\n\n") if "`COMPTOIR_SECRET_KEY`, `var/" in part)
    assert all(f"`var/{one}`" in shared for one in kept)


def test_every_test_that_security_names_exists() -> None:
    named = set(NAMED.findall(guide("security.md")))
    texts = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    written = {
        name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)
    }
    assert named
    assert named - written == set()


def test_every_place_in_the_code_that_security_names_exists() -> None:
    named = set(CODE.findall(guide("security.md")))
    assert named
    places = (SOURCE / "comptoir", ROOT)
    assert {name for name in named if not any((place / name).exists() for place in places)} == set()
