"""Goes through the chained payment log and finds what was altered.

An entry's hash is the SHA-256, in hexadecimal, of these fields joined by ``|``: the previous
entry's hash ('' for the first), shop, sequence, kind, amount, currency, order, payment, refund
('' for none), and the time in microseconds since 1970. ``sales_ledger_append`` writes the same.
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db import connection

from comptoir.common import clock
from comptoir.sales.models import LedgerCheck, LedgerEntry, LedgerHead

logger = logging.getLogger(__name__)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CHUNK = 2000


class Fault(StrEnum):
    """What is wrong with an entry, or (``end``, ``balance``) with what the log says as a whole."""

    SEQUENCE = "sequence"  # an entry is missing before this one
    LINK = "link"  # it does not follow the one before it
    CONTENT = "content"  # its fields are not those that were written
    END = "end"  # the last entries are missing
    BALANCE = "balance"  # the log and the payments do not say the same


@dataclass(frozen=True, slots=True)
class Broken:
    """The first fault of a shop's log; ``sequence`` is where the chain no longer holds."""

    shop_id: int
    sequence: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verified:
    """What was gone through; ``broken`` holds one fault a shop, none when all is whole."""

    entries: int
    broken: tuple[Broken, ...]


def hash_of(entry: LedgerEntry, previous_hash: str) -> str:
    """The hash that the entry's fields must have after that one."""
    fields = (
        previous_hash,
        entry.shop_id,
        entry.sequence,
        entry.kind,
        entry.amount_minor,
        entry.currency,
        entry.order_id,
        entry.payment_id,
        "" if entry.refund_id is None else entry.refund_id,
        (entry.at - EPOCH) // MICROSECOND,
    )
    return hashlib.sha256("|".join(map(str, fields)).encode()).hexdigest()


def verify_ledger(shop_id: int) -> Broken | None:
    """The first fault of that shop's log, or ``None``; entries are streamed, not all in memory."""
    return _verified(shop_id).broken_one


def verify_ledgers() -> Verified:
    """Goes through the log of every shop."""
    shops = LedgerHead.objects.order_by("pk").values_list("pk", flat=True)
    known = set(LedgerEntry.objects.order_by().values_list("shop", flat=True).distinct())
    each = [_verified(shop_id) for shop_id in sorted(known.union(shops, _captured_by_shop()))]
    broken = tuple(one.broken_one for one in each if one.broken_one is not None)
    return Verified(sum(one.entries for one in each), broken)


def check_ledgers() -> Verified:
    """Goes through all of them and writes down for the operator what came of it."""
    verified = verify_ledgers()
    first = verified.broken[0] if verified.broken else None
    LedgerCheck.objects.create(
        at=clock.now(),
        entries=verified.entries,
        broken_shop_id=first.shop_id if first else None,
        broken_sequence=first.sequence if first else None,
        fault=first.fault if first else "",
    )
    for broken in verified.broken:
        logger.error(
            "payment log of shop %s: broken at %s (%s)",
            broken.shop_id, broken.sequence, broken.fault,
        )  # fmt: skip
    return verified


@dataclass(frozen=True, slots=True)
class _OneShop:
    entries: int
    broken_one: Broken | None


def _verified(shop_id: int) -> _OneShop:
    """The head is read first: what is sold meanwhile is left to the next time."""
    head = LedgerHead.objects.filter(pk=shop_id).first() or LedgerHead(sequence=0, hash="")
    previous, sequence = "", 0
    for entry in _entries(shop_id, head.sequence):
        fault = _fault_of(entry, previous, sequence + 1)
        if fault is not None:
            return _OneShop(sequence, Broken(shop_id, sequence + 1, fault))
        previous, sequence = entry.hash, entry.sequence
    if (head.sequence, head.hash) != (sequence, previous):
        return _OneShop(sequence, Broken(shop_id, sequence + 1, Fault.END))
    if not _balances(shop_id):
        return _OneShop(sequence, Broken(shop_id, sequence, Fault.BALANCE))
    return _OneShop(sequence, None)


def _entries(shop_id: int, last: int) -> Iterator[LedgerEntry]:
    rows = LedgerEntry.objects.filter(shop=shop_id, sequence__lte=last).order_by("sequence")
    return rows.iterator(chunk_size=CHUNK)


def _fault_of(entry: LedgerEntry, previous: str, sequence: int) -> Fault | None:
    if entry.sequence != sequence:
        return Fault.SEQUENCE
    if entry.previous_hash != previous:
        return Fault.LINK
    if entry.hash != hash_of(entry, previous):
        return Fault.CONTENT
    return None


def _balances(shop_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(UNBALANCED, [shop_id, shop_id])
        return cursor.fetchone() is None


def _captured_by_shop() -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT o.shop_id FROM sales_payment p JOIN sales_order o ON o.id = p.order_id"
            " WHERE p.captured_minor > 0"
        )
        return {shop_id for (shop_id,) in cursor.fetchall()}


# Payment by payment: what the log says came in and went back, and what the payment says.
UNBALANCED = """
SELECT 1 FROM (
  SELECT p.id, p.captured_minor AS came, p.refunded_minor AS went FROM sales_payment p
  JOIN sales_order o ON o.id = p.order_id WHERE o.shop_id = %s) said
FULL JOIN (
  SELECT payment_id, coalesce(sum(amount_minor) FILTER (WHERE kind = 'captured'), 0) AS came,
    coalesce(-sum(amount_minor) FILTER (WHERE kind IN ('refunded', 'refund_failed')), 0) AS went
  FROM sales_ledgerentry WHERE shop_id = %s GROUP BY payment_id) logged
ON logged.payment_id = said.id
WHERE coalesce(said.came, 0) != coalesce(logged.came, 0)
   OR coalesce(said.went, 0) != coalesce(logged.went, 0)
LIMIT 1
"""
