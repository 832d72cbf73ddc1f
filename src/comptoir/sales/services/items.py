"""What is asked for, as the rows have it now: one statement, nothing locked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.catalog.cards import PRICE_NOW, PRICE_WAS
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.rows import fetch_rows
from comptoir.sales.pricing.lines import PricedLine


@dataclass(frozen=True, slots=True)
class Item:
    """A variant with its product, its stock and its shop; amounts in the variant's currency.

    ``options`` are the chosen ones, such as "M · ink"; '' for a product with a single variant.
    ``unit_minor`` is the price of now, a running sale included; ``full_minor`` what may be crossed
    out beside it, or the same. ``on_sale``: variant and product
    are active, priced in the shop's currency, and not sold elsewhere alone. ``shop_open``: to all,
    or in test to its own staff, which ``terms_of`` tells.
    """

    variant_id: int
    product_id: int
    shop_id: int
    title: str
    options: str
    unit_minor: int
    full_minor: int
    vat_rate_bp: int
    on_sale: bool
    tracked: bool
    in_stock: bool
    available: int
    weight_grams: int
    digital: bool
    withdrawal: str
    shop_open: bool
    shop_name: str
    shop_handle: str
    currency: str

    def can_sell(self, quantity: int) -> bool:
        """Whether ``quantity`` could be held now, as far as this row was read."""
        return self.in_stock if not self.tracked else self.available >= quantity

    @property
    def left(self) -> int | None:
        """Pieces that can be bought; ``None`` when they are not counted."""
        return self.available if self.tracked else None

    def line(self, quantity: int) -> PricedLine:
        """So many of it at the price of now."""
        return PricedLine(
            variant_id=self.variant_id,
            quantity=quantity,
            unit_minor=self.unit_minor,
            vat_rate_bp=self.vat_rate_bp,
            product_id=self.product_id,
            weight_grams=self.weight_grams,
            digital=self.digital,
        )


def items_of(variant_ids: Collection[int], *, at_counter: bool = False) -> dict[int, Item]:
    """Items by variant; unknown ones are missing. ``at_counter``: amounts of the counter count as
    on sale."""
    values = {"variants": list(variant_ids), "now": clock.now(), "at_counter": at_counter}
    rows = fetch_rows(Item, ITEMS, values)
    return {item.variant_id: item for item in rows}


def check_sellable(pieces: Mapping[int, int], items: Mapping[int, Item]) -> None:
    """``pieces`` by variant.

    Raises:
        Refused: those of ``check_one_open_shop``.
        Conflict: ``sold_out``.
    """
    check_one_open_shop(pieces, items)
    for variant_id, quantity in pieces.items():
        item = items[variant_id]
        if not item.can_sell(quantity):
            left = item.left or 0
            message = sold_out_message(item.title, left)
            raise Conflict("sold_out", message, variant_id=variant_id, left=left)


def sold_out_message(title: str, left: int) -> str:
    """Says what is left, for the person who wanted more."""
    if left == 0:
        return _("“%(title)s” is sold out.") % {"title": title}
    return ngettext(
        "Only %(left)d piece of “%(title)s” is left.",
        "Only %(left)d pieces of “%(title)s” are left.",
        left,
    ) % {"left": left, "title": title}


def check_one_open_shop(pieces: Iterable[int], items: Mapping[int, Item]) -> Item:
    """One of the items, to know the shop by.

    Raises:
        Refused: ``no_such_product``, ``several_shops``, ``shop_closed``.
    """
    if any(variant_id not in items or not items[variant_id].on_sale for variant_id in pieces):
        raise not_offered()
    if len({item.shop_id for item in items.values()}) > 1:
        raise Refused("several_shops", _("An order is for one shop: buy from each in turn."))
    one = next(iter(items.values()))
    if not one.shop_open:
        raise Refused("shop_closed", _("This shop does not sell at the moment."))
    return one


def not_offered() -> Refused:
    """``no_such_product``, also for those who are blocked: they do not learn it."""
    return Refused("no_such_product", _("A product is not offered any more."))


# A subquery hides how many keys there are: PostgreSQL plans anew for each list that it sees, which
# takes longer than the reading.
ITEMS = f"""
SELECT v.id, p.id, p.shop_id, p.title,
  CASE WHEN v.options = '{{}}' THEN ''
    ELSE (SELECT left(string_agg(chosen, ' · '), 200)
          FROM jsonb_each_text(v.options) AS o (name, chosen)) END,
  {PRICE_NOW}, coalesce({PRICE_WAS}, {PRICE_NOW}), p.vat_rate_bp,
  v.status = 'active' AND v.currency = shop.currency AND
    CASE WHEN p.status = 'counter' THEN %(at_counter)s
      ELSE p.status = 'active' AND p.buy_url = '' END,
  s.tracked, s.in_stock, s.available, COALESCE(v.weight_grams, 0), p.digital, p.withdrawal,
  shop.status IN ('open', 'preparing') AND NOT profile.is_suspended,
  profile.name, profile.handle, shop.currency
FROM catalog_stockitem s
JOIN catalog_variant v ON v.id = s.variant_id
JOIN catalog_product p ON p.id = v.product_id
JOIN shops_shop shop ON shop.profile_id = p.shop_id
JOIN people_profile profile ON profile.id = p.shop_id
WHERE s.variant_id = ANY((SELECT %(variants)s::bigint[])::bigint[])
ORDER BY s.variant_id
"""
