"""``comptoir import-catalogue``, as someone at a terminal meets it."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from comptoir.catalog.models import ImportRun, Variant
from tests import cast
from tests.catalog.importing import line, table

pytestmark = pytest.mark.django_db

TEN = [line(f"b{n}") for n in range(10)]


@pytest.fixture(autouse=True)
def _english_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def file_in(folder: Path, content: bytes) -> str:
    path = folder / "flux.csv"
    path.write_bytes(content)
    return str(path)


def status_of(*arguments: str) -> int:
    """The exit status."""
    try:
        call_command("import_catalogue", *arguments, "--no-pictures")
    except SystemExit as leave:
        return int(leave.code or 0)
    return 0


def test_it_reports_counts_and_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cast.maison_zinc()
    path = file_in(tmp_path, table(*TEN, line("x", price="[red]cher")))
    assert status_of("@maison_zinc", path) == 0
    shown = capsys.readouterr().out
    assert "flux.csv · Meta CSV · utf-8" in shown
    assert "[red]cher" in shown
    assert "A price such as" in shown
    assert Variant.objects.count() == 10


def test_it_asks_before_it_withdraws_half_of_a_shop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.maison_zinc()
    status_of("maison_zinc", file_in(tmp_path, table(*TEN)))
    short = file_in(tmp_path, table(*TEN[:2]))
    assert status_of("maison_zinc", short) == 3
    assert "--yes-withdraw" in capsys.readouterr().out
    assert Variant.objects.filter(status="active").count() == 10
    assert status_of("maison_zinc", short, "--yes-withdraw") == 0
    assert Variant.objects.filter(status="active").count() == 2


def test_it_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.maison_zinc()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(table(*TEN))))
    assert status_of("maison_zinc", "-") == 0
    assert ImportRun.objects.get().rows_read == 10


def test_what_is_no_catalogue_fails_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cast.maison_zinc()
    assert status_of("maison_zinc", file_in(tmp_path, b"<html></html>")) == 1
    assert "This is a web page" in capsys.readouterr().out


def test_an_unknown_shop_or_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no shop called nulle_part"):
        call_command("import_catalogue", "nulle_part", file_in(tmp_path, b""))
    cast.maison_zinc()
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_catalogue", "maison_zinc", str(tmp_path / "absent.csv"))
