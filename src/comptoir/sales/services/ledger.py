"""Writes of the chained payment log, through the one function of the database that may."""

from datetime import datetime

from django.db import connection

from comptoir.common import clock
from comptoir.sales.models import Payment, Refund

# shop, kind, signed amount, currency, order, payment, refund or NULL, time
APPEND = "SELECT sales_ledger_append(%s, %s, %s, %s, %s, %s, %s, %s)"


def append_to_ledger(
    payment: Payment,
    shop_id: int,
    kind: str,
    amount_minor: int,
    refund: Refund | None = None,
    *,
    currency: str = "",
) -> int:
    """Adds a movement of that payment, in the caller's transaction; returns its sequence number.

    ``kind`` is a ``LedgerEntry.Kind``; ``amount_minor`` is signed, in ``currency``, '' for the
    payment's. It takes the lock of the shop's last link until the commit: call it after every other
    lock.

    Raises:
        IntegrityError: a sign that the kind does not have, or a refund written down before.
    """
    values: list[int | str | datetime | None] = [
        shop_id, kind, amount_minor, currency or payment.currency, payment.order_id, payment.pk,
        refund.pk if refund is not None else None, clock.now(),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(APPEND, values)
        (sequence,) = cursor.fetchone()
    return int(sequence)
