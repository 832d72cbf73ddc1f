"""Whether, until when and from what the buyer of an order may withdraw: pure, from rows read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings

from comptoir.common import clock
from comptoir.sales.models import LineTally, Order, OrderLine
from comptoir.sales.services.tallies import can_claim
from comptoir.sales.withdrawal.deadline import withdrawal_ends

OPEN_STATUS = {Order.Status.PAID, Order.Status.SHIPPED, Order.Status.DELIVERED}


class Closed(StrEnum):
    """Why one cannot withdraw (any more)."""

    NOT_PAID = "not_paid"
    CANCELLED = "cancelled"
    FREE = "free"
    IN_SHOP = "in_shop"
    BUSINESS = "business"
    TOO_LATE = "too_late"
    ALL_EXEMPT = "all_exempt"
    NOTHING_LEFT = "nothing_left"


@dataclass(frozen=True, slots=True)
class LineRight:
    """``most`` pieces can be withdrawn from; ``exempt`` is an ``OrderLine.Exempt``. Sealed goods
    are exempt only once they were opened: their buyer has to say that they are not."""

    line: OrderLine
    most: int
    exempt: str

    @property
    def needs_seal(self) -> bool:
        return self.exempt == OrderLine.Exempt.SEALED

    @property
    def excluded(self) -> bool:
        return self.line.is_excluded


@dataclass(frozen=True, slots=True)
class Right:
    """``ends_at`` is the first moment that is too late; ``None`` while the goods are awaited."""

    lines: tuple[LineRight, ...]
    closed: Closed | None
    ends_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def last_day(self) -> date | None:
        """The last day on which one may withdraw."""
        return (self.ends_at - timedelta(days=1)).date() if self.ends_at is not None else None


def right_of(order: Order, tallies: Mapping[int, LineTally], freed: Mapping[int, int]) -> Right:
    """The right as it stands now. ``freed``: pieces by line in returns that a withdrawal would
    overtake (asked for, or on their way)."""
    lines = tuple(
        LineRight(tally.line, can_claim(tally) + freed.get(line, 0), tally.line.withdrawal)
        for line, tally in tallies.items()
    )
    ends_at = (
        withdrawal_ends(order.delivered_at, settings.TIME_ZONE) if order.delivered_at else None
    )
    return Right(lines, _closed(order, lines, ends_at), ends_at)


def _closed(order: Order, lines: tuple[LineRight, ...], ends_at: datetime | None) -> Closed | None:
    known = {Order.Status.PENDING: Closed.NOT_PAID, Order.Status.CANCELLED: Closed.CANCELLED}
    reasons = (
        (order.status not in OPEN_STATUS, known.get(Order.Status(order.status))),
        (order.delivery_kind == "counter", Closed.IN_SHOP),
        (order.vat_number != "", Closed.BUSINESS),
        (order.total_minor == 0, Closed.FREE),
        (all(line.excluded for line in lines), Closed.ALL_EXEMPT),
        (ends_at is not None and ends_at <= clock.now(), Closed.TOO_LATE),
        (not any(line.most for line in lines if not line.excluded), Closed.NOTHING_LEFT),
    )
    return next((reason for holds, reason in reasons if holds), None)
