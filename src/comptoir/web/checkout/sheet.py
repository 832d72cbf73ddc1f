"""What the sheet shows beside its fields: lines, ways of delivery and of payment, totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from comptoir.catalog.picks import Pick, covers_of, picks_of
from comptoir.catalog.queries import VariantView
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.media.queries import PictureView
from comptoir.people.actor import Actor
from comptoir.sales.announced import announced_alone, with_priors
from comptoir.sales.baskets import BasketLineView, BasketPart, ShopBasket
from comptoir.sales.models.order import is_excluded
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.quote import Destination, Quote
from comptoir.sales.sheet import Choice, SheetLine, sheet_of
from comptoir.sales.sheet import Sheet as Offer
from comptoir.shops.arrival import arrival_of, arrival_words
from comptoir.shops.delivery_terms import Method
from comptoir.web.checkout.forms import lines_text
from comptoir.web.checkout.keys import fresh_key, sealed_key
from comptoir.web.checkout.paying import Way, ways_to_pay
from comptoir.web.checkout.source import Wanted
from comptoir.web.formats import language
from comptoir.web.offer_words import code_refused

MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed or chosen in the sheet and changes what it shows; ``regions``: as in
    ``sales.sheet.sheet_of``."""

    to: Destination = field(default_factory=Destination)
    delivery_id: int | None = None
    pay: str = ""
    codes: Sequence[str] = ()
    email: str = ""
    regions: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """A way of delivery at its price for this purchase; ``arrives`` is "Mar 3 – 5"."""

    method: Method
    price_minor: int
    arrives: str
    chosen: bool

    @property
    def pickup(self) -> bool:
        return self.method.kind == "pickup"

    @property
    def addressed(self) -> bool:
        """Whether it needs a postal address."""
        return self.method.kind == "post"


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its picture; ``seen_minor`` is the price of a piece when it was put into the
    basket, if that was another one than ``now_minor``; both as the basket says them."""

    line: SheetLine
    cover: PictureView | None
    alt: str
    seen_minor: int | None = None
    now_minor: int = 0

    @property
    def address(self) -> str:
        return f"/products/{self.line.product_id}?variant={self.line.variant_id}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A purchase being prepared. ``quote`` is of the chosen delivery. ``pick`` and ``variant`` are
    those of a sheet of one thing, ``variant_prices`` what a piece of each one that can be chosen is
    said to cost; ``part`` is what of the basket is ordered, and ``left_out`` stays in there, as it
    cannot be bought now."""

    offer: Offer
    quote: Quote
    deliveries: tuple[DeliveryChoice, ...]
    ways: tuple[Way, ...]
    shown: tuple[Shown, ...]
    pick: Pick | None = None
    variant: VariantView | None = None
    left_out: tuple[BasketLineView, ...] = ()
    part: BasketPart | None = None
    variant_prices: Mapping[int, int] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        return self.offer.currency

    @property
    def line(self) -> SheetLine:
        return self.offer.lines[0]

    @property
    def next_key(self) -> str:
        """The checkout key of the next order, as the form sends it: the basket's or a new one."""
        return sealed_key(self.part.checkout_key) if self.part is not None else fresh_key()

    @property
    def lines_text(self) -> str:
        """The lines as the form sends them back; '' for a sheet of one thing."""
        if self.pick is not None:
            return ""
        return lines_text((line.variant_id, line.quantity) for line in self.offer.lines)

    @property
    def most(self) -> int:
        """How many the quantity field lets one choose."""
        left = self.line.left
        return max(1, MOST_SHOWN if left is None else min(left, MOST_SHOWN))

    @property
    def paid_when_fetched(self) -> bool:
        """Whether this shop can be paid for what is fetched, as far as that can be chosen here."""
        fetched = any(choice.pickup for choice in self.deliveries)
        return fetched and bool(ways_to_pay(self.offer.accounts, self.currency, "pickup", ""))

    @property
    def can_be_bought(self) -> bool:
        return self.pick.in_stock if self.pick is not None else True

    @property
    def asks_consent(self) -> bool:
        """Whether something is given at once, which ends the right of withdrawal by consent."""
        return any(line.withdrawal == "digital" for line in self.offer.lines)

    @property
    def codes_refused(self) -> tuple[str, ...]:
        """Why codes that were typed take nothing off."""
        return tuple(code_refused(each, self.currency) for each in self.quote.refused)

    @property
    def may_be_given_back(self) -> bool:
        """Whether one may withdraw from any of it: sealed goods too, until they are opened."""
        return any(not is_excluded(line.withdrawal) for line in self.offer.lines)

    @property
    def exceptions(self) -> tuple[tuple[str, str], ...]:
        """(Title, why) of the lines that one cannot withdraw from."""
        return tuple((x.title, x.withdrawal) for x in self.offer.lines if x.withdrawal)


def sheet_for(actor: Actor, wanted: Wanted, typed: Typed) -> Sheet:
    """The sheet, in three queries at most, besides what ``wanted`` took.

    Raises:
        NotVisible: a thing alone that is not on sale, or not for this buyer.
        Refused: see ``sales.sheet.sheet_of``.
    """
    offer = _offered(actor, wanted, typed)
    chosen = _chosen(offer, typed.delivery_id)
    if chosen is not None:
        offer = replace(offer, lines=offer.lines_of(chosen.quote))
    today = timezone.localdate(clock.now())
    kind = chosen.method.kind if chosen is not None else "post"
    quote = chosen.quote if chosen is not None else offer.goods
    pick = None if wanted.many else _pick_of(offer, wanted)
    basket = wanted.part.shop if wanted.part is not None else None
    return Sheet(
        offer=offer,
        quote=quote,
        deliveries=tuple(
            DeliveryChoice(c.method, c.quote.delivery_minor, _arrives(c.method, today), c == chosen)
            for c in offer.choices
        ),
        ways=ways_to_pay(offer.accounts, offer.currency, kind, typed.pay),
        shown=_with_pictures(offer.lines, basket, pick),
        pick=pick,
        variant=pick.variant(offer.lines[0].variant_id) if pick is not None else None,
        left_out=_left_out(offer, basket),
        part=wanted.part,
        variant_prices=_variant_prices(offer, pick) if pick is not None else {},
    )


def _chosen(offer: Offer, asked: int | None) -> Choice | None:
    """The way of delivery asked for; else the first of those that can be paid, else the first."""
    if any(choice.method.id == asked for choice in offer.choices):
        return offer.choice_of(asked)
    payable = (choice for choice in offer.choices if _is_payable(offer, choice))
    return next(payable, offer.choice_of(None))


def _is_payable(offer: Offer, choice: Choice) -> bool:
    if not choice.quote.total_minor:
        return True
    return bool(ways_to_pay(offer.accounts, offer.currency, choice.method.kind, ""))


def _offered(actor: Actor, wanted: Wanted, typed: Typed) -> Offer:
    try:
        return sheet_of(
            wanted.lines,
            actor.profile_id,
            to=typed.to,
            codes=typed.codes,
            email=typed.email,
            regions=typed.regions,
        )
    except Refused as refusal:
        if refusal.code == "no_such_product" and not wanted.many:
            raise NotVisible from refusal
        raise


def _variant_prices(offer: Offer, pick: Pick) -> dict[int, int]:
    """A query if there are several and a percentage is announced."""
    line, said = offer.lines[0], {each.id: each.price_minor for each in pick.variants}
    if len(said) > 1:
        offers = with_priors(offer.offers, list(said))
        asked = [PricedLine(v, line.quantity, unit, 0, line.product_id) for v, unit in said.items()]
        announced = announced_alone(asked, offers, clock.now())
        said |= {variant: price.price_minor for variant, price in announced.items()}
    return said


def sheet_of_the_rest(actor: Actor, wanted: Wanted, typed: Typed) -> Sheet:
    """The sheet; of several things, those that are no more to be had are left out.

    Raises: see ``sheet_for``.
    """
    sheet = sheet_for(actor, wanted, typed)
    there = within_stock(sheet.offer.lines)
    if not wanted.many or not there or there == wanted.lines:
        return sheet
    return sheet_for(actor, replace(wanted, lines=there), typed)


def within_stock(lines: Sequence[SheetLine]) -> tuple[tuple[int, int], ...]:
    """(Variant id, quantity) of what can still be had of these lines."""
    pairs = ((line.variant_id, _there(line)) for line in lines)
    return tuple((variant, pieces) for variant, pieces in pairs if pieces)


def _there(line: SheetLine) -> int:
    if line.left is None:
        return line.quantity if line.can_sell else 0
    return min(line.quantity, line.left)


def _pick_of(offer: Offer, wanted: Wanted) -> Pick:
    """Raises: NotVisible: its shop is suspended."""
    product_id = offer.lines[0].product_id
    pick = wanted.pick or picks_of([product_id]).get(product_id)
    if pick is None:
        raise NotVisible
    return pick


def _with_pictures(
    lines: Sequence[SheetLine], basket: ShopBasket | None, pick: Pick | None
) -> tuple[Shown, ...]:
    if pick is not None:
        return tuple(Shown(line, pick.cover, pick.alt) for line in lines)
    known = {line.variant_id: line for line in basket.lines} if basket is not None else {}
    others = {line.product_id for line in lines if line.variant_id not in known}
    covers = covers_of(others) if others else {}
    return tuple(_shown(line, known.get(line.variant_id), covers) for line in lines)


def _shown(
    line: SheetLine,
    known: BasketLineView | None,
    covers: Mapping[int, tuple[PictureView | None, str]],
) -> Shown:
    if known is None:
        return Shown(line, *covers.get(line.product_id, (None, "")))
    seen = known.seen_minor if known.tells_change(line.said) else None
    now = line.said.price_minor if line.said is not None else known.unit_minor
    return Shown(line, known.cover, known.alt, seen, now)


def _left_out(offer: Offer, basket: ShopBasket | None) -> tuple[BasketLineView, ...]:
    """Basket lines of which the sheet has fewer pieces than wanted, or none."""
    if basket is None:
        return ()
    taken = {line.variant_id: line.quantity for line in offer.lines}
    return tuple(x for x in basket.lines if taken.get(x.variant_id, 0) < x.quantity)


def _arrives(method: Method, today: date) -> str:
    return arrival_words(*arrival_of(method, today), language())
