"""Money that the shop gave back at its provider's own desk: the books learn of it afterwards.

Nothing says what it was for, so that it is divided over what is left of the order's lines and
delivery, as a gesture: pieces and stock stay as they are.
"""

import logging

from django.db import transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Refused
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.adapters.provider import RefundMadeNotice
from comptoir.sales.events import OrderRefunded, RefundMadeElsewhere, about
from comptoir.sales.invoicing.compose import AT_PROVIDER
from comptoir.sales.models import LedgerEntry, Payment, Refund, RefundLine, RefundUnmade
from comptoir.sales.pricing.division import divided
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.refund_order import captured_payment, delivery_left
from comptoir.sales.services.settle import Settlement
from comptoir.sales.services.tallies import count, lock_order, tallies_of
from comptoir.sales.services.told_payment import told_payment
from comptoir.sales.states import PAYMENT

logger = logging.getLogger(__name__)

DELIVERY = 0  # among keys of lines


@retried_on_deadlock
@transaction.atomic
def record_refund_made(*, provider: str, notice: RefundMadeNotice) -> Settlement:
    """Writes it down, once: payment, log, what it is for; buyer and shop are told.

    More than is left of what was captured and not promised back cannot be written down: the rest is
    that of a refund promised here, which the provider will refuse to make a second time.

    Always ``Settlement.ALREADY``: nothing of the order moves.

    Raises:
        Refused: ``unknown_payment``, see ``told_payment``; ``not_captured``, we have not
            heard of its money yet: told again, it is taken in; ``wrong_amount``, in another
            currency.
    """
    found = told_payment(provider, notice)
    if found is None:
        return Settlement.ALREADY
    payment = _locked(found)
    if _is_known(notice):
        return Settlement.ALREADY
    if notice.currency != payment.currency:
        logger.error("payment %s: given back in %s", payment.key, notice.currency)
        raise Refused("wrong_amount", "This is not the currency that was paid.")
    amount = min(notice.amount_minor, payment.captured_minor - payment.refund_due_minor)
    if amount < notice.amount_minor:
        logger.error("payment %s: more was given back than is left", payment.key)
    if amount > 0:
        _write(payment, notice, amount)
    return Settlement.ALREADY


def _is_known(notice: RefundMadeNotice) -> bool:
    """Also that it failed: that may be told first."""
    key = notice.refund_key
    return Refund.objects.filter(key=key).exists() or RefundUnmade.objects.filter(key=key).exists()


def _locked(found: Payment) -> Payment:
    order = lock_order(found.order_id)
    payment = captured_payment(order.pk)
    if payment is None or payment.pk != found.pk:
        raise Refused("not_captured", "Nothing of this payment is here to be given back.")
    payment.order = order
    return payment


def _write(payment: Payment, notice: RefundMadeNotice, amount_minor: int) -> None:
    order, now = payment.order, clock.now()
    refund = Refund.objects.create(
        key=notice.refund_key, payment=payment, amount_minor=amount_minor, reason=AT_PROVIDER,
        status=Refund.Status.DONE, created_at=now, done_at=now, by_hand=True,
    )  # fmt: skip
    payment.refund_due_minor += amount_minor
    payment.refunded_minor += amount_minor
    payment.save(update_fields=["refund_due_minor", "refunded_minor"])
    if payment.refunded_minor == payment.captured_minor:
        transition(payment, PAYMENT, Payment.Status.REFUNDED)
    tallies = tallies_of(order.pk)
    left = {line: tally.total_minor - tally.refunded_minor for line, tally in tallies.items()}
    parts = divided(amount_minor, {**left, DELIVERY: delivery_left(order)})
    delivery = parts.pop(DELIVERY, 0)
    rows = [RefundLine(refund=refund, line_id=n, amount_minor=m) for n, m in parts.items() if m]
    if delivery:
        rows.append(RefundLine(refund=refund, amount_minor=delivery))
    RefundLine.objects.bulk_create(rows)
    count(tallies, "refunded_minor", parts)
    append_to_ledger(payment, order.shop_id, LedgerEntry.Kind.REFUNDED, -amount_minor, refund)
    emit(OrderRefunded(**about(order), refund_id=refund.pk, amount_minor=amount_minor))
    emit(RefundMadeElsewhere(**about(order), refund_id=refund.pk))
