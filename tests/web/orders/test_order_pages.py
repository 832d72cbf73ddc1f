"""Orders as their buyers see them."""

from datetime import timedelta

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.links import signed_key
from comptoir.sales.services import Placed, cancel_by_shop, expire_orders, ship_order
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from tests import cast
from tests.sales.buying import Counted, at_bank, basket, order_of, work
from tests.sales.offering import offer
from tests.sales.statements import IBAN
from tests.web.visiting import SCRIPT, browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=None))


@pytest.fixture
def placed(bowl: Variant) -> Placed:
    """Inès's order, at the bank."""
    return basket((bowl, 2), actor=cast.ines().actor).sent()


def ines_sees(placed: Placed) -> str:
    return text_of(browser_of(cast.ines(), "fr").get(f"/orders/{signed_key(placed.order_key)}"))


def paid(placed: Placed) -> Placed:
    at_bank(placed, "approve")
    work()
    return placed


def test_while_the_bank_is_silent_the_page_looks_again(placed: Placed) -> None:
    page = ines_sees(placed)
    assert f'hx-get="/orders/{signed_key(placed.order_key)}/state"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    browser = browser_of(cast.ines())
    asked = f"/orders/{signed_key(placed.order_key)}/state"
    assert browser.get(asked, headers=SCRIPT).status_code == 204
    paid(placed)
    news = browser.get(asked, headers=SCRIPT)
    assert "Merci" in text_of(news) or "Thank you!" in text_of(news)
    assert "hx-trigger" not in text_of(news)


def test_a_paid_order_shows_all_that_was_agreed(placed: Placed) -> None:
    page = ines_sees(paid(placed))
    order = order_of(placed)
    for told in (order.number, "Bol", "3 rue des Lices", "29200 Brest", "ines@example.org"):
        assert told in page
    # 2 × 24.00 and 5.90 by post, of which a sixth is VAT.
    for amount in ("48,00", "5,90", "53,90", "8,98"):
        assert amount in page


def test_the_buyer_sees_the_parcel(placed: Placed) -> None:
    ship_order(order=order_of(paid(placed)), carrier="Colissimo", tracking="6A123")
    page = ines_sees(placed)
    assert "Colissimo" in page
    assert "6A123" in page


def test_money_that_comes_back_is_said(placed: Placed) -> None:
    cancel_by_shop(order=order_of(paid(placed)))
    promised = browser_of(cast.malo())
    assert promised.get(f"/orders/{signed_key(placed.order_key)}").status_code == 404
    assert ines_sees(placed) != ""
    work()
    assert order_of(placed).status == "cancelled"


def test_the_buyer_may_give_up_before_paying(placed: Placed) -> None:
    browser = browser_of(cast.ines())
    browser.post(f"/orders/{signed_key(placed.order_key)}/cancellation")
    assert (order_of(placed).status, order_of(placed).cancel_reason) == ("cancelled", "by_buyer")


def test_just_expired_the_page_does_not_say_that_nothing_can_come(placed: Placed) -> None:
    """The money may still be on its way."""
    browser = browser_of(cast.ines(), "en")
    with clock.travelled(timedelta(minutes=16)):
        expire_orders()
        page = text_of(browser.get(f"/orders/{signed_key(placed.order_key)}"))
    assert "We have received nothing so far" in page
    assert "Nothing was charged" not in page
    with clock.travelled(timedelta(minutes=90)):
        assert "Nothing was charged" in text_of(
            browser.get(f"/orders/{signed_key(placed.order_key)}")
        )


def test_what_was_just_paid_is_not_given_up(placed: Placed) -> None:
    at_bank(placed, "approve")
    page = browser_of(cast.ines()).post(
        f"/orders/{signed_key(placed.order_key)}/cancellation", follow=True
    )
    assert order_of(placed).status == "paid"
    assert page.status_code == 200


def test_sharing_is_offered_to_members_for_what_they_paid(placed: Placed, bowl: Variant) -> None:
    assert "/share" not in ines_sees(placed)
    line = order_of(paid(placed)).lines.get()
    assert f'action="/orders/lines/{line.pk}/share"' in ines_sees(placed)
    browser = browser_of(cast.ines())
    shared = browser.post(f"/orders/lines/{line.pk}/share", {"audience": "everyone"})
    assert shared.headers["Location"] in ines_sees(placed)
    guest = paid(basket((bowl, 1)).sent())
    assert "/share" not in text_of(visitor().get(f"/orders/{signed_key(guest.order_key)}"))


def test_a_guest_is_told_how_to_come_back(bowl: Variant) -> None:
    guest = paid(basket((bowl, 1)).sent())
    page = text_of(visitor().get(f"/orders/{signed_key(guest.order_key)}"))
    assert "Keep the address of this page" in page
    assert "noindex" in page


def test_my_orders_page_by_page_and_nobody_else_s(bowl: Variant) -> None:
    mine = [basket((bowl, 1), actor=cast.ines().actor).sent() for _n in range(31)]
    other = basket((bowl, 1), actor=cast.malo().actor).sent()
    browser = browser_of(cast.ines())
    with Counted() as counted:
        first = text_of(browser.get("/orders"))
    assert len(counted.statements) <= 4
    (more,) = [part.split('"')[0] for part in first.split('rel="next" href="')[1:]]
    second = text_of(browser.get(more.replace("&amp;", "&")))
    for placed in mine:
        assert (placed.order_key in first) + (placed.order_key in second) == 1
    assert other.order_key not in first + second


def test_lines_are_told_with_what_an_offer_took_off(bowl: Variant) -> None:
    offer(cast.maison_zinc(), name="Soldes")
    order = order_of(paid(basket((bowl, 2), actor=cast.ines().actor).sent()))
    assert order.discount_minor == 480
    page = text_of(browser_of(cast.ines(), "en").get(f"/orders/{signed_key(order.key)}"))
    desk = text_of(browser_of(cast.zoe()).get(f"/counter/maison_zinc/orders/{order.number}"))
    for shown in (page, desk):
        assert "discount of €4.80 taken off" in shown
        assert "€43.20" in shown
    assert page.count("€43.20") == 2  # the line, and the goods together


def guest_sees(placed: Placed) -> str:
    return text_of(visitor().get(f"/orders/{signed_key(placed.order_key)}"))


def test_a_guest_is_not_pointed_to_a_mail_before_one_was_sent(bowl: Variant) -> None:
    placed = basket((bowl, 1)).sent()
    page = guest_sees(placed)
    assert "Keep the address of this page: it is the way back to your order." in page
    assert "the mail sent to" not in page
    assert "the mail sent to ines@example.org" in guest_sees(paid(placed))


def test_a_guest_who_pays_later_is_written_to_at_once(bowl: Variant) -> None:
    shop = cast.maison_zinc()
    add_transfer_account(shop=shop, iban=IBAN, holder="La Maison Zinc")
    add_cash_account(shop=shop)
    by_transfer = basket((bowl, 1), provider="transfer").sent()
    in_cash = basket((bowl, 1), method=cast.pick_up(shop), provider="cash").sent()
    for placed in (by_transfer, in_cash):
        assert "the mail sent to ines@example.org" in guest_sees(placed)
