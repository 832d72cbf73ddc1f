"""Webhooks of payment providers: checked, handled once, settled."""

import logging
from collections.abc import Mapping

from django.db import connection, transaction

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.adapters.provider import (
    DisputeNotice,
    ForgedNotice,
    Notice,
    PartialPayment,
    ProviderNotice,
    RefundMadeNotice,
    RefundNotice,
    UnknownPayment,
)
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import Payment
from comptoir.sales.services.disputes import record_dispute
from comptoir.sales.services.refund_failed import record_failed_refund
from comptoir.sales.services.refund_made import record_refund_made
from comptoir.sales.services.settle import Settlement, mark_mismatch, settle

logger = logging.getLogger(__name__)


def take_webhook(*, provider: str, headers: Mapping[str, str], body: bytes) -> Settlement:
    """Takes one webhook in. The same event sent again is ``Settlement.ALREADY``, and so is one
    that is not about a payment of ours, as soon as that is sure (``told_payment``).

    Raises:
        NotVisible: there is no such provider.
        Refused: ``bad_signature``, ``bad_notice``, ``unknown_payment``, ``wrong_amount``,
            ``partial_payment``, ``not_captured``; each is logged, and the event is not written
            down, so that a corrected one may still come. ``wrong_amount`` leaves its mark on the
            payment.
    """
    notice = _read(provider, headers, body)
    if notice is None:
        return Settlement.ALREADY
    if isinstance(notice, DisputeNotice):
        return record_dispute(provider=provider, notice=notice)
    if isinstance(notice, RefundNotice):
        return record_failed_refund(provider=provider, notice=notice)
    if isinstance(notice, RefundMadeNotice):
        return record_refund_made(provider=provider, notice=notice)
    payment = Payment.objects.filter(provider=provider, key=notice.key).first()
    if payment is None:
        logger.warning("webhook of %s: no payment %s", provider, notice.key)
        raise Refused("unknown_payment", "There is no such payment.")
    try:
        return _take(notice, provider, payment.pk)
    except Refused:
        # Again, for the transaction took it back.
        mark_mismatch(payment_id=payment.pk, answer=notice.answer)
        raise


@retried_on_deadlock
@transaction.atomic
def _take(notice: ProviderNotice, provider: str, payment_id: int) -> Settlement:
    if not _first_time(provider, notice.event_id):
        return Settlement.ALREADY
    done = settle(payment_id=payment_id, answer=notice.answer)
    if done is Settlement.MISMATCH:
        raise Refused("wrong_amount", "This is not the amount that was asked.")
    return done


def _read(provider: str, headers: Mapping[str, str], body: bytes) -> Notice | None:
    if provider not in PROVIDERS:
        raise NotVisible
    try:
        return PROVIDERS[provider].parse_webhook(headers, body)
    except ForgedNotice as error:
        logger.warning("webhook of %s refused: %s", provider, error)
        raise Refused("bad_signature", "The signature is not right.") from error
    except UnknownPayment as error:
        logger.warning("webhook of %s: no payment %s", provider, error)
        raise Refused("unknown_payment", "There is no such payment.") from error
    except PartialPayment as error:
        logger.error("webhook of %s tells of a part, or of money kept aside: %s", provider, error)
        raise Refused("partial_payment", "Nothing is settled by a part.") from error
    except ValueError as error:
        logger.warning("webhook of %s not understood", provider)
        raise Refused("bad_notice", "This is not a notice.") from error


def _first_time(provider: str, event_id: str) -> bool:
    """Writes the event down; a second one waits here until the first is committed."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE_EVENT, [provider, event_id[:100], clock.now()])
        return bool(cursor.rowcount)


WRITE_EVENT = """
INSERT INTO sales_providerevent (provider, event_id, received_at) VALUES (%s, %s, %s)
ON CONFLICT (provider, event_id) DO NOTHING
"""
