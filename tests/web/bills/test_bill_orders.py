"""What an order paid at the counter says to its buyer and to the shop, and the way back to a bill
whose payment failed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from comptoir.common import clock
from comptoir.people.models import User
from comptoir.sales.models import Bill, Order, PaymentAccount
from comptoir.sales.services.bills import cancel_bill, close_bills
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import work
from tests.web.bills.test_bills_pages import COUNTER, form_of, phone_page, screen_of
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db(transaction=True)

OF_PARCELS = ("parcel", "Shipped", "Delivered", "Arrived", "Send to", "Packing slip", "Free")


@pytest.fixture
def desk() -> Any:
    cast.maison_zinc()
    return browser_of(cast.zoe())


def paid_by_phone(desk: Any, choice: str, **typed: str) -> tuple[Any, str]:
    """A phone pays a new bill, and the bank answers so; the phone, and its order's page."""
    screen_of(desk)
    page = phone_page(Bill.objects.get().key)
    phone = visitor()
    bank = phone.post(page, {**form_of(phone.get(page)), **typed})
    back = phone.post(bank.headers["Location"], {"choice": choice})
    shown = phone.get(back.headers["Location"])
    work()
    return phone, str(shown.headers["Location"])


def words_of(response: Any) -> str:
    (main,) = parsed(response).xpath("//main")
    return " ".join(str(main.text_content()).split())


def shows_none_of(told: str, *words: str) -> None:
    assert [word for word in words if word.lower() in told.lower()] == []


def test_what_was_paid_at_the_counter_is_no_parcel_for_its_buyer(desk: Any) -> None:
    phone, page = paid_by_phone(desk, "approve")
    for _before_and_after in range(2):
        told = words_of(phone.get(page))
        assert "Paid. Thank you!" in told
        assert "nothing is sent" in told
        assert "Keep the address of this page: it is" in told
        shows_none_of(told, *OF_PARCELS, "sent to")
        close_bills()
    assert Order.objects.get().status == "delivered"
    assert "Handed over at the counter" in words_of(phone.get(page))


def test_a_receipt_asked_for_is_told_where_it_goes(desk: Any) -> None:
    phone, page = paid_by_phone(desk, "approve", email="ines@example.org")
    assert "ines@example.org" in words_of(phone.get(page))


def test_its_mails_speak_of_nothing_that_is_to_be_prepared(desk: Any) -> None:
    User.objects.update(language="en")
    paid_by_phone(desk, "approve", email="ines@example.org")
    bodies = {message.to[0]: str(message.body) for message in mail.outbox}
    to_buyer = bodies.pop("ines@example.org")
    assert "Thank you for what you bought at La Maison Zinc" in to_buyer
    (to_shop,) = bodies.values()
    assert "Sold at the counter, and paid." in to_shop
    for body in (to_buyer, to_shop):
        shows_none_of(body, "prepare")


def test_what_was_paid_at_the_counter_is_no_parcel_for_the_shop(desk: Any) -> None:
    paid_by_phone(desk, "approve")
    order = f"/counter/maison_zinc/orders/{Order.objects.get().number}"
    for _before_and_after in range(2):
        told = words_of(desk.get(order))
        assert "Sold at the counter" in told
        shows_none_of(told, *OF_PARCELS, "What to prepare")
        listed = words_of(desk.get("/counter/maison_zinc/orders"))
        assert "Sold at the counter" in listed
        close_bills()
    assert "Handed over at the counter" in words_of(desk.get(order))


def test_after_a_refused_card_the_order_leads_back_to_its_bill(desk: Any) -> None:
    phone, page = paid_by_phone(desk, "refuse")
    bill = Bill.objects.get()
    told = phone.get(page)
    assert "The bank refused the payment" in text_of(told)
    (again_button,) = parsed(told).xpath("//main//a[contains(., 'Try again')]/@href")
    assert again_button == phone_page(bill.key)
    again = phone.post(phone_page(bill.key), form_of(phone.get(phone_page(bill.key))))
    assert again.headers["Location"].startswith("/bank/")
    # It is being paid, so that nobody else can begin to.
    assert phone_page(bill.key) not in links(phone.get(page))


def test_what_was_refused_at_the_counter_was_kept_for_nobody(desk: Any) -> None:
    phone, page = paid_by_phone(desk, "refuse")
    told = words_of(phone.get(page))
    assert "Nothing was charged." in told
    shows_none_of(told, "kept for you")


def test_what_was_not_paid_in_time_at_the_counter_was_kept_for_nobody(desk: Any) -> None:
    phone, page = paid_by_phone(desk, "refuse")
    Order.objects.update(cancel_reason=Order.CancelReason.EXPIRED)
    soon = words_of(phone.get(page))
    assert "We have received nothing so far." in soon
    shows_none_of(soon, "kept for you", "order again")
    with clock.travelled(timedelta(hours=2)):
        late = words_of(phone.get(page))
    assert "Nothing was charged." in late
    shows_none_of(late, "kept for you")


def pictures_of(response: Any) -> int:
    return len(parsed(response).xpath("//ul[@class='order-lines']//*[contains(@class, 'picture')]"))


def test_an_amount_has_no_empty_picture_on_its_order(desk: Any) -> None:
    phone, page = paid_by_phone(desk, "approve")
    assert pictures_of(phone.get(page)) == 0


def test_each_way_to_pay_has_its_note_on_a_line_of_its_own(desk: Any) -> None:
    """As in the sheet where one buys."""
    screen_of(desk)
    page = parsed(visitor().get(phone_page(Bill.objects.get().key)))
    ways = page.xpath("//fieldset//label[@for=.//input[@name='pay']/@id]")
    assert len(ways) > 1
    for way in ways:
        (name,) = way.xpath(".//span[@class='checkout-way']")
        assert name.text_content().strip()
        assert way.xpath(".//span[contains(@class, 'checkout-arrival')]")


@pytest.mark.parametrize("how", ["cancelled", "expired"])
def test_no_way_leads_back_to_a_bill_that_is_over(desk: Any, how: str) -> None:
    phone, page = paid_by_phone(desk, "refuse")
    bill = Bill.objects.get()
    if how == "cancelled":
        cancel_bill(bill=bill)
    else:
        Bill.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert phone_page(bill.key) not in links(phone.get(page))


def test_a_cancelled_bill_shows_what_it_asked(desk: Any) -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400)
    for asked in ({}, {"amount": "", f"variant-{cast.variant_of(bowl).pk}": "2"}):
        screen = screen_of(desk, **asked)
        desk.post(f"{screen}/cancellation")
        bill = Bill.objects.latest("pk")
        told = words_of(visitor().get(phone_page(bill.key)))
        assert ("€48.00" if asked else "€12.50") in told
        assert "The shop has cancelled this bill." in told
        assert "Not sold any more" not in told


def test_a_shop_that_no_phone_can_pay_is_told_before(desk: Any) -> None:
    warned = "no phone can pay here yet"
    assert warned not in words_of(desk.get(COUNTER))
    assert warned not in words_of(desk.get(f"{COUNTER}/sign"))
    shop = cast.maison_zinc()
    PaymentAccount.objects.filter(shop=shop).update(is_active=False)
    for position, provider in enumerate(("cash", "transfer"), 5):
        PaymentAccount.objects.create(
            shop=shop, provider=provider, is_active=True, is_test=False, position=position
        )
    for page in (COUNTER, f"{COUNTER}/sign"):
        told = desk.get(page)
        assert warned in words_of(told)
        assert "/counter/maison_zinc/payments" in parsed(told).xpath("//main//p//a/@href")
    cast.staff(shop, cast.malo(), Role.PACKER)
    packer = browser_of(cast.malo()).get(COUNTER)
    assert warned in words_of(packer)
    assert "/counter/maison_zinc/payments" not in links(packer)
