"""Does acts at a given rate through the services: ``python -m bench.fresh_acts``.

Reads ``{"acts": [[name, profile, product]], "rate": a second, "undo": bool}`` from standard input;
prints a line for each act, its name (a number) and when it began, as soon as it is done.
"""

import json
import sys
import time

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.people.actor import Actor
from comptoir.reviews.services import keep_product, unkeep_product


def main() -> None:
    plan = json.load(sys.stdin)
    begun = time.perf_counter()
    for number, (name, profile_id, product_id) in enumerate(plan["acts"]):
        time.sleep(max(0.0, begun + number / plan["rate"] - time.perf_counter()))
        at, actor = time.time(), Actor(profile_id, profile_id)
        if plan["undo"]:
            unkeep_product(actor=actor, product_id=product_id)
        else:
            keep_product(actor=actor, product_id=product_id, audience="everyone")
        print(name, at, flush=True)


if __name__ == "__main__":
    main()
