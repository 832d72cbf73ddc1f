"""Orders after they are placed: who may see them, shipping, calling off, lists."""

from typing import Any

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.people.actor import ANYONE
from comptoir.sales.access import order_at_desk, order_for
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import Order
from comptoir.sales.order_list import OrderFilter, orders_listed
from comptoir.sales.queries import order_page, orders_of_buyer
from comptoir.sales.services import (
    Placed,
    cancel_by_buyer,
    cancel_by_shop,
    ship_order,
)
from comptoir.sales.to_do import to_do
from comptoir.shops.access import Right
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import (
    Counted,
    Deaf,
    at_bank,
    basket,
    charge_of,
    order_of,
    payment_of,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=5))


def paid(variant: Variant, quantity: int = 1, **more: Any) -> Placed:
    placed = basket((variant, quantity), **more).sent()
    at_bank(placed, "approve")
    work()
    mail.outbox.clear()
    return placed


def test_a_guest_s_order_is_open_to_the_holder_of_its_key(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    for actor in (ANYONE, cast.malo().actor):
        assert order_for(actor, placed.order_key).pk == placed.order_id
    for key in ("", "x", str(placed.order_id)):
        with pytest.raises(NotVisible):
            order_for(ANYONE, key)


def test_a_member_s_order_is_open_to_that_member_alone(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1), actor=cast.ines().actor).sent()
    assert order_for(cast.ines().actor, placed.order_key).pk == placed.order_id
    for actor in (ANYONE, cast.malo().actor, cast.zoe().actor):
        with pytest.raises(NotVisible):
            order_for(actor, placed.order_key)


def test_the_desk_is_for_the_shop_s_own_staff(corkscrew: Variant) -> None:
    placed = paid(corkscrew)
    number = order_of(placed).number
    owner = cast.zoe().actor
    assert order_at_desk(owner, "maison_zinc", number).pk == placed.order_id
    assert order_at_desk(owner, "Maison_Zinc", number, Right.CANCEL).pk == placed.order_id
    cast.atelier_brume()
    for actor, handle in [
        (ANYONE, "maison_zinc"),
        (cast.ines().actor, "maison_zinc"),
        (cast.basile().actor, "maison_zinc"),
        (cast.basile().actor, "atelier_brume"),
        (owner, "atelier_brume"),
        (owner, "no_such_shop"),
    ]:
        for reference in (number, placed.order_key):
            with pytest.raises(NotVisible):
                order_at_desk(actor, handle, reference)


def test_a_packer_ships_and_does_not_cancel(corkscrew: Variant) -> None:
    placed = paid(corkscrew)
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    packer = cast.malo().actor
    number = order_of(placed).number
    assert order_at_desk(packer, "maison_zinc", number, Right.SHIP)
    with pytest.raises(NotVisible):
        order_at_desk(packer, "maison_zinc", number, Right.CANCEL)


def test_unpaid_orders_have_no_number_to_be_found_by(corkscrew: Variant) -> None:
    basket((corkscrew, 1)).sent()
    with pytest.raises(NotVisible):
        order_at_desk(cast.zoe().actor, "maison_zinc", "")


def test_a_parcel_leaves_once(corkscrew: Variant) -> None:
    placed = paid(corkscrew, language="en")
    order, same = order_of(placed), order_of(placed)
    ship_order(order=order, carrier="La Poste", tracking=" 6A 123 ")
    work()
    shipped = order_of(placed)
    assert (shipped.status, shipped.carrier, shipped.tracking) == ("shipped", "La Poste", "6A 123")
    assert shipped.shipped_at is not None
    assert [message.to for message in mail.outbox] == [["ines@example.org"]]
    assert "La Poste" in mail.outbox[0].body
    assert "6A 123" in mail.outbox[0].body
    for again in (order, same):
        with pytest.raises(Conflict):
            ship_order(order=again)
    with pytest.raises(Conflict, match="not_cancellable"):
        cancel_by_shop(order=shipped)


def test_only_a_paid_order_is_shipped(corkscrew: Variant) -> None:
    pending = order_of(basket((corkscrew, 1)).sent())
    with pytest.raises(Conflict, match="not_paid"):
        ship_order(order=pending)
    with pytest.raises(Refused, match="tracking_too_long"):
        ship_order(order=order_of(paid(corkscrew)), tracking="6" * 81)


def test_the_shop_calls_a_paid_order_off(corkscrew: Variant) -> None:
    placed = paid(corkscrew, 2)
    assert cast.stock_of(corkscrew) == (3, 0)
    cancel_by_shop(order=order_of(placed))
    work()
    order = order_of(placed)
    assert (order.status, order.cancel_reason) == ("cancelled", "by_shop")
    assert order.number.endswith("00001")
    assert cast.stock_of(corkscrew) == (5, 0)
    payment = payment_of(placed)
    assert (payment.status, payment.refunded_minor) == ("refunded", order.total_minor)
    assert charge_of(placed).refunded_minor == order.total_minor
    buyer, shop = "ines@example.org", cast.trader().contact_email
    assert [message.to[0] for message in mail.outbox] == [buyer, shop, buyer]
    with pytest.raises(Conflict, match="not_cancellable"):
        cancel_by_shop(order=order)


def test_the_shop_calls_an_unpaid_order_off(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    cancel_by_shop(order=order_of(placed))
    assert order_of(placed).status == "cancelled"
    assert cast.stock_of(corkscrew) == (5, 0)
    assert payment_of(placed).status == "failed"


def test_the_buyer_gives_up_before_paying(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    order = order_of(placed)
    cancel_by_buyer(order=order)
    assert (order_of(placed).status, order_of(placed).cancel_reason) == ("cancelled", "by_buyer")
    assert cast.stock_of(corkscrew) == (5, 0)
    with pytest.raises(Conflict, match="not_pending"):
        cancel_by_buyer(order=order)


def test_giving_up_what_was_just_paid_is_refused(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    order = order_of(placed)
    at_bank(placed, "time_out")
    with pytest.raises(Conflict, match="not_pending"):
        cancel_by_buyer(order=order)
    assert order_of(placed).status == "paid"


def test_nothing_is_called_off_behind_a_silent_bank(
    corkscrew: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = basket((corkscrew, 1)).sent()
    monkeypatch.setitem(PROVIDERS, "sandbox", Deaf())
    with pytest.raises(Conflict, match="provider_down"):
        cancel_by_buyer(order=order_of(placed))
    assert order_of(placed).status == "pending"


def test_lists_page_by_what_was_seen_last(corkscrew: Variant) -> None:
    at, buyer = cast.maison_zinc(), cast.ines()
    made = [basket((corkscrew, 1), actor=buyer.actor).sent().order_id for _n in range(5)]
    Order.objects.update(placed_at="2026-02-01T10:00:00Z")
    with Counted() as counted:
        page = orders_listed(at.pk, OrderFilter(), size=2)
    assert len(counted.statements) == 1
    seen = [row.id for row in page.rows]
    while page.next:
        page = orders_listed(at.pk, OrderFilter(), cursor=page.next, size=2)
        seen += [row.id for row in page.rows]
    assert seen == made[::-1]
    assert [row.id for row in orders_of_buyer(buyer.profile.pk).rows] == made[::-1]
    assert orders_of_buyer(cast.malo().profile.pk).rows == []
    row = page.rows[-1]
    assert (row.first_title, row.first_pieces, row.lines) == ("Tire-bouchon", 1, 1)
    with pytest.raises(Refused, match="bad_cursor"):
        orders_listed(at.pk, OrderFilter(), cursor="rubbish")


def test_lists_and_counts_by_status(corkscrew: Variant) -> None:
    at = cast.maison_zinc()
    bought = paid(corkscrew)
    basket((corkscrew, 1)).sent()
    (row,) = orders_listed(at.pk, OrderFilter(status="paid")).rows
    assert row.id == bought.order_id
    assert to_do(at.pk).to_prepare == 1
    assert orders_listed(cast.atelier_brume().pk, OrderFilter()).rows == []


def test_an_order_s_page(corkscrew: Variant) -> None:
    book = cast.variant_of(
        cast.product(cast.maison_zinc(), "Almanach", price_minor=1055, vat_rate_bp=550)
    )
    placed = basket((corkscrew, 2), (book, 1)).sent()
    order = order_for(ANYONE, placed.order_key)
    with Counted() as counted:
        page = order_page(order)
        assert page.shop.profile.name == "La Maison Zinc"
    assert len(counted.statements) == 2
    assert [(line.title, line.quantity) for line in page.lines] == [
        ("Tire-bouchon", 2),
        ("Almanach", 1),
    ]
    assert sum(share.vat_minor for share in page.vat_shares) == order.vat_minor
    assert page.payment is not None
    assert page.payment.redirect_url == placed.redirect_url
