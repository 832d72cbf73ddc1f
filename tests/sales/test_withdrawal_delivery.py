"""The price of delivery after a withdrawal, and the receipt's hour."""

from uuid import uuid4

import pytest
from django.core import mail

from comptoir.catalog.models import Product, Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Payment, Withdrawal
from comptoir.sales.services.ship_order import ship_lines
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.shops.models import DeliveryMethod
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.sales.buying import work
from tests.web.visiting import links, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=9))


@pytest.fixture
def express() -> DeliveryMethod:
    """Beside the usual way at 5.90, and a cheaper one where the order is fetched."""
    zinc = cast.maison_zinc()
    cast.pick_up(zinc)
    return DeliveryMethod.objects.create(shop=zinc, name="Express", price_minor=1490)


def withdrawn(order: Order, variant: Variant, pieces: int = 1) -> Withdrawal:
    return declare_withdrawal(
        order=order, pieces={line_of(order, variant).pk: pieces}, request_key=uuid4()
    )


def test_of_a_dearer_way_the_price_of_the_usual_one_is_due(
    cup: Variant, express: DeliveryMethod
) -> None:
    order = sent((cup, 1), method=express)
    assert (order.delivery_minor, order.standard_delivery_minor) == (1490, 590)
    declared = withdrawn(order, cup)
    assert (declared.delivery_minor, declared.amount_minor) == (590, 1590)
    assert "L221-24" in declared.statement


def test_before_anything_left_all_of_it_is(cup: Variant, express: DeliveryMethod) -> None:
    order = bought((cup, 1), method=express)
    assert withdrawn(order, cup).amount_minor == 1000 + 1490
    work()
    assert Payment.objects.get().status == "refunded"


def test_of_the_usual_way_all_of_it_is(cup: Variant, express: DeliveryMethod) -> None:
    usual = cast.maison_zinc().delivery_methods.exclude(pk=express.pk).get(kind="post")
    declared = withdrawn(sent((cup, 1), method=usual), cup)
    assert declared.amount_minor == 1590
    assert "L221-24" not in declared.statement


def test_the_last_part_brings_it_once(cup: Variant, express: DeliveryMethod) -> None:
    order = bought((cup, 2), method=express)
    ship_lines(order=order, quantities={line_of(order, cup).pk: 1})
    assert [withdrawn(order, cup).delivery_minor for _part in "ab"] == [0, 590]


def test_a_file_that_stays_was_not_in_the_parcel(cup: Variant) -> None:
    file = cast.variant_of(cast.product(cast.maison_zinc(), "Patron", price_minor=500))
    Product.objects.filter(pk=file.product_id).update(digital=True, withdrawal="digital")
    assert withdrawn(sent((cup, 1), (file, 1)), cup).delivery_minor == 590


def test_a_thing_that_stays_was_in_the_parcel(cup: Variant) -> None:
    apron = cast.variant_of(cast.product(cast.maison_zinc(), "Tablier", price_minor=500))
    Product.objects.filter(pk=apron.product_id).update(withdrawal="personalised")
    assert withdrawn(sent((cup, 1), (apron, 1)), cup).delivery_minor == 0


def test_the_receipt_tells_the_hour_of_the_place(cup: Variant) -> None:
    order = sent((cup, 1))
    declared = withdrawn(order, cup)
    mail.outbox.clear()
    work()
    body = next(str(one.body) for one in mail.outbox if declared.digest in str(one.body))
    assert "+00:00" not in body
    assert f".{declared.declared_at.microsecond:06d}" not in body
    assert f".{declared.declared_at.microsecond:06d}" not in declared.statement


def test_who_withdrew_from_all_of_it_is_not_asked_to_try_again(cup: Variant) -> None:
    order = bought((cup, 1))
    withdrawn(order, cup)
    page = visitor().get(f"/orders/{signed_key(order.key)}")
    assert not [link for link in links(page) if "again=" in link]
