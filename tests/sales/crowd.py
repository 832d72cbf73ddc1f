"""A part of a crowd: buyers in a process of their own, several at once, for the same few pieces.

Run by ``test_crowd``: ``python -m tests.sales.crowd NUMBER BUYERS VARIANT…``. Each buyer has one of
each thing in the basket and the code, orders what is left, and pays; prints how many orders, pieces
and codes went through, as JSON. An error that is no refusal of ours ends the process.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import Random
from uuid import uuid4

import django

django.setup()

from django.db import connection  # noqa: E402

from comptoir.catalog.models import Variant  # noqa: E402
from comptoir.common.errors import Conflict, Refused  # noqa: E402
from comptoir.sales.services import Placed  # noqa: E402
from tests.sales.buying import Basket, basket  # noqa: E402

CODE = "DIX"
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Bought:
    """What a buyer went home with; ``coded``: with the code."""

    pieces: int = 0
    coded: bool = False


def buy(number: int, variants: list[Variant], random: Random) -> Bought:
    """Tries with all three and the code, then with what can still be had."""
    left = random.sample(variants, len(variants))
    codes: tuple[str, ...] = (CODE,)
    while left:
        try:
            placed = _ordered(number, left, codes)
        except Conflict as conflict:
            if conflict.code == "sold_out":
                gone = conflict.details["variant_id"]
                left = [variant for variant in left if variant.pk != gone]
            elif conflict.code == "offer_used_up":
                codes = ()
            elif conflict.code != "total_changed":  # looked at once more, as a buyer would
                raise
            continue
        if placed.status != "paid":
            raise RuntimeError(f"an order is {placed.status}")
        return Bought(len(left), bool(codes) and _was_reduced(placed))
    return Bought()


def _ordered(number: int, left: list[Variant], codes: tuple[str, ...]) -> Placed:
    lines = [(variant, 1) for variant in left]
    email = f"buyer-{number}@example.org"
    asked: Basket = basket(*lines, codes=codes, email=email, instrument="card_ok")
    return replace(asked, key=uuid4()).sent()


def _was_reduced(placed: Placed) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT discount_minor > 0 FROM sales_order WHERE id = %s", [placed.order_id]
        )
        return bool(cursor.fetchone()[0])


def main() -> None:
    part, buyers, *variants = (int(text) for text in sys.argv[1:])
    rows = [Variant.objects.select_related("product__shop").get(pk=pk) for pk in variants]

    def life(number: int) -> Bought:
        try:
            return buy(number, rows, Random(number))
        except Refused as refusal:
            raise RuntimeError(refusal.code) from refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        went = list(crowd.map(life, range(part * buyers, (part + 1) * buyers)))
    print(json.dumps([sum(one.pieces for one in went), sum(one.coded for one in went)]))


if __name__ == "__main__":
    main()
