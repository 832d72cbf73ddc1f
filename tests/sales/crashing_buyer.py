"""A process that buys, pays and is refunded, and dies by SIGKILL at one commit after another.

Run by ``test_crash``: ``python -m tests.sales.crashing_buyer VARIANT VARIANT``. For each story it
forks a child that is killed just before its first commit, a child killed just after it, and so on
until a child outlives its story: so the boundaries are found by the commits themselves. Prints one
line of JSON for each child: story, moment, number, e-mail, killed.
"""

import gc
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from comptoir.catalog.models import Variant  # noqa: E402
from comptoir.sales.pricing.quote import Destination  # noqa: E402
from comptoir.sales.services import cancel_by_shop  # noqa: E402
from comptoir.sales.services.come_back import come_back  # noqa: E402
from comptoir.sales.services.refund_order import RefundPart, refund_order  # noqa: E402
from comptoir.sales.sheet import sheet_of  # noqa: E402
from tests.sales.buying import Basket, at_bank, basket, order_of, work  # noqa: E402

MOST = 200


class Death:
    """Kills the process at the ``number``-th commit, ``moment`` is "before" or "after" it."""

    def __init__(self, moment: str, number: int) -> None:
        self.moment, self.number, self.seen = moment, number, 0
        self.armed = False

    def watch(self) -> None:
        """From now on: commits of transactions, and statements that commit by themselves."""
        self.armed = True
        wrapper: Any = connections["default"]
        commit = wrapper._commit
        wrapper._commit = lambda: self.around(commit)
        connection.execute_wrappers.append(self.statement)

    def around(self, deed: Callable[[], Any]) -> Any:
        self.seen += 1
        mine = self.armed and self.seen == self.number
        if mine and self.moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return deed()
        finally:  # also after a statement that was refused: an order that is sent again
            if mine:
                os.kill(os.getpid(), signal.SIGKILL)

    def statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        reads = sql.lstrip().upper().startswith("SELECT") and "procrastinate_" not in sql
        if connection.in_atomic_block or reads:
            return execute(sql, params, many, context)
        return self.around(lambda: execute(sql, params, many, context))


def buy(wanted: Basket) -> None:
    """From the sheet to the confirmation mail, the worker's part included."""
    placed = wanted.sent()
    at_bank(placed, "approve")
    come_back(order=order_of(placed))
    work(letters=False)


def story_of_buying(wanted: Basket, death: Death) -> None:
    death.watch()
    buy(wanted)


def story_of_refunding(wanted: Basket, death: Death) -> None:
    buy(wanted)
    death.watch()
    cancel_by_shop(order=order_of(wanted.sent()))
    work(letters=False)


def story_of_paying_at_once(wanted: Basket, death: Death) -> None:
    """With a code, by a card that the bank decides in its answer."""
    death.watch()
    _priced(replace(wanted, codes=("DIX",), instrument="card_ok")).sent()
    work(letters=False)


def story_of_giving_a_part_back(wanted: Basket, death: Death) -> None:
    """A piece is given up before it is sent, and goes on the shelf again."""
    buy(wanted)
    order = order_of(wanted.sent())
    line = order.lines.order_by("position")[0]
    death.watch()
    part = RefundPart(line.pk, quantity=1, restock=True)
    refund_order(order=order, refund_key=wanted.key, parts=[part])
    work(letters=False)


def _priced(wanted: Basket) -> Basket:
    """With the total that the sheet says for its code."""
    to = Destination(wanted.address.country, wanted.address.postcode)
    sheet = sheet_of(wanted.lines, to=to, codes=wanted.codes, email=wanted.email)
    return replace(wanted, expected_minor=sheet.quote_for(wanted.method_id).total_minor)


STORIES = {
    "buying": story_of_buying,
    "refunding": story_of_refunding,
    "at-once": story_of_paying_at_once,
    "part": story_of_giving_a_part_back,
}


def live(story: str, moment: str, number: int, email: str, variants: list[int]) -> bool:
    """A child that lives the story; returns whether it was killed."""

    def life() -> None:
        rows = [Variant.objects.select_related("product__shop").get(pk=pk) for pk in variants]
        wanted = basket(*((row, 2) for row in rows), email=email, language="en")
        STORIES[story](wanted, Death(moment, number))

    return forked(life) == -signal.SIGKILL


def sweep() -> None:
    """The next worker finishes what the dead one left, so that each story begins on its own."""
    wait_until_alone()
    work(letters=False)


def wait_until_alone() -> None:
    """PostgreSQL rolls a dead client's transaction back as soon as it notices."""
    for _n in range(200):
        with connection.cursor() as cursor:
            cursor.execute(OTHERS)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)
    raise RuntimeError("a dead client's connection is still there")


OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND application_name = 'crashing buyer'
"""


def forked(deed: Callable[[], None]) -> int:
    """Runs ``deed`` in a child; its exit code, negative for the signal that killed it."""
    gc.freeze()  # what is here already is not gone through, and so copied, by each child
    child = os.fork()
    if child == 0:
        connection.settings_dict["OPTIONS"]["application_name"] = "crashing buyer"
        try:
            deed()
            connection.close()
            os._exit(0)
        finally:
            traceback.print_exc()
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in {0, -signal.SIGKILL}:
        raise RuntimeError(f"a child ended with {code}")
    return code


def main() -> None:
    """Every story, before and after every commit."""
    variants = [int(text) for text in sys.argv[1:]]
    for story in STORIES:
        for moment in ("before", "after"):
            for number in range(1, MOST):
                email = f"{story}-{moment}-{number}@example.org"
                killed = live(story, moment, number, email, variants)
                print(json.dumps([story, moment, number, email, killed]), flush=True)
                if not killed:
                    break
                forked(sweep)


if __name__ == "__main__":
    main()
