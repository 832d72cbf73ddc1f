"""Sharing a line of an order: off by default, one's own, once, and never the price."""

import pytest

from comptoir.discovery.models import Signal
from comptoir.posts.models import Post
from comptoir.sales.models import Order, OrderLine
from comptoir.sales.services import cancel_by_shop
from tests import cast, circle
from tests.cast import Person
from tests.sales.buying import at_bank, basket, order_of, work
from tests.web.visiting import browser_of, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db


def bought(who: Person) -> OrderLine:
    """A line of an order that ``who`` has paid."""
    pot = cast.product(cast.maison_zinc(), "Cocotte bleue", price_minor=98765)
    placed = basket((cast.variant_of(pot), 1), actor=who.actor).sent()
    at_bank(placed, "approve")
    work()
    order = order_of(placed)
    assert order.status == Order.Status.PAID
    return order.lines.get()


def test_friends_see_nothing_until_it_is_shared_and_never_the_price() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    line = bought(ines)
    malos = browser_of(malo)
    address = f"/products/{line.product_id}"
    assert "Cocotte bleue" not in text_of(malos.get("/"))
    assert "Inès" not in text_of(malos.get(address))

    response = browser_of(ines).post(
        f"/orders/lines/{line.pk}/share", {"text": "Elle est arrivée", "audience": "everyone"}
    )
    worker_turn()

    post = Post.objects.get()
    assert response.headers["Location"] == f"/posts/{post.pk}"
    assert "Inès bought it" in text_of(malos.get(address))
    alone = text_of(malos.get("/")).split('<ul class="post-products">')[0]
    assert "Elle est arrivée" in alone
    assert '<span class="post-act">bought</span>' in alone
    assert "987" not in alone


def test_twice_is_once_and_a_deleted_share_is_forgotten() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    line = bought(ines)
    browser = browser_of(ines)
    for _again in range(2):
        browser.post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
    worker_turn()
    post = Post.objects.get()

    browser.post(f"/posts/{post.pk}/delete")
    worker_turn()

    assert "bought" not in text_of(browser_of(malo).get(f"/products/{line.product_id}"))
    assert not Signal.objects.exclude(audience="me").exists()


def test_narrowing_a_share_to_oneself_hides_the_reason() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    line = bought(ines)
    browser = browser_of(ines)
    browser.post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
    post = Post.objects.get()

    browser.post(f"/posts/{post.pk}/edit", {"text": "", "audience": "me"})
    worker_turn()

    assert "bought" not in text_of(browser_of(malo).get(f"/products/{line.product_id}"))
    assert "Cocotte bleue" not in text_of(browser_of(malo).get("/"))


def test_only_the_buyer_shares() -> None:
    line = bought(cast.ines())
    for client in (browser_of(cast.malo()), browser_of(cast.zoe())):
        response = client.post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
        assert response.status_code == 404
    away = visitor().post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
    assert away.headers["Location"].startswith("/accounts/login/")
    assert not Post.objects.exists()


@pytest.mark.parametrize("given", [{"audience": "me"}, {"audience": "x"}, {}])
def test_who_may_see_it_must_be_said(given: dict[str, str]) -> None:
    line = bought(cast.ines())
    response = browser_of(cast.ines()).post(
        f"/orders/lines/{line.pk}/share", {**given, "text": "Gardé"}
    )
    assert response.status_code == 422
    assert "Gardé" in text_of(response)
    assert not Post.objects.exists()


def test_a_cancelled_order_is_shared_no_more() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    line = bought(ines)
    browser_of(ines).post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
    worker_turn()

    cancel_by_shop(order=line.order)
    worker_turn()

    assert not Post.objects.exists()
    assert "bought" not in text_of(browser_of(malo).get(f"/products/{line.product_id}"))
    again = browser_of(ines).post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
    assert again.status_code == 422
