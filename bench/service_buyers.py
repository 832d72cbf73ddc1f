"""Buyers who call the services: ``python -m bench.service_buyers``, one process of them.

Each order has three lines of one shop; it is placed, charged by the sandbox bank and settled. Reads
a plan as a line of JSON from standard input once it has said that it is ready. Each buyer's
connection has been in use, as a server's are: a few orders before time is taken, which the plan
counts (``warm``) and the figures do not. The interpreter is set as a server's is.
"""

import contextlib
import json
import sys
import threading
import time
from dataclasses import dataclass
from random import Random
from uuid import uuid4

from django.db import connection

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.common.rows import fetch_rows
from comptoir.config.interpreter import serve
from comptoir.people.actor import ANYONE
from comptoir.sales.services import Address, place_order

HOME = Address("Inès Le Goff", "3 rue du Port", "", "29100", "Douarnenez", "FR")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a shop sells: variants with their prices, and how it delivers."""

    variants: list[int]
    prices: list[int]
    method_id: int
    fee: int
    free_from: int

    def total(self, chosen: list[int]) -> int:
        goods = sum(self.prices[place] for place in chosen)
        return goods + (0 if goods >= self.free_from else self.fee)


def order(shelf: Shelf, random: Random) -> None:
    """One purchase, from the total that was seen to the paid order.

    Raises:
        RuntimeError: it is not paid.
    """
    chosen = random.sample(range(len(shelf.variants)), 3)
    placed = place_order(
        actor=ANYONE,
        checkout_key=uuid4(),
        lines=[(shelf.variants[place], 1) for place in chosen],
        delivery_method_id=shelf.method_id,
        address=HOME,
        email="ines@town.example",
        language="fr",
        expected_total_minor=shelf.total(chosen),
        return_url_for=lambda key: f"http://127.0.0.1/orders/{key}/return",
        instrument="card_ok",
    )
    if placed.status != "paid":
        raise RuntimeError(f"an order is {placed.status}")


def main() -> None:
    print("ready", flush=True)
    plan = json.loads(sys.stdin.readline())
    shelves = fetch_rows(Shelf, SHELVES, {})
    done, failed = [0] * plan["buyers"], list[BaseException]()
    warm = threading.Barrier(plan["buyers"] + 1)
    begin = threading.Event()

    def buy(number: int) -> None:
        random = Random(f"{plan['name']} {number}")
        try:
            for _order in range(plan["warm"]):
                order(random.choice(shelves), random)
            warm.wait()
            begin.wait()
            until = time.perf_counter() + plan["seconds"]
            while time.perf_counter() < until:
                order(random.choice(shelves), random)
                done[number] += 1
        except BaseException as error:  # noqa: BLE001 (raised again by the main thread)
            failed.append(error)
            warm.abort()
        finally:
            connection.close()

    buyers = [threading.Thread(target=buy, args=(n,)) for n in range(plan["buyers"])]
    for buyer in buyers:
        buyer.start()
    with contextlib.suppress(threading.BrokenBarrierError):
        warm.wait()
    print("warm", flush=True)
    sys.stdin.readline()
    begun = time.perf_counter()
    begin.set()
    for buyer in buyers:
        buyer.join()
    if failed:
        raise failed[0]
    print(json.dumps({"done": sum(done), "seconds": time.perf_counter() - begun}))


SHELVES = """
SELECT array_agg(v.id), array_agg(v.price_minor), m.id, m.price_minor, m.free_from_minor
FROM catalog_variant v
JOIN catalog_product p ON p.id = v.product_id
JOIN shops_deliverymethod m ON m.shop_id = p.shop_id AND m.kind = 'post'
WHERE v.sale_price_minor IS NULL
GROUP BY m.id HAVING count(*) >= 3
"""

if __name__ == "__main__":
    serve()
    main()
