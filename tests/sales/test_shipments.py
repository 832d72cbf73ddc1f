"""Parcels: a part of an order at a time, never more than is left, and their arrival."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.sales.carriers import tracking_url
from comptoir.sales.models import LineTally, Shipment
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.mark_delivered import mark_delivered, presume_delivered
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", stock=10))


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=10))


def test_two_parcels_make_an_order_shipped(cup: Variant, bowl: Variant) -> None:
    order = bought((cup, 3), (bowl, 1))
    cups, bowls = line_of(order, cup), line_of(order, bowl)
    ship_lines(order=order, quantities={cups.pk: 2, bowls.pk: 0}, carrier="La Poste", tracking="A")
    order.refresh_from_db()
    assert (order.status, tally_of(order, cup).sent) == ("paid", 2)
    ship_lines(
        order=order, quantities={cups.pk: 1, bowls.pk: 1}, by_id=cast.zoe().user.pk, tracking="B"
    )
    order.refresh_from_db()
    assert (order.status, order.tracking) == ("shipped", "B")
    first, last = order.shipments.order_by("pk")
    assert [line.quantity for line in first.lines.all()] == [2]
    assert (last.by_id, last.lines.count()) == (cast.zoe().user.pk, 2)


def test_no_parcel_holds_more_than_is_left(cup: Variant) -> None:
    order = bought((cup, 3))
    line = line_of(order, cup)
    for pieces, code in [
        ({line.pk: 4}, "more_than_left"),
        ({line.pk: -1}, "bad_quantity"),
        ({line.pk: 0}, "nothing_to_send"),
        ({}, "nothing_to_send"),
        ({line.pk + 999: 1}, "no_such_line"),
    ]:
        with pytest.raises(Refused) as refused:
            ship_lines(order=order, quantities=pieces)
        assert refused.value.code == code
    assert Shipment.objects.count() == 0


def test_the_database_holds_it_too(cup: Variant) -> None:
    order = sent((cup, 3))
    for field in ("sent", "called_off", "claimed", "restocked", "refunded"):
        with pytest.raises(IntegrityError), transaction.atomic():
            LineTally.objects.filter(line__order=order).update(**{field: 4})
    with pytest.raises(IntegrityError), transaction.atomic():
        LineTally.objects.filter(line__order=order).update(called_off=1)


def test_the_same_form_twice_is_one_parcel(cup: Variant) -> None:
    order, key = bought((cup, 3)), uuid4()
    pieces = {line_of(order, cup).pk: 1}
    first = ship_lines(order=order, quantities=pieces, key=key)
    assert ship_lines(order=order, quantities=pieces, key=key) == first
    assert tally_of(order, cup).sent == 1


def test_an_order_is_delivered_with_its_last_parcel(cup: Variant) -> None:
    order = bought((cup, 2))
    pieces = {line_of(order, cup).pk: 1}
    first = ship_lines(order=order, quantities=pieces)
    last = ship_lines(order=order, quantities=pieces)
    mark_delivered(order=order, shipment_id=last.pk)
    order.refresh_from_db()
    assert (order.status, order.delivered_at) == ("shipped", None)
    with clock.travelled(timedelta(days=2)):
        mark_delivered(order=order, shipment_id=first.pk, by_id=cast.zoe().user.pk)
    order.refresh_from_db()
    first.refresh_from_db()
    assert (order.status, order.delivered_at) == ("delivered", first.delivered_at)
    mark_delivered(order=order, shipment_id=first.pk)
    assert Shipment.objects.get(pk=first.pk).delivered_at == first.delivered_at


def test_another_order_s_parcel_is_not_known(cup: Variant) -> None:
    mine, other = sent((cup, 1)), sent((cup, 1))
    with pytest.raises(NotVisible):
        mark_delivered(order=mine, shipment_id=other.shipments.get().pk)


def test_after_ten_days_a_parcel_is_taken_to_have_arrived(cup: Variant) -> None:
    order = sent((cup, 1))
    waits = sent((cup, 1), method=cast.pick_up(cast.maison_zinc()))
    with clock.travelled(timedelta(days=9, hours=23)):
        assert presume_delivered() == 0
    with clock.travelled(timedelta(days=10, minutes=1)):
        assert presume_delivered() == 1
    order.refresh_from_db()
    waits.refresh_from_db()
    assert (order.status, order.shipments.get().presumed) == ("delivered", True)
    assert waits.status == "shipped"


def test_what_partly_left_is_not_called_off_as_a_whole(cup: Variant) -> None:
    order = bought((cup, 2))
    ship_lines(order=order, quantities={line_of(order, cup).pk: 1})
    with pytest.raises(Conflict, match="partly_sent"):
        cancel_by_shop(order=order)
    ship_order(order=order)
    assert tally_of(order, cup).sent == 2
    with pytest.raises(Conflict, match="not_paid"):
        ship_order(order=order)


@pytest.mark.parametrize(
    ("carrier", "tracking", "page"),
    [
        ("Colissimo", "6A 123", "https://www.laposte.fr/outils/suivre-vos-envois?code=6A123"),
        (
            "mondialrelay",
            "1&2",
            "https://www.mondialrelay.fr/suivi-de-colis/?numeroExpedition=1%262",
        ),
        ("La Malle-Poste", "1", ""),
        ("Colissimo", "", ""),
    ],
)
def test_where_parcels_are_followed(carrier: str, tracking: str, page: str) -> None:
    assert tracking_url(carrier, tracking) == page


def test_who_gave_all_of_it_back_is_not_told_that_it_arrived(cup: Variant) -> None:
    order = sent((cup, 2))
    declare_withdrawal(order=order, pieces={line_of(order, cup).pk: 2}, request_key=uuid4())
    work()
    mail.outbox.clear()
    with clock.travelled(timedelta(days=11)):
        assert presume_delivered() == 1
    work(timedelta(days=11))
    order.refresh_from_db()
    assert (order.status, mail.outbox) == ("delivered", [])


def test_what_came_later_than_it_was_taken_to_can_be_given_back_longer(cup: Variant) -> None:
    order = sent((cup, 1))
    parcel = order.shipments.get()
    with clock.travelled(timedelta(days=11)):
        assert presume_delivered() == 1
    came = timedelta(days=20)
    with clock.travelled(came):
        mark_delivered(order=order, shipment_id=parcel.pk, by_id=cast.zoe().user.pk)
        assert presume_delivered() == 0
    order.refresh_from_db()
    parcel.refresh_from_db()
    assert (order.delivered_at, parcel.presumed) == (parcel.delivered_at, False)
    with clock.travelled(came + timedelta(days=13)):
        declare_withdrawal(order=order, pieces={line_of(order, cup).pk: 1}, request_key=uuid4())
