"""A shop that is ready begins to sell; what was bought in test is undone first.

Test orders are not deleted: the payment log and the numbers of orders and invoices have no gaps.
They are called off like any other order; one that was marked as sent stays so, but its pieces, its
(test) money and its uses of offers go back all the same. Nothing of them counts as turnover.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import Order
from comptoir.sales.opening import opening_of, test_orders_left
from comptoir.sales.services.advance import advance
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.offer_uses import release_offers
from comptoir.sales.services.refund_order import (
    BY_SHOP,
    Promise,
    captured_payment,
    delivery_left,
    write,
)
from comptoir.sales.services.restock import put_back
from comptoir.sales.services.tallies import can_claim, count, lock_order, tallies_of, to_send
from comptoir.shops.models import Shop
from comptoir.shops.services import publish_shop as open_doors


def publish_shop(*, shop: Shop, accept_test_payments: bool = False) -> None:
    """Opens the shop to everybody. Stopped in the middle, it is simply asked for again.

    Raises:
        Refused: ``opening_incomplete`` with ``steps``; ``test_payments_only``, unless that is
            accepted.
        Conflict: ``not_preparing``, or what ``cancel_by_shop`` raises.
    """
    if shop.status != Shop.Status.PREPARING:
        raise Conflict("not_preparing", _("This shop is not being prepared any more."))
    opening = opening_of(shop.pk)
    if opening.missing:
        message = _("Something is still missing: the list above says what.")
        raise Refused("opening_incomplete", message, steps=[str(step) for step in opening.missing])
    if opening.moves_no_money and not accept_test_payments:
        message = _("Buyers could only pay at the test bank: no money would reach you.")
        raise Refused("test_payments_only", message)
    for order in test_orders_left(shop.pk):
        try:
            cancel_by_shop(order=order)
        except Conflict as conflict:
            if conflict.code not in {"not_cancellable", "partly_sent"}:
                raise
            _take_back(order_id=order.pk)
    open_doors(shop=shop, sends=not opening.sends_nothing)


@retried_on_deadlock
@transaction.atomic
def _take_back(*, order_id: int) -> None:
    """What was sent in test never left: its pieces go on the shelf, its offers can be used again,
    and what is left of its money goes back. Pieces in a return are left to the return."""
    order = lock_order(order_id)
    if order.status == Order.Status.CANCELLED:
        return
    tallies = tallies_of(order.pk)
    promise = Promise(
        pieces={n: min(can_claim(t), t.ordered - t.refunded) for n, t in tallies.items()},
        amounts={n: t.total_minor - t.refunded_minor for n, t in tallies.items()},
        restock=frozenset(tallies),
        delivery_minor=delivery_left(order),
    )
    payment = captured_payment(order.pk)
    if payment is not None and promise.total_minor:
        write(order, payment, tallies, promise, reason=BY_SHOP, by_id=None)
    else:
        given_up = {n: min(promise.pieces[n], to_send(t)) for n, t in tallies.items()}
        count(tallies, "called_off", given_up)
        count(tallies, "claimed", promise.pieces)
        put_back(tallies, promise.pieces)
    release_offers(order.pk)
    advance(order, tallies)
