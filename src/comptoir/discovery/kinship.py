"""What is of one kind with a product, by the path of its category: "Maison > Table > Bols"."""

from collections.abc import Sequence
from enum import IntEnum

from django.db import connection

CATEGORIES = "SELECT id, category FROM catalog_product WHERE id = ANY(%(ids)s::bigint[])"
STEP = " > "
# Of so many of the best at most, what is of one kind comes first: what few share is no likeness.
AMONG = 240


class Kinship(IntEnum):
    """The more, the nearer."""

    OTHER = 0
    UNDER_ONE_PARENT = 1
    SAME = 2


def kinship(category: str, other: str) -> Kinship:
    """The same category; or one parent: "Soin > Savons" with "Soin > Bain" and with "Soin". What
    has no category is of no kind."""
    if not category or not other:
        return Kinship.OTHER
    if category == other:
        return Kinship.SAME
    parent, of_other = category.rpartition(STEP)[0], other.rpartition(STEP)[0]
    if (parent and parent in {of_other, other}) or of_other == category:
        return Kinship.UNDER_ONE_PARENT
    return Kinship.OTHER


def kinship_of(product_id: int, others: Sequence[int]) -> dict[int, Kinship]:
    """Of each of the others with the product."""
    if not others:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CATEGORIES, {"ids": [product_id, *others]})
        categories: dict[int, str] = dict(cursor.fetchall())
    own = categories.get(product_id, "")
    return {one: kinship(own, categories.get(one, "")) for one in others}
