"""Returns that a withdrawal overtakes: asked for or on their way, on terms that were the shop's.

Not those whose money was given back already, or in whose place something was sent: nobody gets
both for the same pieces.
"""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet, Sum

from comptoir.common import clock
from comptoir.common.states import transition
from comptoir.sales.models import LineTally, Return, ReturnLabel, ReturnLine
from comptoir.sales.services.tallies import count
from comptoir.sales.states import RETURN

NOT_BACK = [Return.Status.ASKED, Return.Status.ACCEPTED]


def pieces_overtaken(order_id: int) -> dict[int, int]:
    """Pieces by line in returns that a withdrawal would overtake."""
    lines = ReturnLine.objects.filter(giving_back__in=_overtaken(order_id))
    return dict(lines.values_list("line").annotate(sum=Sum("quantity")))


def close_overtaken(
    order_id: int, tallies: Mapping[int, LineTally], lines: Collection[int]
) -> None:
    """Closes those that hold one of the lines; all their pieces can be claimed again. The caller
    holds the order's lock."""
    rows = _overtaken(order_id).filter(lines__line__in=list(lines))
    for back in rows.distinct().order_by("pk"):
        transition(back, RETURN, Return.Status.CLOSED, closed_at=clock.now())
        ReturnLabel.objects.filter(giving_back=back).delete()  # it bears an address
        count(tallies, "claimed", {one.line_id: -one.quantity for one in back.lines.all()})


def can_be_overtaken(back: Return) -> bool:
    """Whether a withdrawal from its pieces would close it; the same as ``_overtaken``."""
    settled = back.refund_id or back.exchange_order_id
    return back.withdrawal_id is None and back.status in NOT_BACK and not settled


def _overtaken(order_id: int) -> QuerySet[Return]:
    return Return.objects.filter(
        order=order_id, withdrawal=None, status__in=NOT_BACK, refund=None, exchange_order=None
    )
