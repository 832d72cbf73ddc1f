"""Which price may be crossed out beside a reduced one: a pure computation from what was asked.

Directive 98/6/EC, article 6a (Omnibus), and article L112-1-1 of the French consumer code:

1. The reference is the lowest price asked during the thirty days before the reduction began.
2. A reduction that grows without a break is one: its reference stays that before its first step.
   As soon as the price goes up again, another reduction begins.
3. What has been on sale for less than thirty days has the lowest price since it is; what was
   reduced from its first day has none, and nothing is crossed out.
4. What spoils quickly is exempt from the thirty days: its reference is the price asked just before.

A reference that is not above the price of now is no reduction, and is not shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LOOK_BACK = timedelta(days=30)
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """A price in minor units and its sale price, if any, as asked from ``at`` on."""

    at: datetime
    price_minor: int
    sale_price_minor: int | None = None
    sale_from: datetime | None = None
    sale_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked from ``start`` to ``end``, and whether it was a sale price."""

    start: datetime
    end: datetime
    price_minor: int
    reduced: bool


def reference_price(
    history: Sequence[PriceTerms], now: datetime, *, perishable: bool = False
) -> int | None:
    """The price to cross out at ``now``; ``None``: no sale runs, or nothing may be crossed out.

    ``history`` is in the order in which it was written, of one currency.
    """
    asked = [each for each in timeline(history) if each.start <= now]
    if not asked or not asked[-1].reduced:
        return None
    first = len(asked) - 1
    while first and asked[first - 1].reduced and _goes_on(asked[first - 1], asked[first]):
        first -= 1
    before = asked[:first]
    if perishable:
        before = before[-1:]
    begun = asked[first].start
    lowest = min((a.price_minor for a in before if a.end > begun - LOOK_BACK), default=None)
    return lowest if lowest is not None and lowest > asked[-1].price_minor else None


def reference_of_last_sale(
    history: Sequence[PriceTerms], *, perishable: bool = False
) -> int | None:
    """The reference of the sale in the last terms, at any time while it runs; ``None``: none.

    While nothing is written, a sale has one reference from its beginning to its end: what is kept
    beside the price is this.
    """
    if not history or history[-1].sale_price_minor is None:
        return None
    last = history[-1]
    begins = last.at if last.sale_from is None else max(last.at, last.sale_from)
    if last.sale_until is not None and last.sale_until <= begins:
        return None
    return reference_price(history, begins, perishable=perishable)


def timeline(history: Sequence[PriceTerms]) -> Iterator[Asked]:
    """What was asked, piece by piece in order of time, without pieces of no length."""
    ends = [terms.at for terms in history[1:]] + [FOREVER]
    for terms, end in zip(history, ends, strict=True):
        yield from (each for each in _pieces(terms, end) if each.start < each.end)


def _goes_on(earlier: Asked, later: Asked) -> bool:
    """Whether a reduction is the same one that grew: without a break, and never dearer."""
    return earlier.end == later.start and later.price_minor <= earlier.price_minor


def _pieces(terms: PriceTerms, end: datetime) -> Iterator[Asked]:
    if terms.sale_price_minor is None:
        yield Asked(terms.at, end, terms.price_minor, reduced=False)
        return
    begins = min(max(terms.at, terms.sale_from or terms.at), end)
    stops = max(begins, min(end, terms.sale_until or end))
    yield Asked(terms.at, begins, terms.price_minor, reduced=False)
    yield Asked(begins, stops, terms.sale_price_minor, reduced=True)
    yield Asked(stops, end, terms.price_minor, reduced=False)
