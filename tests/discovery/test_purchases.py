"""What a member buys counts for them alone, as long as it stands, unless they share it."""

from collections.abc import Sequence
from uuid import uuid4

import pytest

from comptoir.catalog.models import Product, Variant
from comptoir.discovery.models import Signal
from comptoir.discovery.reasons import reasons_for
from comptoir.people.actor import ANYONE
from comptoir.posts.services import delete_post, edit_post, share_purchase
from comptoir.sales.services import cancel_by_shop
from comptoir.sales.services.place_order import Placed
from comptoir.sales.services.refund_order import RefundPart, refund_order
from tests import cast, circle
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


def bought(who: cast.Person | None, count: int = 1, pots: Sequence[Product] = ()) -> Placed:
    """A paid order of two of each product, with all that follows."""
    pots = pots or [cast.product(cast.maison_zinc(), f"Pot {n}") for n in range(count)]
    lines = [(cast.variant_of(pot), 2) for pot in pots]
    placed = basket(*lines, actor=who.actor if who else ANYONE).sent()
    at_bank(placed, "approve")
    work()
    return placed


def audiences() -> list[str]:
    return list(Signal.objects.filter(kind="bought").values_list("audience", flat=True))


def test_a_purchase_counts_for_its_buyer_alone() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    line = order_of(bought(ines)).lines.get()
    signal = Signal.objects.get()
    assert (signal.actor_id, signal.product_id) == (ines.profile.pk, line.product_id)
    assert (signal.kind, signal.audience) == ("bought", "me")
    assert reasons_for(malo.actor, [line.product_id])[line.product_id].kind == "none"


def test_a_guest_leaves_no_signal() -> None:
    bought(None)
    assert not Signal.objects.exists()


def test_sharing_widens_it_and_unsharing_gives_it_back_to_its_buyer() -> None:
    ines = cast.ines()
    line = order_of(bought(ines)).lines.get()
    post = share_purchase(actor=ines.actor, line_id=line.pk, audience="followers")
    work()
    assert audiences() == ["followers"]
    edit_post(post=post, text="", audience="everyone")
    work()
    assert audiences() == ["everyone"]
    delete_post(post=post)
    work()
    assert audiences() == ["me"]


def test_a_cancelled_order_takes_its_signals_and_those_of_its_posts_away() -> None:
    ines = cast.ines()
    placed = bought(ines)
    share_purchase(actor=ines.actor, line_id=order_of(placed).lines.get().pk)
    work()
    cancel_by_shop(order=order_of(placed))
    work()
    assert not audiences()


def test_only_a_line_that_was_given_back_wholly_is_taken_away() -> None:
    placed = bought(cast.ines(), 2)
    first, second = order_of(placed).lines.order_by("position")
    refunded(placed, RefundPart(line_id=first.pk, quantity=1, amount_minor=first.total_minor // 2))
    assert Signal.objects.count() == 2, "one piece of two is still theirs"
    rest = first.total_minor - first.total_minor // 2
    refunded(placed, RefundPart(line_id=first.pk, quantity=1, amount_minor=rest))
    assert [s.product_id for s in Signal.objects.all()] == [second.product_id]


def refunded(placed: Placed, part: RefundPart) -> None:
    refund_order(order=order_of(placed), refund_key=uuid4(), parts=[part])
    work()


def test_what_was_bought_twice_stays_when_one_of_them_is_called_off() -> None:
    pot = cast.product(cast.maison_zinc())
    first, _second = (bought(cast.ines(), pots=[pot]) for _twice in range(2))
    cancel_by_shop(order=order_of(first))
    work()
    assert audiences() == ["me"]


def test_what_was_free_was_not_bought_even_if_it_is_shared() -> None:
    ines = cast.ines()
    free = cast.product(cast.maison_zinc(), "Carte", price_minor=0)
    line = order_of(bought(ines, pots=[free])).lines.get()
    assert not audiences()
    post = share_purchase(actor=ines.actor, line_id=line.pk)
    work()
    assert post.audience == "everyone"
    assert not audiences()


def test_what_an_offer_gave_away_was_not_bought_and_what_was_paid_beside_it_was() -> None:
    zinc, ines = cast.maison_zinc(), cast.ines()
    given, paid = cast.product(zinc, "Lin", price_minor=500), cast.product(zinc, "Fer")
    offer(zinc, kind="percent", value=10_000, product_ids=[given.pk])
    lines = order_of(bought(ines, pots=[given, paid])).lines
    assert lines.get(product=given).total_minor == 0
    for line in lines.all():
        share_purchase(actor=ines.actor, line_id=line.pk)
    work()
    assert list(Signal.objects.values_list("product", flat=True)) == [paid.pk]


def test_what_was_free_once_and_paid_for_another_time_was_bought() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc(), price_minor=0)
    bought(ines, pots=[pot])
    Variant.objects.filter(product=pot).update(price_minor=900)
    bought(ines, pots=[pot])
    assert audiences() == ["me"]
