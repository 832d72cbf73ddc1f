"""Orders under offers: what is taken off, whose uses count, and what happens when they run out."""

from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict
from comptoir.config.wiring import dispatcher
from comptoir.people.services import leave
from comptoir.sales.models import Offer, OfferCustomer, OfferUse, Order
from comptoir.sales.privacy import export_of
from comptoir.sales.queries import order_page
from comptoir.sales.services import cancel_by_buyer, cancel_by_shop, expire_orders
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.circle import follows
from tests.sales.after import bought, uuid4
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.offering import offer
from tests.sales.test_races import all_at_once, buy

pytestmark = pytest.mark.django_db(transaction=True)


def corkscrew(stock: int = 50) -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), price_minor=1000, stock=stock))


def states(made: Offer) -> dict[str, int]:
    return dict(Counter(OfferUse.objects.filter(offer=made).values_list("status", flat=True)))


def test_a_code_is_held_with_the_order_and_used_when_it_is_paid() -> None:
    made = offer(cast.maison_zinc(), code="TEN")
    placed = basket((corkscrew(), 2), codes=("ten",)).sent()
    assert states(made) == {"held": 1}
    at_bank(placed, "approve")
    work()
    order = order_of(placed)
    assert (order.discount_minor, order.total_minor) == (200, 2000 - 200 + 590)
    assert [line.discount_minor for line in order.lines.all()] == [200]
    assert states(made) == {"used": 1}


def test_a_code_that_leaves_nothing_to_pay_is_used_at_once() -> None:
    made = offer(cast.maison_zinc(), code="CADEAU", value=10_000, limit_total=1)
    method = cast.pick_up(made.shop)
    assert basket((corkscrew(), 1), codes=("CADEAU",), method=method).sent().status == "paid"
    assert states(made) == {"used": 1}


def test_an_order_that_is_called_off_gives_its_use_back() -> None:
    made = offer(cast.maison_zinc(), code="ONE", limit_total=1)
    first = basket((corkscrew(), 1), codes=("ONE",)).sent()
    cancel_by_buyer(order=order_of(first))
    assert states(made) == {"released": 1}
    second = basket((corkscrew(), 1), codes=("ONE",), email="malo@example.org").sent()
    assert order_of(second).discount_minor == 100


@pytest.mark.parametrize("by", ["shop", "buyer"])
def test_an_order_that_is_called_off_after_it_was_paid_gives_its_use_back(by: str) -> None:
    made = offer(cast.maison_zinc(), code="ONE", limit_total=1, limit_per_customer=1)
    order = bought((corkscrew(), 1), codes=("ONE",))
    if by == "shop":
        cancel_by_shop(order=order)
    else:
        pieces = {order.lines.get().pk: 1}
        declare_withdrawal(order=order, pieces=pieces, request_key=uuid4())
    made.refresh_from_db()
    assert (made.uses, states(made)) == (0, {"released": 1})
    assert bought((corkscrew(), 1), codes=("ONE",)).discount_minor == 100


def test_an_order_that_was_not_paid_in_time_gives_its_use_back() -> None:
    made = offer(cast.maison_zinc(), code="ONE", limit_total=1)
    basket((corkscrew(), 1), codes=("ONE",)).sent()
    with clock.travelled(timedelta(hours=1)):
        expire_orders()
    made.refresh_from_db()
    assert (made.uses, states(made)) == (0, {"released": 1})


def test_an_offer_that_ended_since_the_buyer_looked_is_a_changed_total() -> None:
    made = offer(cast.maison_zinc(), code="TEN")
    wanted = basket((corkscrew(), 1), codes=("TEN",))
    Offer.objects.filter(pk=made.pk).update(is_active=False)
    with pytest.raises(Conflict) as refused:
        wanted.sent()
    assert refused.value.code == "total_changed"
    assert Order.objects.count() == 0


def test_a_guest_cannot_use_a_code_twice_with_one_address() -> None:
    offer(cast.maison_zinc(), code="ONCE", limit_per_customer=1)
    one = corkscrew()
    assert order_of(basket((one, 1), codes=("ONCE",)).sent()).discount_minor == 100
    again = basket((one, 1), codes=("ONCE",), email="INES@example.org").sent()
    assert order_of(again).discount_minor == 0


def test_one_code_with_ten_uses_and_twenty_four_buyers() -> None:
    """Ten pay less; the others are refused before anything is charged."""
    made = offer(cast.maison_zinc(), code="DIX", limit_total=10)
    one = corkscrew()
    wanted = [
        basket((one, 1), codes=("DIX",), email=f"buyer{number}@example.org") for number in range(24)
    ]
    ends = all_at_once([partial(buy, each) for each in wanted])
    refused = Counter(end for end in ends if isinstance(end, str))
    assert set(refused) <= {"offer_used_up", "total_changed"}
    assert sum(refused.values()) == 14
    made.refresh_from_db()
    assert (made.uses, states(made)) == (10, {"used": 10})
    assert set(Order.objects.values_list("discount_minor", flat=True)) == {100}
    assert cast.stock_of(one) == (40, 0)


def test_one_member_at_eight_windows_uses_a_code_once() -> None:
    offer(cast.maison_zinc(), code="ONCE", limit_per_customer=1)
    one, ines = corkscrew(), cast.ines()
    wanted = [basket((one, 1), codes=("ONCE",), actor=ines.actor) for _window in range(8)]
    all_at_once([each.sent for each in wanted])
    assert list(Order.objects.values_list("discount_minor", flat=True)) == [100]
    assert OfferCustomer.objects.get().uses == 1


def test_what_was_used_is_in_the_export_and_forgotten_with_the_person() -> None:
    made = offer(cast.maison_zinc(), name="Merci", audience="followers")
    ines = cast.ines()
    follows(ines, cast.maison_zinc())
    basket((corkscrew(), 1), actor=ines.actor).sent()
    assert [use["name"] for use in export_of(ines.profile.pk)["offers_used"]] == ["Merci"]
    leave(actor=ines.actor)
    dispatcher().deliver_all()
    assert OfferUse.objects.get().customer == ""
    assert not OfferCustomer.objects.exists()
    made.refresh_from_db()
    assert made.uses == 1


def test_the_vat_of_the_order_page_is_that_of_what_was_paid() -> None:
    offer(cast.maison_zinc(), code="TEN")
    order = order_of(basket((corkscrew(), 2), codes=("TEN",)).sent())
    shares = order_page(order).vat_shares
    assert sum(share.gross_minor for share in shares) == order.total_minor
    assert sum(share.vat_minor for share in shares) == order.vat_minor
