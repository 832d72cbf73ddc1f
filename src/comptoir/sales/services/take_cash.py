"""Cash taken at the counter."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict
from comptoir.sales.models import CashDue, Order
from comptoir.sales.services.settle import Settlement, ask_provider


def take_cash(*, order: Order, by_user_id: int | None) -> bool:
    """The money for an order is in the till; returns whether it became paid by this call.

    Taken twice, it counts once. What is cut short after the note, reconciliation settles.

    Raises:
        Conflict: ``not_paid_in_cash``, the order is paid another way; ``not_pending``, it was
            called off, or its time is over.
    """
    _note(order.pk, by_user_id)
    return ask_provider(order_id=order.pk) is Settlement.PAID


@transaction.atomic
def _note(order_id: int, by_user_id: int | None) -> None:
    order = Order.objects.select_for_update(of=("self",), no_key=True).get(pk=order_id)
    due = CashDue.objects.filter(payment__order=order_id).order_by("-id").first()
    if due is None:
        raise Conflict("not_paid_in_cash", _("This order is not paid at the counter."))
    if due.taken_at is not None:
        return
    if order.status != Order.Status.PENDING:
        raise Conflict("not_pending", _("This order is not waiting for payment any more."))
    due.taken_at, due.taken_by_id = clock.now(), by_user_id
    due.save(update_fields=["taken_at", "taken_by"])
