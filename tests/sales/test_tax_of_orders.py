"""The VAT and the delivery of real orders, as they are kept and shown."""

from typing import Any

import pytest

from comptoir.catalog.models import Variant
from comptoir.common.errors import Refused
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order
from comptoir.sales.pricing.quote import Destination
from comptoir.sales.services import Address, Placed, place_order
from comptoir.sales.sheet import sheet_of
from comptoir.shops.models import DeliveryRate, Shop
from tests import cast
from tests.sales.buying import Basket, order_of, return_url_for
from tests.web.visiting import text_of, visitor

pytestmark = pytest.mark.django_db

BERLIN = Address("Lena Kraft", "Lindenweg 3", postcode="10115", city="Berlin", country="DE")
GENEVA = Address("Luc Favre", "2 rue du Lac", postcode="1200", city="Genève", country="CH")
MARTINIQUE = Address("Ina Rose", "4 rue Haute", postcode="97200", city="Fort-de-France")


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400))


def shop(**settings: Any) -> None:
    Shop.objects.filter(pk=cast.maison_zinc().pk).update(**settings)


def ordered(bowl: Variant, address: Address, vat_number: str = "", company: str = "") -> Order:
    """One bowl by post, at the total that the sheet says for that address."""
    to = Destination(address.country, address.postcode, vat_number)
    method = cast.by_post(cast.maison_zinc())
    total = sheet_of([(bowl.pk, 1)], to=to).quote_for(method.pk).total_minor
    return order_of(_sent(bowl, address, total, vat_number=vat_number, company=company))


def _sent(bowl: Variant, address: Address, total: int, **more: Any) -> Placed:
    asked = Basket([(bowl.pk, 1)], cast.by_post(cast.maison_zinc()).pk, total, address=address)
    return place_order(
        actor=asked.actor,
        checkout_key=asked.key,
        lines=asked.lines,
        delivery_method_id=asked.method_id,
        address=asked.address,
        email=asked.email,
        language=asked.language,
        expected_total_minor=asked.expected_minor,
        return_url_for=return_url_for,
        **more,
    )


def told(order: Order) -> tuple[str, str, int, int, int]:
    line = order.lines.get()
    return (
        order.tax_scheme,
        order.tax_country,
        line.vat_rate_bp,
        order.total_minor,
        order.vat_minor,
    )


def test_at_home(bowl: Variant) -> None:
    assert told(ordered(bowl, cast.home())) == ("domestic", "FR", 2000, 2990, 498)


def test_elsewhere_in_the_union_below_the_threshold(bowl: Variant) -> None:
    assert told(ordered(bowl, BERLIN)) == ("domestic", "FR", 2000, 2990, 498)


def test_elsewhere_in_the_union_by_the_one_stop_shop(bowl: Variant) -> None:
    shop(oss=True, vat_number="FR40303265045", no_vat_number=False)
    order = ordered(bowl, BERLIN)
    assert told(order) == ("oss", "DE", 1900, 2990, 477)
    assert "VAT of Germany, by the one-stop shop" in page(order)


def test_a_business_elsewhere_in_the_union_pays_the_net_price(bowl: Variant) -> None:
    order = ordered(bowl, BERLIN, vat_number="DE 136 695 976", company="Kraft GmbH")
    assert told(order) == ("reverse_charge", "FR", 0, 2000 + 492, 0)
    assert order.vat_number == "DE136695976"
    assert "the buyer accounts for it" in page(order)


@pytest.mark.parametrize("address", [GENEVA, MARTINIQUE], ids=["CH", "MQ"])
def test_what_leaves_the_union_is_sold_without_vat(bowl: Variant, address: Address) -> None:
    order = ordered(bowl, address)
    assert told(order) == ("export", "FR", 0, 2000 + 492, 0)
    assert "No VAT: export" in page(order)


def test_a_small_seller_charges_no_vat_and_says_why(bowl: Variant) -> None:
    shop(vat_regime="franchise")
    order = ordered(bowl, cast.home())
    assert told(order) == ("franchise", "FR", 0, 2990, 0)
    assert "art. 293 B of the French tax code (CGI)" in page(order)


def page(order: Order) -> str:
    return text_of(visitor().get(f"/orders/{signed_key(order.key)}"))


def test_a_way_of_delivery_is_for_its_zone_alone(bowl: Variant) -> None:
    zinc = cast.maison_zinc()
    zinc.delivery_methods.filter(kind="post").update(zone=cast.zone(zinc))
    assert ordered(bowl, cast.home()).delivery_minor == 590
    with pytest.raises(Refused) as refusal:
        _sent(bowl, BERLIN, 2990)
    assert refusal.value.code == "bad_delivery"


def test_delivery_is_paid_by_the_weight_of_all_pieces(bowl: Variant) -> None:
    zinc = cast.maison_zinc()
    Variant.objects.filter(pk=bowl.pk).update(weight_grams=400)
    method = cast.by_post(zinc)
    zinc.delivery_methods.filter(pk=method.pk).update(price_by="weight", free_from_minor=None)
    for up_to, price in ((500, 490), (1000, 690)):
        DeliveryRate.objects.create(method=method, up_to=up_to, price_minor=price)
    fees = []
    for pieces in (1, 2, 3):
        choice = sheet_of([(bowl.pk, pieces)]).choice_of(method.pk)
        fees.append(choice.price_minor if choice and choice.method.id == method.pk else None)
    assert fees == [490, 690, None]
