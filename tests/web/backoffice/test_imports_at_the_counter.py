"""Bringing a catalogue in by upload, and the shop's followers and posts."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.catalog.jobs import import_kept_file
from comptoir.catalog.models import ImportRun, Product
from comptoir.shops.models import Role
from tests import cast
from tests.circle import follows, says
from tests.web.visiting import SCRIPT, browser_of, text_of

COUNTER = "/counter/maison_zinc"
HEAD = "id,title,description,link,image_link,price,availability\n"
pytestmark = pytest.mark.django_db(transaction=True)


def row(number: int, price: str = "12.90 EUR") -> str:
    page = f"https://example.org/{number}"
    return f"A{number},Bougie {number},Cire,{page},{page}.jpg,{price},in stock\n"


def catalogue(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("bougies.csv", (HEAD + "".join(rows)).encode(), "text/csv")


@pytest.fixture
def desk(db: None) -> Any:
    """Malo manages la Maison Zinc, in English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    return browser_of(cast.malo())


def upload(desk: Any, file: SimpleUploadedFile) -> str:
    """Uploads it without its pictures; returns the address of the report."""
    return str(desk.post(f"{COUNTER}/imports", {"file": file}).headers["Location"])


def run_job(address: str) -> None:
    """What the worker does with it."""
    import_kept_file.func(run_id=int(address.rsplit("/", 1)[1]))


def test_a_file_is_uploaded_watched_and_reported(desk: Any) -> None:
    report = upload(desk, catalogue(row(1), row(2, "abc"), row(3)))
    page = text_of(desk.get(report))
    assert f'hx-get="{report}/progress"' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    waiting = desk.get(f"{report}/progress", headers=SCRIPT)
    assert "hx-trigger" in text_of(waiting)
    run_job(report)
    over = desk.get(f"{report}/progress", headers=SCRIPT)
    assert (over.status_code, over.headers["HX-Refresh"]) == (204, "true")
    told = text_of(desk.get(report))
    assert Product.objects.count() == 2
    for word in ("price", "abc", "A price such as 12.90 EUR.", "A2"):
        assert word in told
    assert "hx-trigger" not in told


def test_a_file_that_would_empty_the_shelves_asks_first(desk: Any) -> None:
    run_job(upload(desk, catalogue(*(row(n) for n in range(4)))))
    report = upload(desk, catalogue(row(0)))
    run_job(report)
    page = text_of(desk.get(report))
    assert f'action="{report}/answer"' in page
    assert Product.objects.filter(status="active").count() == 4
    assert f'href="{report}"' in text_of(desk.get(COUNTER))
    desk.post(f"{report}/answer", {"answer": "yes"})
    run_job(report)
    assert Product.objects.filter(status="active").count() == 1


def test_no_is_an_answer_too(desk: Any) -> None:
    run_job(upload(desk, catalogue(*(row(n) for n in range(4)))))
    report = upload(desk, catalogue(row(0)))
    run_job(report)
    desk.post(f"{report}/answer", {"answer": "no"})
    assert ImportRun.objects.latest("pk").status == "dropped"
    assert Product.objects.filter(status="active").count() == 4
    assert desk.post(f"{report}/answer", {"answer": "yes"}).status_code == 409


def test_many_findings_come_page_by_page(desk: Any) -> None:
    report = upload(desk, catalogue(*(row(n, "abc") for n in range(60))))
    run_job(report)
    first = text_of(desk.get(report))
    (more,) = [part.split('"')[0] for part in first.split('rel="next" href="')[1:]]
    second = text_of(desk.get(more.replace("&amp;", "&")))
    assert (first.count('class="issue"'), second.count('class="issue"')) == (50, 10)
    assert desk.get(f"{report}?after=nonsense").status_code == 422


def test_an_empty_file_and_two_at_once_are_refused(desk: Any) -> None:
    empty = SimpleUploadedFile("x.csv", b"", "text/csv")
    assert desk.post(f"{COUNTER}/imports", {"file": empty}).status_code == 422
    upload(desk, catalogue(row(1)))
    second = desk.post(f"{COUNTER}/imports", {"file": catalogue(row(2))})
    assert second.status_code == 422
    assert "Another import" in text_of(second)


def test_followers_and_posts_of_the_shop(desk: Any) -> None:
    follows(cast.ines(), cast.maison_zinc())
    bowl = cast.product(cast.maison_zinc(), "Bol")
    says(cast.zoe(), "Le four est chaud", bowl, as_shop=cast.maison_zinc())
    assert "@ines" in text_of(desk.get(f"{COUNTER}/followers"))
    posts = text_of(desk.get(f"{COUNTER}/posts"))
    assert "Le four est chaud" in posts
    assert "/posts/new?as=maison_zinc" in posts
