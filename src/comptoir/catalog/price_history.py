"""Which price may be crossed out beside a reduced one: a pure computation from what was asked.

Directive 98/6/EC, article 6a (Omnibus), and article L112-1-1 of the French consumer code:

1. The reference is the lowest price asked of everyone during the thirty days before the reduction
   began: a sale price, and what an offer to everyone made of a price, count as prices.
2. A reduction that grows without a break is one: its reference stays that before its first step.
   As soon as the price goes up again, another reduction begins.
3. What has been on sale for less than thirty days has the lowest price since it is; what was
   reduced from its first day has none, and nothing is crossed out.
4. What spoils quickly is exempt from the thirty days: its reference is the price asked just before.
5. A percentage that is announced comes off the reference, or off the price of now when that is
   lower: it is of the reference that it must be true (Court of Justice, C-330/23, Aldi Süd).

A reference that is not above the price of now is no reduction, and is not shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from comptoir.common.money import share_of

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
class Announced:
    """A percentage announced off a price, in basis points, as said from ``at`` on; 0: none.

    ``offer`` names whose words these are. ``for_everyone`` is False for what is told to all, and
    given to some: it makes no price that everyone was asked. It is given from ``minimum_minor`` on.
    """

    offer: int
    at: datetime
    share_bp: int
    for_everyone: bool = True
    minimum_minor: int = 0
    starts: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of everyone from ``start`` to ``end``, and whether that was reduced.

    ``reference_minor``: of the reduction, by the rules 1 to 4; ``None`` when there is none.
    """

    start: datetime
    end: datetime
    price_minor: int
    reduced: bool
    reference_minor: int | None = None

    @property
    def crossed_out_minor(self) -> int | None:
        """What may be crossed out beside it; ``None``: nothing."""
        lowest = self.reference_minor
        return lowest if lowest is not None and lowest > self.price_minor else None


def off_reference(price_minor: int, reference_minor: int | None, share_bp: int) -> int:
    """What an announced percentage makes of a price (rule 5), rounded half up on what it takes."""
    counted = price_minor if reference_minor is None else min(price_minor, reference_minor)
    return counted - share_of(counted, share_bp) if share_bp else price_minor


def reference_price(
    history: Sequence[PriceTerms],
    now: datetime,
    announced: Sequence[Announced] = (),
    *,
    perishable: bool = False,
) -> int | None:
    """The price to cross out at ``now``; ``None``: no sale runs, or nothing may be crossed out.

    ``history`` and ``announced`` are in the order in which they were written, of one currency.
    """
    asked = asked_now(history, now, announced, perishable=perishable)
    return asked.crossed_out_minor if asked is not None else None


def asked_now(
    history: Sequence[PriceTerms],
    now: datetime,
    announced: Sequence[Announced] = (),
    *,
    perishable: bool = False,
) -> Asked | None:
    """What is asked of everyone at ``now``; ``None``: nothing was yet. See ``reference_price``."""
    asked = [each for each in asked_of_all(history, announced, perishable) if each.start <= now]
    return asked[-1] if asked else None


def reference_of_last_sale(
    history: Sequence[PriceTerms],
    announced: Sequence[Announced] = (),
    *,
    perishable: bool = False,
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
    found = reference_price(history, begins, announced, perishable=perishable)
    return found if found is not None and found > history[-1].sale_price_minor else None


def prior_prices(
    history: Sequence[PriceTerms],
    announced: Sequence[Announced],
    now: datetime,
    *,
    perishable: bool = False,
) -> dict[int, int]:
    """By offer that is announced at ``now``, the price of which its percentage must be true.

    While a reduction for everyone runs, that is its reference; else the lowest price of the thirty
    days before the offer began. An offer is missing when there is none: nothing may be announced.
    """
    asked = [each for each in asked_of_all(history, announced, perishable) if each.start <= now]
    found: dict[int, int] = {}
    for spell in _spells(announced):
        if not asked or not spell.start <= now < spell.end:
            continue
        before = [each for each in asked if each.start < spell.begun]
        running = asked[-1].reduced
        prior = asked[-1].reference_minor if running else _lowest(before, spell.begun, perishable)
        if prior is not None:
            found[spell.offer] = prior
    return found


def asked_of_all(
    history: Sequence[PriceTerms], announced: Sequence[Announced] = (), perishable: bool = False
) -> list[Asked]:
    """What was asked of everyone, offers to everyone included, each with its reference."""
    spells = [spell for spell in _spells(announced) if spell.for_everyone]
    cuts = sorted({moment for spell in spells for moment in (spell.start, spell.end)})
    done: list[Asked] = []
    for whole in timeline(history):
        inside = [moment for moment in cuts if whole.start < moment < whole.end]
        for start, end in pairwise([whole.start, *inside, whole.end]):
            piece = replace(whole, start=start, end=end)
            shares = (s.share_bp for s in spells if s.covers(piece))
            done.append(_reduced(done, piece, max(shares, default=0), perishable))
    return done


def _reduced(done: list[Asked], piece: Asked, share_bp: int, perishable: bool) -> Asked:
    """The piece with its reference, and at what it cost under an announced percentage."""
    if not piece.reduced and not share_bp:
        return piece
    last = done[-1] if done else None
    if last is not None and last.reduced and last.end == piece.start:
        price = off_reference(piece.price_minor, last.reference_minor, share_bp)
        if price <= last.price_minor:
            reference = last.reference_minor
            return replace(piece, price_minor=price, reduced=True, reference_minor=reference)
    reference = _lowest(done, piece.start, perishable)
    price = off_reference(piece.price_minor, reference, share_bp)
    return replace(piece, price_minor=price, reduced=True, reference_minor=reference)


def _lowest(before: Sequence[Asked], begun: datetime, perishable: bool) -> int | None:
    counted = before[-1:] if perishable else before
    prices = (each.price_minor for each in counted if each.end > begun - LOOK_BACK)
    return min(prices, default=None)


@dataclass(frozen=True, slots=True)
class _Spell:
    """A percentage that holds from ``start`` to ``end``; ``begun``: since when it, or less."""

    offer: int
    start: datetime
    end: datetime
    begun: datetime
    share_bp: int
    for_everyone: bool
    minimum_minor: int

    def covers(self, piece: Asked) -> bool:
        in_time = self.start <= piece.start < self.end
        return in_time and piece.price_minor >= self.minimum_minor


def _spells(announced: Sequence[Announced]) -> list[_Spell]:
    last: dict[int, _Spell] = {}
    found = []
    for place, said in enumerate(announced):
        later = (each.at for each in announced[place + 1 :] if each.offer == said.offer)
        end = min(next(later, FOREVER), said.ends or FOREVER)
        start = max(said.at, said.starts or said.at)
        if not said.share_bp or start >= end:
            continue
        earlier = last.get(said.offer)
        grew = earlier is not None and earlier.end == start and earlier.share_bp <= said.share_bp
        begun = earlier.begun if earlier is not None and grew else start
        spell = _Spell(
            said.offer, start, end, begun, said.share_bp, said.for_everyone, said.minimum_minor
        )
        last[said.offer] = spell
        found.append(spell)
    return found


def timeline(history: Sequence[PriceTerms]) -> Iterator[Asked]:
    """What was asked, piece by piece in order of time, without pieces of no length."""
    ends = [terms.at for terms in history[1:]] + [FOREVER]
    for terms, end in zip(history, ends, strict=True):
        yield from (each for each in _pieces(terms, end) if each.start < each.end)


def _pieces(terms: PriceTerms, end: datetime) -> Iterator[Asked]:
    if terms.sale_price_minor is None:
        yield Asked(terms.at, end, terms.price_minor, reduced=False)
        return
    begins = min(max(terms.at, terms.sale_from or terms.at), end)
    stops = max(begins, min(end, terms.sale_until or end))
    yield Asked(terms.at, begins, terms.price_minor, reduced=False)
    yield Asked(begins, stops, terms.sale_price_minor, reduced=True)
    yield Asked(stops, end, terms.price_minor, reduced=False)
