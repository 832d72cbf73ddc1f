"""A file that would withdraw more than half of the catalogue asks first."""

import io

import pytest

from comptoir.catalog.jobs import import_kept_file
from comptoir.catalog.models import ImportChunk, ImportRun, Variant
from comptoir.catalog.services.import_upload import (
    confirm_withdrawal,
    decline_withdrawal,
    import_upload,
)
from comptoir.common.errors import Conflict, Refused
from tests import cast
from tests.catalog.importing import bring, counts, line, table

pytestmark = pytest.mark.django_db

TEN = [line(f"b{n}") for n in range(10)]


def active() -> int:
    return Variant.objects.filter(status="active").count()


def test_half_may_go_unasked() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*TEN))
    assert counts(bring(shop, table(*TEN[:5]))) == {"unchanged": 5, "withdrawn": 5}


def test_more_than_half_changes_nothing_until_confirmed() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*TEN))
    run = bring(shop, table(*TEN[:4], line("nouveau")))
    assert run.status == ImportRun.Status.NEEDS_CONFIRMATION
    assert (run.to_withdraw, run.in_catalogue, run.withdrawn, run.created) == (6, 10, 0, 0)
    assert active() == 10

    confirm_withdrawal(run=run)
    import_kept_file(run_id=run.pk)
    run.refresh_from_db()
    assert counts(run) == {"created": 1, "unchanged": 4, "withdrawn": 6}
    assert run.status == ImportRun.Status.DONE
    assert active() == 5
    assert not ImportChunk.objects.exists()


def test_confirmed_beforehand_it_does_not_ask() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*TEN))
    run = bring(shop, table(*TEN[:1]), confirm_withdrawals=True)
    assert counts(run) == {"unchanged": 1, "withdrawn": 9}


def test_declined_it_is_forgotten() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*TEN))
    run = bring(shop, table(*TEN[:1]))
    decline_withdrawal(run=run)
    assert (run.status, active()) == ("dropped", 10)
    assert not ImportChunk.objects.exists()
    with pytest.raises(Refused):
        confirm_withdrawal(run=run)


def test_a_later_import_answers_for_it() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*TEN))
    asked = bring(shop, table(*TEN[:1]))
    bring(shop, table(*TEN))
    asked.refresh_from_db()
    assert asked.status == ImportRun.Status.DROPPED
    with pytest.raises((Conflict, Refused)):
        confirm_withdrawal(run=asked)


def test_rows_refused_do_not_count_as_gone() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*TEN))
    run = bring(shop, table(*[line(f"b{n}", price="?") for n in range(10)]))
    assert counts(run) == {"refused": 10}
    assert (run.status, active()) == ("done", 10)


def upload(content: bytes) -> ImportRun:
    shop, zoe = cast.maison_zinc(), cast.zoe()
    return import_upload(
        shop=shop, file=io.BytesIO(content), file_name="../été/flux.csv", started_by=zoe.user,
        pictures=False,
    )  # fmt: skip


def test_an_upload_waits_for_the_worker_and_is_imported_by_it() -> None:
    run = upload(table(*TEN))
    assert (run.status, run.file_name, active()) == ("queued", "flux.csv", 0)
    import_kept_file(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, run.started_by, active()) == ("done", cast.zoe().user, 10)
    assert run.bytes_read == run.bytes_total > 0
    assert not ImportChunk.objects.exists()


def test_a_job_that_runs_twice_imports_once() -> None:
    run = upload(table(*TEN))
    import_kept_file(run_id=run.pk)
    import_kept_file(run_id=run.pk)
    run.refresh_from_db()
    assert counts(run) == {"created": 10}


def test_a_job_begun_again_after_a_kill_goes_through() -> None:
    run = upload(table(*TEN))
    ImportRun.objects.filter(pk=run.pk).update(status="applying", created=3, rows_read=10)
    import_kept_file(run_id=run.pk)
    run.refresh_from_db()
    assert (run.status, counts(run), run.rows_read) == ("done", {"created": 10}, 10)


def test_one_upload_of_a_shop_at_a_time() -> None:
    upload(table(*TEN))
    with pytest.raises(Conflict) as refused:
        upload(table(*TEN))
    assert refused.value.code == "import_running"


def test_an_empty_and_a_huge_upload_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused) as empty:
        upload(b"")
    assert empty.value.code == "file_empty"
    monkeypatch.setattr("comptoir.catalog.services.import_files.MAX_FILE_BYTES", 5000)
    with pytest.raises(Refused) as huge:
        upload(b"x" * 5001)
    assert huge.value.code == "file_too_large"
    assert not ImportRun.objects.exists()
