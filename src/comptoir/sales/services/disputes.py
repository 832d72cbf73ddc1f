"""Disputes: a buyer's bank asks for the money back, and the shop must know in time."""

import logging

from django.db import transaction

from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.outbox import emit
from comptoir.sales.adapters.provider import DisputeNotice
from comptoir.sales.events import DisputeEnded, DisputeOpened, about
from comptoir.sales.models import LedgerEntry, Payment, StripeDispute
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.settle import Settlement, lock_payment
from comptoir.sales.services.told_payment import told_payment

logger = logging.getLogger(__name__)

# While a dispute stands so, the money is with the buyer's bank. It never left the shop while the
# bank only asks (``warning_…``), and is back once the dispute is won.
MONEY_TAKEN = frozenset({"needs_response", "under_review", "lost"})


@retried_on_deadlock
@transaction.atomic
def record_dispute(*, provider: str, notice: DisputeNotice) -> Settlement:
    """Writes down how a dispute stands, and in the payment log what money it moved; an older notice
    that comes later changes nothing.

    Always ``Settlement.ALREADY``: nothing of the order moves.

    Raises:
        Refused: ``unknown_payment``, see ``told_payment``.
    """
    found = told_payment(provider, notice)
    if found is None:
        return Settlement.ALREADY
    payment = lock_payment(found.pk)
    values = {
        "amount_minor": notice.amount_minor,
        "currency": notice.currency,
        "reason": notice.reason[:60],
        "status": notice.status[:40],
        "respond_by": notice.respond_by,
        "told_at": notice.told_at,
    }
    known, new = StripeDispute.objects.get_or_create(
        dispute_id=notice.reference, defaults={"payment": payment, **values}
    )
    if new:
        logger.warning("payment %s: disputed", payment.key)
        _tell(payment, known, was_open=False, was_over=False)
        _log_movement(payment, notice, before_minor=0)
    elif notice.told_at >= known.told_at:
        before_minor, before_currency = _taken(known.status, known.amount_minor), known.currency
        was_open, was_over = known.is_open, known.is_over
        StripeDispute.objects.filter(pk=known.pk).update(**values)
        known.status = notice.status
        _tell(payment, known, was_open=was_open, was_over=was_over)
        if before_minor and before_currency != notice.currency:
            _log(payment, before_minor, before_currency)
            before_minor = 0
        _log_movement(payment, notice, before_minor=before_minor)
    return Settlement.ALREADY


def _tell(payment: Payment, dispute: StripeDispute, *, was_open: bool, was_over: bool) -> None:
    """The shop is written to when it may answer, and when it is decided."""
    facts = {**about(payment.order), "dispute_id": dispute.pk}
    if dispute.is_open and not was_open:
        emit(DisputeOpened(**facts))
    if dispute.is_over and not was_over:
        emit(DisputeEnded(**facts))


def _taken(status: str, amount_minor: int) -> int:
    return amount_minor if status in MONEY_TAKEN else 0


def _log_movement(payment: Payment, notice: DisputeNotice, *, before_minor: int) -> None:
    """``before_minor``: what the bank had taken when we last heard of this dispute. A bank may
    take another currency than the buyer paid in: the log says what was taken, as it was."""
    _log(payment, before_minor - _taken(notice.status, notice.amount_minor), notice.currency)


def _log(payment: Payment, amount_minor: int, currency: str) -> None:
    """``amount_minor``: what the shop gains (or, negative, loses) by it."""
    if amount_minor:
        kind = LedgerEntry.Kind.DISPUTED if amount_minor < 0 else LedgerEntry.Kind.DISPUTE_WON
        append_to_ledger(payment, payment.order.shop_id, kind, amount_minor, currency=currency)
