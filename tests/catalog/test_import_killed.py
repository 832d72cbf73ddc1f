"""Imports that are killed, that fail inside, and two at once: with real processes."""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from comptoir.catalog.models import ImportRun, Product, Variant
from comptoir.catalog.services.import_catalogue import import_catalogue
from comptoir.catalog.services.import_files import keep_file
from comptoir.catalog.services.import_lock import only_import_of
from comptoir.common.errors import Conflict
from comptoir.shops.models import Shop
from tests import cast
from tests.catalog.importing import bring, catalogue, counts, line, table

pytestmark = pytest.mark.django_db(transaction=True)

SINGLES = [line(f"b{n}", title=f"Bol {n}", quantity=n % 7) for n in range(60)]
GROUP = [line(f"g{n}", item_group_id="g", color=f"c{n}") for n in range(5)]
WHOLE = table(*SINGLES[:30], *GROUP, *SINGLES[30:])


class Importing:
    """An import in another process, that stands still until ``go_on``."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def seen(self) -> tuple[str, int]:
        """Status and rows written, as it stands now."""
        assert self.process.stdout is not None
        status, done = self.process.stdout.readline().split()
        return status, int(done)

    def go_on(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def until_written(self, rows: int) -> None:
        while self.seen()[1] < rows:
            self.go_on()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=60)


@contextlib.contextmanager
def importing(shop: Shop, content: bytes, folder: Path, batch_rows: int) -> Iterator[Importing]:
    path = folder / "catalogue.csv"
    path.write_bytes(content)
    has = connection.settings_dict
    url = f"postgresql://{quote(has['USER'])}:{quote(has['PASSWORD'])}@/{has['NAME']}?"
    url += f"host={quote(has['HOST'], safe='')}" + (f"&port={has['PORT']}" if has["PORT"] else "")
    command = [sys.executable, "-m", "tests.catalog.import_in_a_process"]
    process = subprocess.Popen(
        [*command, str(shop.pk), str(path), str(batch_rows)],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    other = Importing(process)
    try:
        yield other
    finally:
        other.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


def wait_until_free(shop: Shop) -> None:
    """PostgreSQL notices a killed client when it next writes to it, at once here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_lock(hashtextextended(%s, 0)), "
            "pg_advisory_unlock(hashtextextended(%s, 0))",
            [f"catalog.import:{shop.pk}"] * 2,
        )


@pytest.mark.parametrize("written", [0, 10, 40])
def test_killed_in_the_middle_the_next_import_reaches_the_same_end(
    written: int, tmp_path: Path
) -> None:
    whole = cast.atelier_brume()
    bring(whole, WHOLE)
    shop = cast.maison_zinc()
    with importing(shop, WHOLE, tmp_path, batch_rows=10) as other:
        other.until_written(written)
        other.kill()
    wait_until_free(shop)
    half = Variant.objects.filter(product__shop=shop).count()
    assert written <= half < 65
    assert Product.objects.filter(shop=shop, variants__isnull=True).count() == 0
    assert Variant.objects.filter(product__external_id="g", product__shop=shop).count() in {0, 5}

    run = bring(shop, WHOLE)
    assert counts(run) == {
        name: count for name, count in (("created", 65 - half), ("unchanged", half)) if count
    }
    assert catalogue(shop) == catalogue(whole)
    killed = ImportRun.objects.filter(shop=shop).earliest("id")
    assert (killed.status, killed.created) == ("interrupted", half)


def test_two_imports_of_one_shop_at_once_the_second_is_refused(tmp_path: Path) -> None:
    shop = cast.maison_zinc()
    with importing(shop, WHOLE, tmp_path, batch_rows=10) as other:
        other.until_written(10)
        with pytest.raises(Conflict) as refused:
            bring(shop, WHOLE)
        assert refused.value.code == "import_running"
        assert counts(bring(cast.atelier_brume(), WHOLE)) == {"created": 65}
        while other.process.poll() is None and other.process.stdout is not None:
            other.go_on()
            if not other.process.stdout.readline():
                break
        other.process.wait(timeout=60)
    assert counts(bring(shop, WHOLE)) == {"unchanged": 65}


def test_a_fault_inside_leaves_whole_products_and_a_run_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("comptoir.catalog.services.import_plan.BATCH_ROWS", 10)
    shop = cast.maison_zinc()

    def break_off(run: ImportRun) -> None:
        if run.created >= 20:
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        bring(shop, WHOLE, watch=break_off)
    run = ImportRun.objects.get(shop=shop)
    assert (run.status, run.created) == ("interrupted", Variant.objects.count())
    with only_import_of(shop.pk):
        pass
    assert bring(shop, WHOLE).status == "done"


def test_a_kept_file_larger_than_a_chunk_comes_back_whole(tmp_path: Path) -> None:
    shop = cast.maison_zinc()
    noise = os.urandom(3_000_000)
    run = ImportRun.objects.create(shop=shop, file_name="n")
    keep_file(run=run, file=io.BytesIO(noise))
    assert run.chunks.count() == 3
    assert run.bytes_total == len(noise)


def test_nothing_is_left_open_after_an_import() -> None:
    shop = cast.maison_zinc()
    import_catalogue(shop=shop, file=io.BytesIO(WHOLE), file_name="n.csv", pictures=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT to_regclass('pg_temp.import_row')")
        assert cursor.fetchone() == (None,)
