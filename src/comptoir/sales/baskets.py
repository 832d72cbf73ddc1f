"""Reads of baskets: what one means to buy, as it could be bought now."""

import json
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any, Final
from uuid import UUID, uuid5

from django.db.models import Sum

from comptoir.catalog.cards import PRICE_NOW
from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.rows import fetch_all
from comptoir.media.queries import PictureView, stored_columns, stored_picture
from comptoir.sales.adapters.registry import PAID_LATER
from comptoir.sales.models import BasketLine
from comptoir.sales.pricing.announced_prices import AnnouncedPrice
from comptoir.sales.services.basket import Holder


class State(StrEnum):
    """Whether a line can be bought now, and what is in the way."""

    GOOD = "good"
    SHORT = "short"  # fewer pieces are left than it holds
    SOLD_OUT = "sold_out"
    GONE = "gone"  # not offered any more
    CLOSED = "closed"  # its shop does not sell at the moment


@dataclass(frozen=True, slots=True)
class BasketLineView:
    """A line; prices a piece in minor units of ``currency``, VAT included. ``seen_minor`` is the
    price that was said when it was added or last acknowledged, an announced percentage taken off,
    or a lower announced one that the basket's page has shown since; ``left`` is ``None`` when
    pieces are not counted.
    ``in_test``: the shop is being prepared; its own staff alone may buy, in test.
    """

    variant_id: int
    product_id: int
    title: str
    options: str
    quantity: int
    saved_for_later: bool
    unit_minor: int
    seen_minor: int
    currency: str
    left: int | None
    state: State
    shop_id: int
    shop_handle: str
    shop_name: str
    cover: PictureView | None
    alt: str
    in_test: bool = False

    @property
    def address(self) -> str:
        return f"/products/{self.product_id}?variant={self.variant_id}"

    @property
    def buyable(self) -> int:
        """How many of its pieces can be bought now."""
        if self.state is State.SHORT:
            return self.left or 0
        return self.quantity if self.state is State.GOOD else 0

    @property
    def total_minor(self) -> int:
        return self.unit_minor * self.buyable

    @property
    def is_sold(self) -> bool:
        """Whether its shop sells it, be it sold out for now."""
        return self.state not in {State.GONE, State.CLOSED}

    @property
    def price_changed(self) -> bool:
        return self.unit_minor != self.seen_minor and self.state in {State.GOOD, State.SHORT}

    def tells_change(self, announced: AnnouncedPrice | None) -> bool:
        """Whether another price than the one seen is pointed out. An announced one that is no
        dearer is not: it is said beside what is crossed out."""
        dearer = announced is None or announced.price_minor > self.seen_minor
        return self.price_changed and dearer


@dataclass(frozen=True, slots=True)
class ShopBasket:
    """The lines of one shop, which are ordered together."""

    shop_id: int
    handle: str
    name: str
    currency: str
    lines: tuple[BasketLineView, ...]

    @property
    def in_test(self) -> bool:
        """Whether one buys in test: the shop is being prepared, and one works there."""
        return any(line.in_test and line.buyable for line in self.lines)

    @property
    def pieces(self) -> int:
        return sum(line.buyable for line in self.lines)

    @property
    def total_minor(self) -> int:
        """Of what can be bought now, before delivery and offers."""
        return sum(line.total_minor for line in self.lines)

    @property
    def wanted(self) -> list[tuple[int, int]]:
        """(Variant id, quantity) of what can be bought now."""
        return [(line.variant_id, line.buyable) for line in self.lines if line.buyable]


@dataclass(frozen=True, slots=True)
class BasketPage:
    """A whole basket: by shop, newest first, and what is saved for later. ``id`` is ``None`` when
    there is no basket yet."""

    id: int | None
    shops: tuple[ShopBasket, ...]
    later: tuple[BasketLineView, ...]

    @property
    def lines(self) -> tuple[BasketLineView, ...]:
        """All of them, those saved for later last."""
        return (*(line for shop in self.shops for line in shop.lines), *self.later)

    @property
    def pieces_by_shop(self) -> dict[int, int]:
        return {shop.shop_id: sum(line.quantity for line in shop.lines) for shop in self.shops}


NOTHING = BasketPage(None, (), ())


@dataclass(frozen=True, slots=True)
class BasketPart:
    """A shop's part of a basket, as it is ordered. ``checkout_key``: what its next order has, the
    same in however many windows it is open; it is another one once that order is placed for good
    or given up. ``waiting``: the key of the order that has it and is still at the provider's."""

    basket_id: int
    shop: ShopBasket
    checkout_key: UUID
    waiting: str = ""


TURNS: Final = UUID("0b9c6a1e-58d3-4f7c-9a35-2f1d6f0e7c44")

LINES = f"""
SELECT b.id, l.variant_id, p.id, p.title, v.options, l.quantity, l.saved_for_later,
  {PRICE_NOW}, l.seen_unit_minor, v.currency,
  CASE WHEN k.tracked THEN k.available END,
  CASE WHEN v.status <> 'active' OR p.status <> 'active' OR p.buy_url <> ''
      OR v.currency <> s.currency
      OR EXISTS (SELECT 1 FROM people_block o WHERE
        (o.blocker_id = b.owner_id AND o.blocked_id = p.shop_id) OR
        (o.blocker_id = p.shop_id AND o.blocked_id = b.owner_id)) THEN 'gone'
    WHEN f.is_suspended OR s.status <> 'open' AND NOT (s.status = 'preparing' AND EXISTS (
      SELECT FROM shops_staffmember w JOIN people_profile q ON q.user_id = w.user_id
      WHERE w.shop_id = p.shop_id AND q.id = b.owner_id)) THEN 'closed'
    WHEN CASE WHEN k.tracked THEN k.available = 0 ELSE NOT k.in_stock END THEN 'sold_out'
    WHEN k.tracked AND k.available < l.quantity THEN 'short'
    ELSE 'good' END,
  p.shop_id, f.handle, f.name, cover.picture, coalesce(cover.alt, ''),
  s.status = 'preparing', {{turn}}
FROM sales_basket b
JOIN sales_basketline l ON l.basket_id = b.id
JOIN catalog_variant v ON v.id = l.variant_id
JOIN catalog_stockitem k ON k.variant_id = v.id
JOIN catalog_product p ON p.id = v.product_id
JOIN shops_shop s ON s.profile_id = p.shop_id
JOIN people_profile f ON f.id = p.shop_id
LEFT JOIN LATERAL (
  SELECT {stored_columns("m")} AS picture, pp.alt
  FROM catalog_productpicture pp JOIN media_picture m ON m.id = pp.picture_id
  WHERE pp.product_id = p.id ORDER BY pp.position LIMIT 1
) cover ON TRUE
WHERE {{whose}} AND {{which}}
ORDER BY max(l.added_at) OVER (PARTITION BY p.shop_id) DESC, p.shop_id, l.added_at DESC, l.id DESC
"""
# The key is hidden in a subquery so that the plan is made once: to plan takes longer than to read.
MEMBER = "b.owner_id = (SELECT %(owner)s::bigint)"
GUEST = "b.guest_key = (SELECT %(key)s::text) AND b.guest_key <> '' AND b.owner_id IS NULL"
OF_MEMBER, OF_GUEST = (
    LINES.format(whose=whose, which="TRUE", turn="NULL") for whose in (MEMBER, GUEST)
)
# The order that stands last in the part: one that is open, if there is any. What is sent or brought
# later is ordered for good once one knows where to send it.
TURN = """(
  SELECT json_build_array(o.id, o.checkout_key, o.key, x.is_open)
  FROM sales_basket b JOIN sales_order o ON o.basket_id = b.id AND o.shop_id = %(shop)s
  CROSS JOIN LATERAL (SELECT o.status = 'pending' AND NOT EXISTS (
    SELECT FROM sales_payment p WHERE p.order_id = o.id AND p.status = 'pending'
      AND p.provider = ANY(%(later)s)) AS is_open) x
  WHERE {whose} ORDER BY x.is_open DESC, o.id DESC LIMIT 1)
"""
PART_OF_MEMBER, PART_OF_GUEST = (
    LINES.format(whose=whose, which="p.shop_id = %(shop)s", turn=TURN.format(whose=whose))
    for whose in (MEMBER, GUEST)
)


def basket_page(holder: Holder) -> BasketPage:
    """The holder's basket, in one query; none for a guest who has no key."""
    if not (rows := _rows(holder, OF_MEMBER, OF_GUEST)):
        return NOTHING
    lines = [_line(row) for row in rows]
    now = [line for line in lines if not line.saved_for_later]
    shops = [_shop(tuple(group)) for _shop_id, group in groupby(now, key=lambda x: x.shop_id)]
    later = tuple(line for line in lines if line.saved_for_later)
    return BasketPage(id=rows[0][0], shops=tuple(shops), later=later)


def basket_part(holder: Holder, shop_id: int) -> BasketPart | None:
    """One shop's part of the holder's basket, in one query; ``None``: it holds nothing of it."""
    found = _rows(holder, PART_OF_MEMBER, PART_OF_GUEST, shop=shop_id, later=PAID_LATER)
    lines = tuple(line for line in map(_line, found) if not line.saved_for_later)
    if not lines:
        return None
    basket_id, turn = found[0][0], found[0][-1]
    last, key, order_key, is_open = turn or (0, "", "", False)
    if is_open:
        return BasketPart(basket_id, _shop(lines), UUID(key), order_key)
    return BasketPart(basket_id, _shop(lines), uuid5(TURNS, f"{basket_id} {shop_id} {last}"))


def _rows(holder: Holder, of_member: str, of_guest: str, **more: Any) -> list[tuple[Any, ...]]:
    if holder.profile_id is None and not holder.guest_key:
        return []
    sql = of_member if holder.profile_id is not None else of_guest
    owner = {"owner": holder.profile_id, "key": holder.guest_key}
    return fetch_all(sql, {**owner, "now": clock.now(), **more})


def _shop(lines: tuple[BasketLineView, ...]) -> ShopBasket:
    first = lines[0]
    return ShopBasket(first.shop_id, first.shop_handle, first.shop_name, first.currency, lines)


def _line(row: tuple[Any, ...]) -> BasketLineView:
    options = json.loads(row[4]) if isinstance(row[4], str) else row[4]
    return BasketLineView(
        variant_id=row[1],
        product_id=row[2],
        title=row[3],
        options=" · ".join(str(value) for value in options.values()),
        quantity=row[5],
        saved_for_later=row[6],
        unit_minor=row[7],
        seen_minor=row[8],
        currency=row[9],
        left=row[10],
        state=State(row[11]),
        shop_id=row[12],
        shop_handle=row[13],
        shop_name=row[14],
        cover=stored_picture(row[15]),
        alt=row[16],
        in_test=row[17],
    )


def pieces_by_shop(holder: Holder) -> dict[int, int]:
    """How many pieces the basket holds of each shop, without what is saved for later; one query."""
    lines = BasketLine.objects.filter(saved_for_later=False)
    if holder.profile_id is not None:
        lines = lines.filter(basket__owner=holder.profile_id)
    elif holder.guest_key:
        lines = lines.filter(basket__owner=None, basket__guest_key=holder.guest_key)
    else:
        return {}
    counted = lines.values("variant__product__shop").annotate(pieces=Sum("quantity"))
    return {row["variant__product__shop"]: row["pieces"] for row in counted.order_by()}


def only_variant_of(product_id: int) -> int | None:
    """The product's variant, if it has a single one on sale: nothing is to be chosen then."""
    active = Variant.objects.filter(product=product_id, status=Variant.Status.ACTIVE)
    found = list(active.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None
