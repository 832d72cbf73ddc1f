"""Which country stands in the sheet as it opens: where the buyer is most likely to be."""

import pytest
from django.test import Client

from comptoir.catalog.models import Product
from comptoir.sales.models import Order
from comptoir.shops.models import DeliveryMethod, Shop
from tests import cast
from tests.web.checkout.sheets import AT_THE_BANK, GUEST, fields, open_sheet, send, total_shown
from tests.web.visiting import SCRIPT, browser_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Product:
    """Of a Belgian shop that sends to Belgium and Switzerland."""
    at = cast.maison_zinc()
    Shop.objects.filter(pk=at.pk).update(country="BE")
    near, far = cast.zone(at, "Near", ("BE",)), cast.zone(at, "Far", ("CH",))
    DeliveryMethod.objects.filter(pk=cast.by_post(at).pk).update(zone=near)
    post = DeliveryMethod.Kind.POST
    DeliveryMethod.objects.create(shop=at, name="Far", kind=post, zone=far, price_minor=1900)
    return cast.product(at, "Bol", price_minor=2400)


def country(client: Client, made: Product) -> str:
    return open_sheet(client, made)["country"]


@pytest.mark.parametrize(
    ("language", "there"),
    [
        ("fr", "BE"),
        ("fr-FR,fr;q=0.9", "BE"),
        ("de-CH", "CH"),
        ("fr-FR,fr;q=0.9,de-CH;q=0.5", "CH"),
        ("zh-Hant-TW,en", "BE"),
        ("es-419", "BE"),
        ("en-XX", "BE"),
        ("", "BE"),
        ("-,;q=x,*", "BE"),
    ],
)
def test_a_guest_finds_the_region_that_the_shop_sends_to_or_the_shop_s_own(
    bowl: Product, language: str, there: str
) -> None:
    assert country(visitor(language), bowl) == there


def test_the_total_is_that_of_the_country_shown(bowl: Product) -> None:
    swiss, opened = visitor("de-CH"), visitor().get(f"/products/{bowl.pk}/buy", headers=SCRIPT)
    there = swiss.get(f"/products/{bowl.pk}/buy", headers=SCRIPT)
    again = swiss.post("/checkout/totals", fields(there), headers=SCRIPT)
    assert total_shown(there) == total_shown(again) != total_shown(opened)


def test_the_address_of_a_member_s_last_order_wins(bowl: Product) -> None:
    member = browser_of(cast.ines())
    member.defaults["HTTP_ACCEPT_LANGUAGE"] = "de-CH"
    sheet = open_sheet(member, bowl)
    assert sheet["country"] == "CH"
    address = {**GUEST, "postcode": "1000", "city": "Bruxelles", "country": "BE"}
    way = bowl.shop.delivery_methods.get(zone__name="Near")
    near = {**sheet, **address, "delivery": str(way.pk)}
    send(member, fields(member.post("/checkout/totals", near)), pay=AT_THE_BANK)
    assert Order.objects.get().country == "BE"
    assert country(member, bowl) == "BE"


def test_a_region_that_is_no_country_is_none_where_all_is_sent(bowl: Product) -> None:
    DeliveryMethod.objects.filter(shop=bowl.shop).update(zone=None)
    assert country(visitor("en-XX,en-EU"), bowl) == "BE"
    assert country(visitor("en-US"), bowl) == "US"


def test_what_is_downloaded_goes_wherever_one_is(bowl: Product) -> None:
    Product.objects.filter(pk=bowl.pk).update(digital=True)
    assert country(visitor("pt-PT"), bowl) == "PT"
