"""What became of an order's pieces and money, counted per line, under the order's lock.

Services look at the counts before they change them, to refuse in words; whatever they overlook,
the constraints of ``LineTally`` refuse.
"""

from collections.abc import Iterable, Mapping

from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptoir.common.errors import Refused
from comptoir.sales.models import LineTally, Order

COUNTED = frozenset(
    {"sent", "called_off", "claimed", "received", "restocked", "refunded", "refunded_minor"}
)


def lock_order(order_id: int) -> Order:
    """The order with its shop's profile; its row stays locked until the commit."""
    rows = Order.objects.select_related("shop__profile")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=order_id)


def tallies_of(order_id: int) -> dict[int, LineTally]:
    """The counts of every line, by line, in the order's order; the caller holds the order's lock.

    Those that were never written are written now, with nothing done yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [order_id])
    rows = LineTally.objects.select_related("line").filter(line__order=order_id)
    return {row.pk: row for row in rows.order_by("line__position")}


def tallies_seen(order_id: int) -> dict[int, LineTally]:
    """The same for a page: nothing is written, a line without a row has done nothing yet."""
    rows = LineTally.objects.raw(SEEN, [order_id])
    return {row.pk: row for row in rows}


def count(tallies: Mapping[int, LineTally], field: str, by_line: Mapping[int, int]) -> None:
    """Adds to one of the counts of each line, in one statement, and in ``tallies`` too.

    Raises:
        IntegrityError: beyond what was bought (``tally_…``).
    """
    if field not in COUNTED:
        raise ValueError(f"{field} is not counted")
    added = {line: n for line, n in by_line.items() if n}
    if not added:
        return
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(field=field), [list(added), list(added.values())])
    for line, n in added.items():
        setattr(tallies[line], field, getattr(tallies[line], field) + n)


def to_send(tally: LineTally) -> int:
    """Pieces that still have to leave."""
    return 0 if tally.line.digital else tally.ordered - tally.sent - tally.called_off


def can_claim(tally: LineTally) -> int:
    """Pieces that the buyer may still withdraw from, sent or not."""
    return tally.ordered - tally.claimed


def can_return(tally: LineTally) -> int:
    """Pieces that are with the buyer, as far as is known, and in no return."""
    return tally.sent + tally.called_off - tally.claimed


def nothing_stays(tallies: Iterable[LineTally]) -> bool:
    """Whether the buyer gives all of it back, or gave it up."""
    return all(tally.claimed == tally.ordered for tally in tallies)


def price_of(tally: LineTally, pieces: int, *, before: int | None = None) -> int:
    """What that many pieces of the line were paid, in minor units, after ``before`` others (those
    refunded already, unless it is said).

    All pieces of a line together give back the line's total to the unit: each refund takes the
    difference of two rounded-down shares. Never more than what is left of the line's money.
    """
    first = tally.refunded if before is None else before
    last = first + pieces
    share = tally.total_minor * last // tally.ordered - tally.total_minor * first // tally.ordered
    return min(share, tally.total_minor - tally.refunded_minor)


def known(tallies: Mapping[int, LineTally], line_id: int) -> LineTally:
    """
    Raises:
        Refused: ``no_such_line``.
    """
    if line_id not in tallies:
        raise Refused("no_such_line", _("This order has no such line."))
    return tallies[line_id]


def check_bought(tally: LineTally, pieces: int) -> None:
    """Says how many there ever were, to whoever asks about more.

    Raises:
        Refused: ``more_than_bought``, with the ``line_id``.
    """
    if pieces > tally.ordered:
        words = ngettext("Only %(num)s was bought.", "Only %(num)s were bought.", tally.ordered)
        message = words % {"num": tally.ordered}
        raise Refused("more_than_bought", message, line_id=tally.pk)


BEGIN = """
INSERT INTO sales_linetally (line_id, ordered, total_minor)
SELECT id, quantity, total_minor FROM sales_orderline WHERE order_id = %s
ON CONFLICT (line_id) DO NOTHING
"""

SEEN = """
SELECT l.id AS line_id, l.quantity AS ordered, l.total_minor,
  coalesce(t.sent, 0) AS sent, coalesce(t.called_off, 0) AS called_off,
  coalesce(t.claimed, 0) AS claimed, coalesce(t.received, 0) AS received,
  coalesce(t.restocked, 0) AS restocked, coalesce(t.refunded, 0) AS refunded,
  coalesce(t.refunded_minor, 0) AS refunded_minor
FROM sales_orderline l LEFT JOIN sales_linetally t ON t.line_id = l.id
WHERE l.order_id = %s ORDER BY l.position
"""

ADD = """
UPDATE sales_linetally t SET {field} = t.{field} + w.n
FROM unnest(%s::bigint[], %s::bigint[]) AS w (line_id, n) WHERE t.line_id = w.line_id
"""
