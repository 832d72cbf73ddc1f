"""The buying sheet: what is asked for, as it could be ordered now."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.sales.adapters.provider import Account
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.services.items import Item, check_one_open_shop, items_of
from comptoir.sales.services.purchase import check_lines, summed
from comptoir.sales.services.quote import Quote, quote
from comptoir.sales.services.terms import terms_of
from comptoir.shops.models import DeliveryMethod


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Amounts in minor units, VAT included. ``left`` is ``None`` when pieces are not counted;
    ``can_sell`` looks at all lines of the same variant together."""

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
    withdrawal: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A delivery method with the whole price when it is chosen."""

    method: DeliveryMethod
    quote: Quote


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet shows; nothing is held by looking. ``accounts``: where the shop is paid.
    ``in_test``: the shop is being prepared, and one works there."""

    shop_id: int
    shop_name: str
    shop_handle: str
    currency: str
    lines: tuple[SheetLine, ...]
    goods: Quote
    choices: tuple[Choice, ...]
    accounts: tuple[Account, ...]
    in_test: bool = False

    @property
    def can_sell(self) -> bool:
        return all(line.can_sell for line in self.lines)

    def choice_of(self, delivery_method_id: int | None) -> Choice | None:
        """The chosen method's, or the first one's; ``None``: the shop has none."""
        asked = (c for c in self.choices if c.method.pk == delivery_method_id)
        return next(asked, self.choices[0] if self.choices else None)

    def quote_for(self, delivery_method_id: int | None) -> Quote:
        """The whole price with that method, else with the first one, else of the goods alone."""
        choice = self.choice_of(delivery_method_id)
        return choice.quote if choice is not None else self.goods


def sheet_of(lines: Sequence[tuple[int, int]], buyer_id: int | None = None) -> Sheet:
    """The sheet of these lines (variant id, quantity), in two queries.

    Raises:
        Refused: ``no_lines``, ``too_many_lines``, ``bad_quantity``, ``no_such_product``,
            ``several_shops``, ``shop_closed``.
    """
    check_lines(lines)
    pieces = summed(lines)
    items = items_of(pieces)
    seller = check_one_open_shop(pieces, items)
    terms = terms_of(seller.shop_id, buyer_id)
    terms.check_open()
    goods = [items[v].line(n) for v, n in lines]
    return Sheet(
        shop_id=seller.shop_id,
        shop_name=seller.shop_name,
        shop_handle=seller.shop_handle,
        currency=seller.currency,
        lines=tuple(_line(items[line.variant_id], line, pieces) for line in goods),
        goods=quote(goods, None),
        choices=tuple(Choice(m, quote(goods, m)) for m in terms.methods),
        accounts=terms.accounts,
        in_test=terms.in_test,
    )


def _line(item: Item, line: PricedLine, pieces: dict[int, int]) -> SheetLine:
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
        withdrawal=item.withdrawal,
    )
