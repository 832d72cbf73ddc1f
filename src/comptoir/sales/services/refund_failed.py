"""Refunds that did not reach the buyer: the books say so at once, and the shop decides what next.

A card may be closed, an account gone: the provider then puts the money back where it came from,
often days after it said that it was given. It is still owed.
"""

import logging

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.adapters.provider import RefundNotice
from comptoir.sales.events import RefundAskedAgain, RefundFailed, about
from comptoir.sales.models import (
    LedgerEntry,
    OddMoney,
    Payment,
    Refund,
    RefundFailure,
    RefundUnmade,
)
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.odd_money import fail_odd_money
from comptoir.sales.services.settle import Settlement, lock_payment
from comptoir.sales.services.told_payment import told_payment
from comptoir.sales.states import PAYMENT, REFUND

logger = logging.getLogger(__name__)


def record_failed_refund(*, provider: str, notice: RefundNotice) -> Settlement:
    """Takes in what a provider says of a refund that failed; told again, it changes nothing.

    Always ``Settlement.ALREADY``: nothing of the order moves.

    Raises:
        Refused: ``unknown_payment``, that account has no such refund; of one made at the
            provider's desk, see ``told_payment``.
    """
    if _failed(provider, notice):
        return Settlement.ALREADY
    odd = OddMoney.objects.filter(
        key=notice.refund_key,
        payment__provider=provider,
        payment__account__reference=notice.account,
    ).first()
    if odd is not None:
        fail_odd_money(odd, notice.failure)
    elif notice.ours:
        raise Refused("unknown_payment", "There is no such refund.")
    elif not _note_unmade(provider, notice):
        _failed(provider, notice)  # we have heard meanwhile that it was made
    return Settlement.ALREADY


def _failed(provider: str, notice: RefundNotice) -> bool:
    """Whether it is a refund that we know, which has failed now."""
    rows = Refund.objects.filter(
        payment__provider=provider,
        payment__reference=notice.payment_reference,
        payment__account__reference=notice.account,
    )
    for refund in rows:
        for attempt in range(refund.attempt + 1):
            if refund.key_of(attempt) == notice.refund_key:
                fail_refund(refund_id=refund.pk, attempt=attempt, reason=notice.failure)
                return True
    return False


@retried_on_deadlock
@transaction.atomic
def _note_unmade(provider: str, notice: RefundNotice) -> bool:
    """Made at the provider's desk, and failed before we heard of it: that it was made may still be
    told, and is nothing by then. Returns whether we had not heard of it just now, or it is none of
    ours."""
    found = told_payment(provider, notice)
    if found is None:
        return True
    payment = lock_payment(found.pk)
    if Refund.objects.filter(key=notice.refund_key).exists():
        return False
    RefundUnmade.objects.get_or_create(key=notice.refund_key, defaults={"payment": payment})
    return True


@retried_on_deadlock
@transaction.atomic
def fail_refund(*, refund_id: int, attempt: int, reason: str) -> bool:
    """Writes down that this try failed, once; returns whether this call did.

    What had been written down as given back is taken back: in the payment, and by an entry of its
    own in the log.
    """
    found = Refund.objects.get(pk=refund_id)
    payment = lock_payment(found.payment_id)
    refund = Refund.objects.get(pk=refund_id)
    if refund.attempt != attempt or refund.failures.filter(attempt=attempt).exists():
        return False
    failure = RefundFailure.objects.create(
        refund=refund, attempt=attempt, reason=reason[:60], done_at=refund.done_at, at=clock.now()
    )
    was_done = refund.status == Refund.Status.DONE
    transition(refund, REFUND, Refund.Status.FAILED, done_at=None)
    logger.warning("refund %s failed: %s", refund.key, reason)
    if was_done:
        _take_back(payment, refund)
    emit(
        RefundFailed(
            **about(payment.order), refund_id=refund.pk, failure_id=failure.pk, was_told=was_done
        )
    )
    return True


def _take_back(payment: Payment, refund: Refund) -> None:
    payment.refunded_minor -= refund.amount_minor
    payment.save(update_fields=["refunded_minor"])
    if payment.status == Payment.Status.REFUNDED:
        transition(payment, PAYMENT, Payment.Status.CAPTURED)
    append_to_ledger(
        payment,
        payment.order.shop_id,
        LedgerEntry.Kind.REFUND_FAILED,
        refund.amount_minor,
        refund,
    )


@transaction.atomic
def try_refund_again(*, shop_id: int, refund_id: int, attempt: int) -> None:
    """The shop has the provider try once more; ``attempt`` is the one that it saw fail.

    Raises:
        NotVisible: not a refund of that shop.
        Conflict: ``refund_changed``, someone has dealt with it already.
    """
    found = Refund.objects.filter(pk=refund_id, payment__order__shop=shop_id).first()
    if found is None:
        raise NotVisible
    payment = lock_payment(found.payment_id)
    refund = Refund.objects.get(pk=refund_id)
    if (refund.status, refund.attempt) != (Refund.Status.FAILED, attempt):
        raise refund_changed()
    transition(refund, REFUND, Refund.Status.DUE, attempt=attempt + 1)
    emit(RefundAskedAgain(**about(payment.order), refund_id=refund.pk))


def refund_changed() -> Conflict:
    return Conflict("refund_changed", _("Someone has dealt with this refund already. Look again."))
