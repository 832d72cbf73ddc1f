"""Returns that a withdrawal overtakes: asked for or on their way, on terms that were the shop's."""

from collections.abc import Collection, Mapping

from django.db.models import Sum

from comptoir.common import clock
from comptoir.common.states import transition
from comptoir.sales.models import LineTally, Return, ReturnLine
from comptoir.sales.services.tallies import count
from comptoir.sales.states import RETURN

NOT_BACK = [Return.Status.ASKED, Return.Status.ACCEPTED]


def pieces_overtaken(order_id: int) -> dict[int, int]:
    """Pieces by line in returns that a withdrawal would overtake."""
    lines = ReturnLine.objects.filter(
        giving_back__order=order_id, giving_back__withdrawal=None, giving_back__status__in=NOT_BACK
    )
    return dict(lines.values_list("line").annotate(sum=Sum("quantity")))


def close_overtaken(
    order_id: int, tallies: Mapping[int, LineTally], lines: Collection[int]
) -> None:
    """Closes those that hold one of the lines; all their pieces can be claimed again. The caller
    holds the order's lock."""
    rows = Return.objects.filter(
        order=order_id, withdrawal=None, status__in=NOT_BACK, lines__line__in=list(lines)
    )
    for back in rows.distinct().order_by("pk"):
        transition(back, RETURN, Return.Status.CLOSED, closed_at=clock.now())
        count(tallies, "claimed", {one.line_id: -one.quantity for one in back.lines.all()})
