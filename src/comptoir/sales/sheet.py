"""The buying sheet: what is asked for, as it could be ordered now."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.catalog.models import StockItem
from comptoir.common import clock
from comptoir.sales.services.offer import check_one_open_shop, priced
from comptoir.sales.services.purchase import check_lines, summed
from comptoir.sales.services.quote import Quote, quote
from comptoir.sales.services.stock import items_of
from comptoir.shops.models import DeliveryMethod, Shop
from comptoir.shops.queries import delivery_methods_of


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
    total_minor: int
    can_sell: bool
    left: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A delivery method with the whole price when it is chosen."""

    method: DeliveryMethod
    quote: Quote


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet shows; nothing is held by looking. ``shop`` comes with its profile."""

    shop: Shop
    currency: str
    lines: tuple[SheetLine, ...]
    goods: Quote
    choices: tuple[Choice, ...]

    @property
    def can_sell(self) -> bool:
        return all(line.can_sell for line in self.lines)

    def choice_of(self, delivery_method_id: int | None) -> Choice | None:
        """The chosen method's, or the first one's; ``None``: the shop has none."""
        asked = (c for c in self.choices if c.method.pk == delivery_method_id)
        return next(asked, self.choices[0] if self.choices else None)


def sheet_of(lines: Sequence[tuple[int, int]]) -> Sheet:
    """The sheet of these lines (variant id, quantity), in two queries.

    Raises:
        Refused: ``no_lines``, ``too_many_lines``, ``bad_quantity``, ``no_such_product``,
            ``several_shops``, ``shop_closed``.
    """
    check_lines(lines)
    pieces = summed(lines)
    items = {item.pk: item for item in items_of(pieces)}
    check_one_open_shop(pieces, items)
    shop = next(iter(items.values())).variant.product.shop
    now = clock.now()
    goods = [priced(items[v].variant, n, now) for v, n in lines]
    return Sheet(
        shop=shop,
        currency=shop.currency,
        lines=tuple(
            _line(items[line.variant_id], line.quantity, line.unit_minor, pieces) for line in goods
        ),
        goods=quote(goods, None),
        choices=tuple(Choice(m, quote(goods, m)) for m in delivery_methods_of(shop.pk)),
    )


def _line(item: StockItem, quantity: int, unit_minor: int, pieces: dict[int, int]) -> SheetLine:
    product = item.variant.product
    return SheetLine(
        variant_id=item.pk,
        product_id=product.pk,
        title=product.title,
        options=item.variant.label(),
        quantity=quantity,
        unit_minor=unit_minor,
        total_minor=unit_minor * quantity,
        can_sell=item.can_sell(pieces[item.pk]),
        left=item.available if item.tracked else None,
    )
