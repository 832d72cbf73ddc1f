"""Refunds: promised in a transaction, asked of the provider outside, written down after."""

from datetime import timedelta

from django.db import transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import NotVisible
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.adapters.provider import ByHand, NotGivenBack
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.events import OrderRefunded, about
from comptoir.sales.models import LedgerEntry, Payment, Refund
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.refund_failed import fail_refund, refund_changed
from comptoir.sales.services.settle import lock_payment
from comptoir.sales.services.sweep import each
from comptoir.sales.states import PAYMENT, REFUND


def give_back(*, refund_id: int) -> bool:
    """Has the provider give a promised refund back, once; returns whether this call wrote it down.

    Raises:
        ProviderDown: it did not answer; asking again later is safe.
    """
    refund = Refund.objects.select_related("payment").get(pk=refund_id)
    if refund.status != Refund.Status.DUE:
        return False
    payment = refund.payment
    provider, key = provider_named(payment.provider), refund.provider_key
    try:
        provider.refund(payment.key, key, refund.amount_minor)
    except ByHand:
        return False  # it waits among the shop's tasks
    except NotGivenBack as failure:
        fail_refund(refund_id=refund.pk, attempt=refund.attempt, reason=str(failure))
        return False
    return _write_down(refund)


def give_back_left_over(*, older_than: timedelta, page: int = 200) -> int:
    """Gives back what was promised and whose own job was lost; returns how many were."""
    due = Refund.objects.filter(status=Refund.Status.DUE, created_at__lte=clock.now() - older_than)
    return each(due, lambda refund_id: give_back(refund_id=refund_id), page=page)


def confirm_given_back(*, shop_id: int, refund_id: int, attempt: int = 0) -> bool:
    """The shop says that it gave a refund back by hand; returns whether this call wrote it down.

    What the provider gives back itself is confirmed so only after it failed, at the ``attempt``
    that the shop saw.

    Raises:
        NotVisible: not a refund of that shop, or the provider gives it back itself.
        Conflict: ``refund_changed``, it is being tried again.
    """
    rows = Refund.objects.select_related("payment")
    refund = rows.filter(pk=refund_id, payment__order__shop=shop_id).first()
    if refund is None:
        raise NotVisible
    if refund.status == Refund.Status.DONE:
        return False
    failed = refund.failures.exists()
    if not failed and not provider_named(refund.payment.provider).refunds_by_hand:
        raise NotVisible
    if failed and (refund.status, refund.attempt) != (Refund.Status.FAILED, attempt):
        raise refund_changed()
    if not _write_down(refund, by_hand=True):
        raise refund_changed()
    return True


@retried_on_deadlock
@transaction.atomic
def _write_down(seen: Refund, *, by_hand: bool = False) -> bool:
    """Unless it is not any more as it was seen: done, failed, or tried again."""
    payment = lock_payment(seen.payment_id)
    refund = Refund.objects.get(pk=seen.pk)
    if (refund.status, refund.attempt) != (seen.status, seen.attempt):
        return False
    failure = refund.failures.order_by("-attempt").first()
    transition(refund, REFUND, Refund.Status.DONE, done_at=clock.now(), by_hand=by_hand)
    payment.refunded_minor += refund.amount_minor
    payment.save(update_fields=["refunded_minor"])
    if payment.refunded_minor == payment.captured_minor:
        transition(payment, PAYMENT, Payment.Status.REFUNDED)
    append_to_ledger(
        payment, payment.order.shop_id, LedgerEntry.Kind.REFUNDED, -refund.amount_minor, refund
    )
    emit(
        OrderRefunded(
            **about(payment.order),
            refund_id=refund.pk,
            amount_minor=refund.amount_minor,
            failure_id=failure.pk if failure is not None else None,
        )
    )
    return True
