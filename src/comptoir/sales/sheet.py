"""The buying sheet: what is asked for, as it could be ordered now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from comptoir.common import clock
from comptoir.sales.adapters.provider import Account
from comptoir.sales.announced import truly_announced
from comptoir.sales.pricing.announced_prices import AnnouncedPrice
from comptoir.sales.pricing.delivery import DeliveryChoice, sends_to
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms, folded_codes
from comptoir.sales.pricing.quote import Destination, Priced, Quote, SellerTerms, price
from comptoir.sales.services.address import COUNTRIES
from comptoir.sales.services.items import Item, check_one_open_shop
from comptoir.sales.services.offer_uses import customer_of
from comptoir.sales.services.purchase import check_lines, summed
from comptoir.sales.services.terms import Terms, items_and_terms
from comptoir.shops.delivery_terms import Method

ANYWHERE = Destination()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Amounts in minor units, VAT included. ``left`` is ``None`` when pieces are not counted;
    ``can_sell`` looks at all lines of the same variant together. ``full_minor``: a piece without
    the sale that runs now. ``announced``: its price under a percentage announced to all, if any and
    as it is charged; ``said``: the same with the seller's VAT, as products' pages have it."""

    variant_id: int
    product_id: int
    title: str
    options: str
    quantity: int
    unit_minor: int
    full_minor: int
    discount_minor: int
    total_minor: int
    can_sell: bool
    left: int | None
    digital: bool
    withdrawal: str
    announced: AnnouncedPrice | None = None
    said: AnnouncedPrice | None = None

    @property
    def shown_minor(self) -> int:
        """What a piece is said to cost."""
        return self.announced.price_minor if self.announced is not None else self.unit_minor


@dataclass(frozen=True, slots=True)
class Choice:
    """A delivery method with the whole price when it is chosen; ``price_minor`` is its own, before
    offers."""

    method: Method
    price_minor: int
    quote: Quote


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet shows; nothing is held by looking. ``accounts``: where the shop is paid.
    ``in_test``: the shop is being prepared, and one works there. ``offers``: the shop's for this
    buyer, without prior prices. ``country``: where it goes, '' when that is not known yet."""

    shop_id: int
    shop_name: str
    shop_handle: str
    currency: str
    lines: tuple[SheetLine, ...]
    goods: Quote
    choices: tuple[Choice, ...]
    accounts: tuple[Account, ...]
    in_test: bool = False
    offers: tuple[OfferTerms, ...] = ()
    country: str = ""

    @property
    def can_sell(self) -> bool:
        return all(line.can_sell for line in self.lines)

    def lines_of(self, quote: Quote) -> tuple[SheetLine, ...]:
        """The lines as this quote charges them: what is fetched is taxed at the shop."""
        return tuple(
            replace(
                line,
                unit_minor=charged.unit_minor,
                discount_minor=charged.discount_minor,
                total_minor=charged.total_minor,
                announced=announced,
            )
            for line, charged, announced in zip(
                self.lines, quote.lines, quote.announced, strict=True
            )
        )

    @property
    def all_digital(self) -> bool:
        """Whether nothing is sent, so that no address is asked for."""
        return all(line.digital for line in self.lines)

    def choice_of(self, delivery_method_id: int | None) -> Choice | None:
        """The chosen method's, or the first one's; ``None``: the shop has none for that address."""
        asked = (c for c in self.choices if c.method.id == delivery_method_id)
        return next(asked, self.choices[0] if self.choices else None)

    def quote_for(self, delivery_method_id: int | None) -> Quote:
        """The whole price with that method, else with the first one, else of the goods alone."""
        choice = self.choice_of(delivery_method_id)
        return choice.quote if choice is not None else self.goods


def sheet_of(
    lines: Sequence[tuple[int, int]],
    buyer_id: int | None = None,
    *,
    to: Destination = ANYWHERE,
    codes: Sequence[str] = (),
    email: str = "",
    regions: Sequence[str] | None = None,
) -> Sheet:
    """The sheet of these lines (variant id, quantity), in one query.

    ``regions``, where the country is not known: those that the buyer may be in, the likeliest
    first; it goes to the first of them that the shop sends to, else to the shop's own country.
    ``codes`` and ``email`` as typed; the latter tells a guest who used an offer before.

    Raises:
        Refused: ``no_lines``, ``too_many_lines``, ``bad_quantity``, ``no_such_product``,
            ``several_shops``, ``shop_closed``.
    """
    check_lines(lines)
    pieces, typed = summed(lines), folded_codes(codes)
    customer = customer_of(buyer_id, email)
    items, terms = items_and_terms(pieces, buyer_id, customer=customer, codes=typed)
    check_one_open_shop(pieces, items)
    terms.check_open()
    if regions is not None and not to.country:
        all_digital = all(items[v].digital for v in pieces)
        to = replace(to, country=_likely(terms.seller, regions, all_digital))
    return _sheet(lines, items, terms, to, typed)


def _sheet(
    lines: Sequence[tuple[int, int]],
    items: Mapping[int, Item],
    terms: Terms,
    to: Destination,
    typed: Sequence[str],
) -> Sheet:
    pieces = summed(lines)
    seller, asked = check_one_open_shop(pieces, items), [items[v].line(n) for v, n in lines]
    offered = truly_announced(terms.seller, asked)
    priced = price(asked, offered, to, now=clock.now(), codes=typed)
    goods = priced.quote(None)
    return Sheet(
        shop_id=seller.shop_id,
        shop_name=seller.shop_name,
        shop_handle=seller.shop_handle,
        currency=seller.currency,
        lines=_lines(items, pieces, goods, priced.goods.announced),
        goods=goods,
        choices=tuple(_choice(priced, choice) for choice in priced.choices),
        accounts=terms.accounts,
        in_test=terms.in_test,
        offers=terms.seller.offers,
        country=to.country,
    )


def _likely(seller: SellerTerms, regions: Sequence[str], all_digital: bool) -> str:
    known = (each for each in regions if each in COUNTRIES)
    there = (each for each in known if all_digital or sends_to(seller.delivery, each))
    return next(there, seller.country)


def _choice(priced: Priced, choice: DeliveryChoice) -> Choice:
    return Choice(choice.method, choice.price_minor, priced.quote(choice))


def _lines(
    items: Mapping[int, Item],
    pieces: Mapping[int, int],
    goods: Quote,
    said: Sequence[AnnouncedPrice | None],
) -> tuple[SheetLine, ...]:
    found = []
    for line, announced, with_vat in zip(goods.lines, goods.announced, said, strict=True):
        item = items[line.variant_id]
        found.append(replace(_line(item, line, pieces), announced=announced, said=with_vat))
    return tuple(found)


def _line(item: Item, line: PricedLine, pieces: Mapping[int, int]) -> SheetLine:
    return SheetLine(
        variant_id=item.variant_id,
        product_id=item.product_id,
        title=item.title,
        options=item.options,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        full_minor=item.full_minor,
        discount_minor=line.discount_minor,
        total_minor=line.total_minor,
        can_sell=item.can_sell(pieces[item.variant_id]),
        left=item.left,
        digital=item.digital,
        withdrawal=item.withdrawal,
    )
