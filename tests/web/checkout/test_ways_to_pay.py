"""Where not every order can be paid: the sheet opens on one that can, and says so of the rest."""

import pytest
from django.test import Client

from comptoir.catalog.models import Product
from comptoir.sales.models import Order, PaymentAccount
from comptoir.sales.services.accounts import add_cash_account
from tests import cast
from tests.web.checkout.sheets import GUEST, fields, open_sheet, send, total_shown
from tests.web.visiting import parsed, text_of

pytestmark = pytest.mark.django_db

FETCH_IT = "This shop takes no payment for what is sent: choose to fetch it."
NO_WAY = "This shop cannot be paid at the moment."


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def cash_alone(bowl: Product) -> Product:
    """Of a shop that is paid at its counter and nowhere else."""
    add_cash_account(shop=bowl.shop)
    return bowl


def test_a_shop_that_takes_cash_alone_is_bought_from(client: Client, cash_alone: Product) -> None:
    page = client.get(f"/products/{cash_alone.pk}/buy", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert total_shown(page) == "€24.00"
    assert parsed(page).xpath("//input[@name='delivery'][@checked]/@data-pickup")
    assert FETCH_IT not in text_of(page)
    sheet = fields(page)
    assert sheet["pay"] == "cash:cash"
    answer = send(client, {**sheet, **GUEST})
    assert answer.status_code == 303
    assert Order.objects.get().delivery_kind == "pickup"


def test_what_is_sent_by_such_a_shop_cannot_be_paid_and_it_says_what_can(
    client: Client, cash_alone: Product
) -> None:
    sheet = open_sheet(client, cash_alone) | GUEST | {"pay": ""}
    by_post = {"delivery": str(cast.by_post(cash_alone.shop).pk)}
    asked = {**sheet, **by_post}
    page = client.post("/checkout/totals", asked, headers={"accept-language": "en"})
    assert (page.status_code, total_shown(page)) == (200, "€29.90")
    assert FETCH_IT in text_of(page)
    asked = {**fields(page), **GUEST}
    answer = client.post("/checkout", asked, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert FETCH_IT in text_of(answer)
    assert not Order.objects.exists()


def test_a_shop_that_cannot_be_paid_says_so(client: Client, bowl: Product) -> None:
    PaymentAccount.objects.update(is_active=False)
    for path in (f"/products/{bowl.pk}/buy", f"/checkout/new?lines={cast.variant_of(bowl).pk}.1"):
        page = client.get(path, headers={"accept-language": "en"})
        assert page.status_code == 200
        assert NO_WAY in text_of(page)
        assert client.post("/checkout", {**fields(page), **GUEST}).status_code == 422
    assert not Order.objects.exists()


def test_what_costs_nothing_needs_no_way_to_pay(client: Client, bowl: Product) -> None:
    PaymentAccount.objects.update(is_active=False)
    gift = cast.product(bowl.shop, "Carte", price_minor=0, stock=5)
    page = client.get(f"/products/{gift.pk}/buy", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert total_shown(page) == "Free" or total_shown(page) == "€0.00"
