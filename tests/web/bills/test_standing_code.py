"""The code that stands on the counter: whether a phone can pay there is said before an amount is
asked."""

from typing import Any

import pytest

from comptoir.sales.models import Bill, PaymentAccount
from comptoir.shops.models import Shop
from tests import cast
from tests.web.bills.test_bills_pages import form_of, phone_page
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

PAGE = "/@maison_zinc/pay"
NOT_BY_PHONE = "This shop takes no payment by phone"


def asks_an_amount(response: Any) -> bool:
    return bool(parsed(response).xpath("//main//input[@name='amount']"))


def paid_in(shop: Shop, *providers: str) -> None:
    """These are the shop's only ways to pay."""
    PaymentAccount.objects.filter(shop=shop).update(is_active=False)
    for position, provider in enumerate(providers, 5):
        PaymentAccount.objects.create(
            shop=shop, provider=provider, is_active=True, is_test=False, position=position
        )


def test_an_amount_is_asked_where_a_phone_can_pay() -> None:
    cast.maison_zinc()
    page = visitor().get(PAGE)
    assert asks_an_amount(page)
    assert NOT_BY_PHONE not in text_of(page)


@pytest.mark.parametrize("providers", [("transfer", "cash"), ("cash",), ()])
def test_where_no_phone_can_pay_it_is_said_before_an_amount(providers: tuple[str, ...]) -> None:
    paid_in(cast.maison_zinc(), *providers)
    page = visitor().get(PAGE)
    assert page.status_code == 200
    assert NOT_BY_PHONE in text_of(page)
    assert not asks_an_amount(page)
    (onward,) = parsed(page).xpath("//main//a[contains(., 'See the shop')]/@href")
    assert onward == "/@maison_zinc"


def test_an_amount_sent_there_all_the_same_opens_no_bill() -> None:
    """The form was open when the shop changed its ways to pay."""
    paid_in(cast.maison_zinc(), "transfer", "cash")
    told = visitor().post(PAGE, {"amount": "12"})
    assert told.status_code == 422
    assert NOT_BY_PHONE in text_of(told)
    assert not Bill.objects.exists()


def test_a_shop_being_prepared_asks_its_own_staff_alone() -> None:
    cast.prepared_shop(cast.zoe(), "La Maison Zinc", "maison_zinc")
    stranger = visitor()
    assert not asks_an_amount(stranger.get(PAGE))
    told = stranger.post(PAGE, {"amount": "12"})
    assert told.status_code == 422
    assert "This shop does not sell at the moment." in text_of(told)
    assert not Bill.objects.exists()
    own = browser_of(cast.zoe())
    assert asks_an_amount(own.get(PAGE))
    assert own.post(PAGE, {"amount": "12"}).headers["Location"] == phone_page(
        Bill.objects.get().key
    )


def test_a_bill_that_no_phone_can_pay_any_more_leads_to_its_shop() -> None:
    shop = cast.maison_zinc()
    phone = visitor()
    page = str(phone.post(PAGE, {"amount": "12"}).headers["Location"])
    assert form_of(phone.get(page))
    paid_in(shop, "transfer", "cash")
    told = phone.get(page)
    assert "This bill cannot be paid by phone" in text_of(told)
    (onward,) = parsed(told).xpath("//main//a[contains(., 'See the shop')]/@href")
    assert onward == "/@maison_zinc"
    assert onward in links(told)
