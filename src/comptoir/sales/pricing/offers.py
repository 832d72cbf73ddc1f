"""What offers take off a purchase: a pure computation, the same for card, basket and order.

The written rule:

1. An offer counts when it is open, the buyer is of its audience, uses are left, and the goods in
   its scope cost at least its minimum, before any reduction.
2. Goods. Each line takes one offer at most, the one that gives the buyer most: ``percent`` is
   rounded half up on one piece, so that the price shown for a piece times the quantity is what is
   paid; one that is announced comes off the lowest price of the thirty days before, when that is
   lower (``catalog.price_history``, rule 5). ``buy_x_get_y`` counts the pieces of all lines in its
   scope together; for every X + Y of them the Y cheapest are given. What that takes off is divided
   over the X + Y that make it, the cheapest of its scope, in proportion to their prices by largest
   remainder, so that each line is charged, taxed and given back at what was paid for it. It takes
   its lines when it is more than their percentages, the one with the greatest gain first.
3. Order. Of the offers of an ``amount``, the one that takes most off what remains, divided over
   the lines in its scope by largest remainder; no line goes below 0.
4. Delivery. It is free when an offer says so.

Between equals, one without a code comes first, then one without limits, then the oldest: a
buyer's code is not used up for nothing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from comptoir.common.money import share_of
from comptoir.sales.pricing.announced_prices import (
    AnnouncedPrice,
    announced_off,
    announced_price,
)
from comptoir.sales.pricing.division import divided
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms, Reason, folded_codes


@dataclass(frozen=True, slots=True)
class Given:
    """What one offer gives: minor units off the goods (0 for free delivery, see ``Applied``)."""

    offer_id: int
    name: str
    code: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """A code that takes nothing off; ``missing_minor`` is what lacks to its minimum."""

    code: str
    reason: Reason
    missing_minor: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """The lines with their discounts, and where these come from.

    ``given`` are the offers of goods; ``delivery`` the one that makes delivery free, or ``None``.
    ``announced`` and ``beside`` are how it is shown: the announced price of a piece of each line,
    and what offers take off the goods at these prices.
    """

    lines: tuple[PricedLine, ...]
    given: tuple[Given, ...]
    delivery: Given | None
    refused: tuple[CodeRefused, ...]
    announced: tuple[AnnouncedPrice | None, ...]
    beside: tuple[Given, ...]

    @property
    def free_delivery(self) -> bool:
        return self.delivery is not None

    @property
    def discount_minor(self) -> int:
        """All that was taken off the goods."""
        return sum(line.discount_minor for line in self.lines)

    @property
    def announced_off_minor(self) -> int:
        """What the goods cost less at their announced prices; part of ``discount_minor``."""
        return sum(map(announced_off, self.lines, self.announced))

    @property
    def announced_by_variant(self) -> dict[int, AnnouncedPrice]:
        """Without those that have none."""
        pairs = zip(self.lines, self.announced, strict=True)
        return {line.variant_id: price for line, price in pairs if price is not None}

    def uses(self, delivery_given_minor: int) -> tuple[tuple[int, int], ...]:
        """(offer id, amount) to write with the order, by offer.

        ``delivery_given_minor`` is what delivery would have cost: when it would have been free
        anyway, the offer of free delivery is not used.
        """
        uses = [(each.offer_id, each.amount_minor) for each in self.given]
        if self.delivery is not None and delivery_given_minor:
            uses.append((self.delivery.offer_id, delivery_given_minor))
        return tuple(sorted(uses))


def apply(
    lines: Sequence[PricedLine],
    offers: Sequence[OfferTerms],
    *,
    now: datetime,
    codes: Sequence[str] = (),
) -> Applied:
    """The lines (without discounts yet) at what they cost under these offers; see the rule above.

    ``offers`` with a code count only when the code, in any spelling, is among ``codes``.
    """
    typed = folded_codes(codes)
    asked = [offer for offer in offers if not offer.code or offer.code in typed]
    holding = sorted(
        (offer for offer in asked if offer.refusal(lines, now) is None), key=_preference
    )
    taken = _Taken(lines)
    percents = [o for o in holding if o.kind == "percent"]
    _give_percents(taken, percents)
    _give_pieces(taken, [o for o in holding if o.kind == "buy_x_get_y"])
    _give_amount(taken, [o for o in holding if o.kind == "amount"])
    delivery = next((_given(o, 0) for o in holding if o.kind == "free_delivery"), None)
    given = tuple(_given(o, amount) for o in holding if (amount := taken.by_offer(o.id)))
    useful = {each.code for each in given} | ({delivery.code} if delivery else set())
    refused = [_refused(code, asked, lines, now) for code in typed if code not in useful]
    announced = tuple(announced_price(line, percents) for line in taken.priced)
    beside = _beside(given, taken.within(announced))
    return Applied(taken.lines(), given, delivery, tuple(refused), announced, beside)


def piece_under(
    piece: PricedLine, offers: Sequence[OfferTerms], now: datetime
) -> tuple[int, OfferTerms | None]:
    """What one piece costs when bought alone, and the offer that lowers it.

    Only offers that apply by themselves count, as on a product's page.
    """
    percents = [offer for offer in offers if offer.kind == "percent"]
    applied = apply([piece._replace(quantity=1)], percents, now=now)
    used = {given.offer_id for given in applied.given}
    lowers = next((offer for offer in percents if offer.id in used), None)
    return applied.lines[0].total_minor, lowers


def _preference(offer: OfferTerms) -> tuple[bool, bool, int]:
    limited = offer.left is not None or offer.left_for_buyer is not None
    return bool(offer.code), limited, offer.id


def _given(offer: OfferTerms, amount_minor: int) -> Given:
    return Given(offer.id, offer.name, offer.code, amount_minor)


def _beside(given: Sequence[Given], within: Mapping[int, int]) -> tuple[Given, ...]:
    """What each offer takes off, without what the announced prices say already."""
    rest = (replace(g, amount_minor=g.amount_minor - within.get(g.offer_id, 0)) for g in given)
    return tuple(each for each in rest if each.amount_minor)


def _refused(
    code: str, asked: Sequence[OfferTerms], lines: Sequence[PricedLine], now: datetime
) -> CodeRefused:
    offer = next((offer for offer in asked if offer.code == code), None)
    if offer is None:
        return CodeRefused(code, Reason.UNKNOWN)
    reason = offer.refusal(lines, now) or Reason.NOT_BETTER
    missing = offer.minimum_minor - offer.base_minor(lines) if reason is Reason.MINIMUM else 0
    return CodeRefused(code, reason, missing)


class _Taken:
    """What each line has lost so far, and to which offers; lines are named by their place."""

    def __init__(self, lines: Sequence[PricedLine]) -> None:
        self.priced = tuple(line._replace(discount_minor=0) for line in lines)
        self.off: list[dict[int, int]] = [{} for _line in lines]

    def take(self, place: int, offer_id: int, amount_minor: int) -> None:
        self.off[place][offer_id] = self.off[place].get(offer_id, 0) + amount_minor

    def replace_by(self, places: Sequence[int], offer_id: int, amounts: Sequence[int]) -> None:
        """These lines lose what they had, for that offer alone."""
        for place, amount in zip(places, amounts, strict=True):
            self.off[place] = {offer_id: amount}

    def of_line(self, place: int) -> int:
        return sum(self.off[place].values())

    def by_offer(self, offer_id: int) -> int:
        return sum(each.get(offer_id, 0) for each in self.off)

    def within(self, announced: Sequence[AnnouncedPrice | None]) -> Counter[int]:
        """By offer, what the announced prices say of its amount: that of the one which took the
        line for its goods, always the first of the line."""
        found: Counter[int] = Counter()
        for line, off, price in zip(self.priced, self.off, announced, strict=True):
            if amount := announced_off(line, price):
                found[next(iter(off))] += amount
        return found

    def remains(self, place: int) -> int:
        return self.priced[place].total_minor - self.of_line(place)

    def covered(self, offer: OfferTerms) -> list[int]:
        return [place for place, line in enumerate(self.priced) if offer.covers(line)]

    def lines(self) -> tuple[PricedLine, ...]:
        return tuple(
            line._replace(discount_minor=self.of_line(place))
            for place, line in enumerate(self.priced)
        )


def _give_percents(taken: _Taken, offers: Sequence[OfferTerms]) -> None:
    for place, line in enumerate(taken.priced):
        gains = [(offer.off_piece(line), offer) for offer in offers if offer.covers(line)]
        amount, best = max(gains, key=lambda gain: gain[0], default=(0, None))
        if best is not None and amount:
            taken.take(place, best.id, amount * line.quantity)


def _give_pieces(taken: _Taken, offers: Sequence[OfferTerms]) -> None:
    free = set(range(len(taken.priced)))
    waiting = list(offers)
    while waiting:
        gains = [_pieces_gain(taken, offer, free) for offer in waiting]
        best = max(range(len(waiting)), key=gains.__getitem__)
        if gains[best] <= 0:
            return
        offer = waiting.pop(best)
        places = [place for place in taken.covered(offer) if place in free]
        taken.replace_by(places, offer.id, _pieces_off(taken, offer, places))
        free.difference_update(places)


def _pieces_gain(taken: _Taken, offer: OfferTerms, free: set[int]) -> int:
    places = [place for place in taken.covered(offer) if place in free]
    had = sum(taken.of_line(place) for place in places)
    return sum(_pieces_off(taken, offer, places)) - had


def _pieces_off(taken: _Taken, offer: OfferTerms, places: Sequence[int]) -> list[int]:
    """What these lines lose, in the order of ``places``."""
    times = sum(taken.priced[place].quantity for place in places) // offer.pieces
    given = _cheapest(taken, places, times * offer.get_quantity)
    making = _cheapest(taken, places, times * offer.pieces)
    prices = {place: taken.priced[place].unit_minor for place in places}
    amount = sum(share_of(prices[place], offer.value) * n for place, n in given.items())
    parts = divided(amount, {place: prices[place] * n for place, n in making.items()})
    return [parts.get(place, 0) for place in places]


def _cheapest(taken: _Taken, places: Sequence[int], pieces: int) -> dict[int, int]:
    """By line, how many of its pieces are among so many of the cheapest; the first line of equals
    first."""
    found: dict[int, int] = {}
    for place in sorted(places, key=lambda place: taken.priced[place].unit_minor):
        found[place] = min(pieces, taken.priced[place].quantity)
        pieces -= found[place]
    return found


def _give_amount(taken: _Taken, offers: Sequence[OfferTerms]) -> None:
    best, amount = None, 0
    for offer in offers:
        most = min(offer.value, sum(taken.remains(place) for place in taken.covered(offer)))
        if most > amount:
            best, amount = offer, most
    if best is None:
        return
    parts = divided(amount, {place: taken.remains(place) for place in taken.covered(best)})
    for place, part in parts.items():
        if part:
            taken.take(place, best.id, part)
