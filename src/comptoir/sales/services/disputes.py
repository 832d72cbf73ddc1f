"""Disputes: a buyer's bank asks for the money back, and the shop must know in time."""

import logging

from django.db import transaction

from comptoir.common.errors import Refused
from comptoir.sales.adapters.provider import DisputeNotice
from comptoir.sales.models import Payment, StripeDispute
from comptoir.sales.services.settle import Settlement

logger = logging.getLogger(__name__)


@transaction.atomic
def record_dispute(*, provider: str, notice: DisputeNotice) -> Settlement:
    """Writes down how a dispute stands; an older notice that comes later changes nothing.

    Always ``Settlement.ALREADY``: nothing of the order moves.

    Raises:
        Refused: ``unknown_payment``, no payment of that account has that reference.
    """
    rows = Payment.objects.select_for_update(of=("self",), no_key=True)
    payment = rows.filter(
        provider=provider,
        reference=notice.payment_reference,
        account__reference=notice.account,
    ).first()
    if payment is None:
        raise Refused("unknown_payment", "There is no such payment.")
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
    elif notice.told_at >= known.told_at:
        StripeDispute.objects.filter(pk=known.pk).update(**values)
    return Settlement.ALREADY
