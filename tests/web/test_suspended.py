"""Who is suspended is silent everywhere, and takes nobody else along."""

import pytest
from django.test import Client

from comptoir.people.models import Profile
from comptoir.people.services import follow
from comptoir.posts.queries import PAGE_SIZE, home_feed
from comptoir.posts.services import publish_post
from tests import cast
from tests.web.visiting import browser_of

pytestmark = pytest.mark.django_db


def test_a_suspended_author_does_not_end_the_feed() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    for friend in (malo, zoe):
        follow(actor=ines.actor, profile_id=friend.profile.pk)
    for n in range(PAGE_SIZE + 5):
        publish_post(actor=malo.actor, text=f"Malo {n}")
    for n in range(PAGE_SIZE + 5):
        publish_post(actor=zoe.actor, text=f"Zoé {n}")
    Profile.objects.filter(pk=zoe.profile.pk).update(is_suspended=True)

    first = home_feed(ines.actor)

    assert len(first.rows) == PAGE_SIZE
    assert first.next is not None


def test_the_staff_of_a_suspended_shop_are_told_there_is_nothing() -> None:
    zinc, zoe = cast.maison_zinc(), cast.zoe()
    said = publish_post(actor=zoe.actor, text="Soldes", as_profile_id=zinc.pk)
    Profile.objects.filter(pk=zinc.pk).update(is_suspended=True)
    browser = browser_of(zoe)
    for address in (f"/posts/{said.pk}", f"/posts/{said.pk}/edit", f"/posts/{said.pk}/delete"):
        assert browser.get(address).status_code == 404


def test_a_suspended_shop_says_nothing_new() -> None:
    zinc, zoe = cast.maison_zinc(), cast.zoe()
    Profile.objects.filter(pk=zinc.pk).update(is_suspended=True)
    browser = browser_of(zoe)
    browser.post("/posts/new", {"text": "Soldes", "voice": str(zinc.pk), "act": "publish"})
    assert not zinc.profile.posts.filter(text="Soldes").exists()


@pytest.mark.parametrize("name", ["\u3164", "\u200b\u200b", "  "])
def test_a_name_that_cannot_be_seen_is_no_name(name: str) -> None:
    browser = browser_of(cast.ines())
    answer = browser.post("/settings", {"name": name, "keeps_audience": "everyone"})
    assert answer.status_code == 422


def test_a_name_that_reads_backwards_is_put_right(client: Client) -> None:
    browser = browser_of(cast.ines())
    browser.post("/settings", {"name": "Inès \u202eetrom", "keeps_audience": "everyone"})
    cast.ines().profile.refresh_from_db()
    assert cast.ines().profile.name == "Inès etrom"


def test_a_fragment_and_a_page_are_kept_apart(client: Client) -> None:
    assert "HX-Request" in client.get("/everyone")["Vary"]
