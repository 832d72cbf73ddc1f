"""Who asks, and within which bounds: their own wishes, and what the database lets them see now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from comptoir.common.rows import Rows, Statement, array

# What one asked to see less of keeps this part of its score; a product by itself is not shown.
LESS = 0.2

WISHES = """
SELECT coalesce((SELECT t.personalised FROM discovery_tastepreference t
    WHERE t.profile_id = %(me)s), true),
  array(SELECT b.blocked_id FROM people_block b WHERE b.blocker_id = %(me)s
    UNION SELECT b.blocker_id FROM people_block b WHERE b.blocked_id = %(me)s),
  array(SELECT d.person_id FROM discovery_droppedperson d WHERE d.profile_id = %(me)s),
  array(SELECT l.product_id FROM discovery_lessof l WHERE l.profile_id = %(me)s
    AND l.product_id IS NOT NULL),
  array(SELECT l.shop_id FROM discovery_lessof l WHERE l.profile_id = %(me)s
    AND l.shop_id IS NOT NULL),
  array(SELECT l.category FROM discovery_lessof l WHERE l.profile_id = %(me)s
    AND l.category <> '')
"""
# What a list may show: on sale, by a shop in sight. Suspended shops are few, and known by an index.
SHOWABLE = """
SELECT p.id, p.shop_id, p.category FROM catalog_product p
WHERE p.id = ANY(%(ids)s::bigint[]) AND p.status = 'active' AND p.shop_id NOT IN (
  SELECT sp.id FROM people_profile sp WHERE sp.kind = 'shop' AND sp.is_suspended)
"""
FACES = """
SELECT id, kind FROM people_profile WHERE id = ANY(%(ids)s::bigint[]) AND NOT is_suspended
"""


@dataclass(frozen=True, slots=True)
class Asker:
    """``profile_id``: ``None`` for a visitor and for who wants no personal order. ``excluded``:
    people who do not speak to them. ``blocked``: those among them whom they block or who block
    them, whose shops they do not see. The rest: keys of what they want less of."""

    me: int
    profile_id: int | None
    excluded: tuple[int, ...] = ()
    blocked: frozenset[int] = frozenset()
    products: frozenset[int] = frozenset()
    shops: frozenset[int] = frozenset()
    categories: tuple[str, ...] = ()


VISITOR = Asker(0, None)


class Showable(NamedTuple):
    """A product that the asker may be shown; ``worth``: 1, or ``LESS``."""

    product_id: int
    shop_id: int
    worth: float


def wishes_asked(me: int) -> Statement:
    """What ``me`` wishes, to be sent with other queries."""
    return Statement(WISHES, {"me": me})


def asker_read(me: int, rows: Rows) -> Asker:
    """Who asks, from its one row."""
    ((personalised, blocked, dropped, products, shops, categories),) = rows
    return Asker(
        me,
        me if personalised else None,
        (*blocked, *dropped),
        frozenset(blocked),
        frozenset(products),
        frozenset(shops),
        tuple(categories),
    )


def showable(asker: Asker, product_ids: Sequence[int]) -> dict[int, Showable]:
    """Those of the products that the asker may be shown and did not ask to see no more."""
    if not product_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SHOWABLE, {"ids": array(product_ids)})
        return _open_to(asker, cursor.fetchall())


def _open_to(asker: Asker, rows: Iterable[tuple[int, int, str]]) -> dict[int, Showable]:
    return {
        product_id: Showable(product_id, shop_id, _worth(asker, shop_id, category))
        for product_id, shop_id, category in rows
        if product_id not in asker.products and shop_id not in asker.blocked
    }


def _worth(asker: Asker, shop_id: int, category: str) -> float:
    below = (category == one or category.startswith(f"{one} >") for one in asker.categories)
    return LESS if shop_id in asker.shops or any(below) else 1.0


def kinds_of(profile_ids: Collection[int]) -> dict[int, str]:
    """ "person" or "shop" of each profile in sight."""
    if not profile_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FACES, {"ids": array(profile_ids)})
        return dict(cursor.fetchall())
