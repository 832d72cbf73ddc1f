"""Putting things into a basket: two statements, whatever it holds; some more where the shop
announces a percentage, so that the price which was said is the one that is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from comptoir.common import clock
from comptoir.common.durability import LIGHTLY
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.models import BasketLine
from comptoir.sales.models.basket import new_guest_key
from comptoir.sales.seen_prices import prices_said
from comptoir.sales.services.basket import (
    Holder,
    bounded,
    check_quantity,
    left_of,
    offered,
)
from comptoir.sales.services.items import Item, sold_out_message
from comptoir.sales.services.purchase import MOST_LINES, MOST_PIECES


@dataclass(frozen=True, slots=True)
class Added:
    """What a line came to: pieces now in it, and the word that says why they are fewer than asked,
    or ''. ``holder`` is the basket's, with the key of a guest's new one; ``pieces`` are those of
    the whole basket by shop."""

    holder: Holder
    title: str
    quantity: int
    shortened: str
    pieces: Mapping[int, int]


def add_to_basket(
    *, holder: Holder, variant_id: int, quantity: int = 1, at_least: bool = False
) -> Added:
    """Puts pieces of a variant with those that are there, as many as the shop has; ``at_least``:
    until there are so many, so that it may be asked twice.

    What was saved for later comes back, with the quantity asked for now.

    Raises:
        Refused: ``bad_quantity``, ``no_such_product``, ``shop_closed``, ``basket_full``.
        Conflict: ``sold_out`` (``variant_id``, ``left``).
    """
    check_quantity(quantity, least=1)
    item = offered(holder, variant_id)
    if not left_of(item):
        message = sold_out_message(item.title, 0)
        raise Conflict("sold_out", message, variant_id=variant_id, left=0)
    return _put(holder, item, quantity, at_least)


def add_all(
    *, holder: Holder, lines: Iterable[tuple[int, int]], at_least: bool = False
) -> tuple[list[Added], list[tuple[int, Refused]]]:
    """Puts each (variant id, quantity) in by itself: what it came to, and which were refused."""
    taken: list[Added] = []
    refused: list[tuple[int, Refused]] = []
    for variant_id, quantity in lines:
        mine = taken[-1].holder if taken else holder
        try:
            added = add_to_basket(
                holder=mine, variant_id=variant_id, quantity=quantity, at_least=at_least
            )
        except Refused as refusal:
            refused.append((variant_id, refusal))
        else:
            taken.append(added)
    return taken, refused


def _put(holder: Holder, item: Item, quantity: int, at_least: bool) -> Added:
    values = {
        "owner": holder.profile_id,
        "key": holder.guest_key if holder.profile_id is None else "",
        "fresh": "" if holder.profile_id is not None else new_guest_key(),
        "variant": item.variant_id,
        "quantity": quantity,
        "at_least": at_least,
        "most": min(left_of(item), MOST_PIECES),
        "unit": item.unit_minor,
        "now": clock.now(),
        "lines": MOST_LINES,
        "shop": item.shop_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(PUT, values)
        row = cursor.fetchone()
    if row is None:
        raise Refused("basket_full", _("A basket holds at most 100 different things."))
    key, before, now, pieces, line_id = row
    if line_id is not None:
        said = prices_said(holder.profile_id, {item.shop_id: [item.line(1)]})
        BasketLine.objects.filter(pk=line_id).update(seen_unit_minor=said[item.variant_id])
    asked = max(before, quantity) if at_least else before + quantity
    _pieces, word = bounded(asked, item)
    by_shop = {int(shop): int(many) for shop, many in pieces.items()}
    return Added(Holder(holder.profile_id, key), item.title, now, word, by_shop)


# The basket's row is locked by being written, so that acts from two windows follow each other. A
# guest whose key nobody gave out gets a key of ours. ``before`` only chooses the words.
PUT = f"""
WITH known AS (
  UPDATE sales_basket SET updated_at = %(now)s
  WHERE owner_id = %(owner)s::bigint
    OR %(owner)s::bigint IS NULL AND owner_id IS NULL AND guest_key <> '' AND guest_key = %(key)s
  RETURNING id, guest_key),
made AS (
  INSERT INTO sales_basket (owner_id, guest_key, updated_at)
  SELECT %(owner)s::bigint, %(fresh)s, %(now)s WHERE NOT EXISTS (SELECT FROM known)
  ON CONFLICT (owner_id) DO UPDATE SET updated_at = excluded.updated_at
  RETURNING id, guest_key),
mine AS (SELECT * FROM known UNION ALL SELECT * FROM made),
there AS (
  SELECT l.variant_id, l.quantity, l.saved_for_later
  FROM sales_basketline l JOIN mine ON mine.id = l.basket_id),
before AS (
  SELECT COALESCE(sum(quantity) FILTER (WHERE NOT saved_for_later), 0) AS pieces, count(*) AS lines
  FROM there WHERE variant_id = %(variant)s),
put AS (
  INSERT INTO sales_basketline AS l
    (basket_id, variant_id, quantity, saved_for_later, seen_unit_minor, added_at)
  SELECT mine.id, %(variant)s, LEAST(%(quantity)s, %(most)s), FALSE, %(unit)s, %(now)s
  FROM mine, before
  WHERE before.lines > 0 OR (SELECT count(*) FROM there) < %(lines)s
  ON CONFLICT (basket_id, variant_id) DO UPDATE
  SET quantity = LEAST(%(most)s, CASE WHEN l.saved_for_later THEN %(quantity)s
      WHEN %(at_least)s THEN GREATEST(l.quantity, %(quantity)s)
      ELSE l.quantity + %(quantity)s END),
    saved_for_later = FALSE, seen_unit_minor = excluded.seen_unit_minor
  RETURNING l.id, l.variant_id, l.quantity),
pieces AS (
  SELECT p.shop_id, sum(x.quantity) AS many
  FROM (SELECT variant_id, quantity FROM there
        WHERE NOT saved_for_later AND variant_id <> %(variant)s
        UNION ALL SELECT variant_id, quantity FROM put) x
  JOIN catalog_variant v ON v.id = x.variant_id
  JOIN catalog_product p ON p.id = v.product_id
  GROUP BY p.shop_id)
SELECT mine.guest_key, before.pieces, put.quantity,
  (SELECT json_object_agg(shop_id, many) FROM pieces),
  CASE WHEN EXISTS (SELECT FROM sales_offer WHERE shop_id = %(shop)s AND is_active AND code = ''
    AND kind = 'percent' AND audience <> 'segment') THEN put.id END
FROM mine, before, put, {LIGHTLY}
"""
