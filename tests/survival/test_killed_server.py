"""Survival 11 and 12: the whole server killed while 64 buyers race for the last 10 pieces."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.config.place import Place, environment, free_port, started, wait_for
from tests.survival.racing_buyers import Buyer, Ending, Leaves, Scene

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[2]
BUYERS, LATECOMERS, PIECES = 64, 16, 10
# Nobody listens there: the mails wait in their queue, to be counted.
NO_MAIL = {"COMPTOIR_SMTP_HOST": "127.0.0.1", "COMPTOIR_SMTP_PORT": "1"}
# All buyers come from one address: the bench's settings do not count them.
UNCOUNTED = {
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
}
TWO = {"COMPTOIR_WEB_PROCESSES": "2", **NO_MAIL, **UNCOUNTED}
LEAVING = (Leaves.NEVER, Leaves.BEFORE_PAYING, Leaves.NEVER, Leaves.AFTER_PAYING)


def shop(var: Path, port: int, deed: str) -> dict[str, Any]:
    """What ``shop_of_ten`` prints, run with the place's database."""
    more = {
        "DJANGO_SETTINGS_MODULE": "comptoir.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        **NO_MAIL,
    }
    ended = subprocess.run(
        [sys.executable, "-m", "tests.survival.shop_of_ten", deed],
        env=environment(var, port, **more),
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:]
    return dict(json.loads(ended.stdout.splitlines()[-1]))


def kill(place: Place, *, database: bool) -> None:
    """SIGKILL for supervisor, web, worker and, with ``database``, PostgreSQL, all at once."""
    victims = [psutil.Process(place.process.pid), *place.children()]
    if database:
        pid = int((place.var / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
        postmaster = psutil.Process(pid)
        victims += [postmaster, *postmaster.children(recursive=True)]
    for victim in victims:
        with suppress(psutil.NoSuchProcess):
            victim.send_signal(signal.SIGKILL)
    place.process.wait()
    assert psutil.wait_procs(victims[1:], timeout=60)[1] == []


def in_threads(buyers: Iterable[Buyer]) -> list[threading.Thread]:
    threads = [threading.Thread(target=buyer.buy, daemon=True) for buyer in buyers]
    for thread in threads:
        thread.start()
    return threads


def wait_for_all(threads: Iterable[threading.Thread], buyers: Iterable[Buyer]) -> None:
    wait_for(lambda: not any(thread.is_alive() for thread in threads))
    assert [buyer for buyer in buyers if buyer.ending is None] == []


@pytest.mark.parametrize("database", [False, True], ids=["all but the database", "all"])
@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_killed_while_buyers_race(tmp_path: Path, *, database: bool) -> None:
    """Ten are sold, whoever leaves and whatever dies; money, pieces and mails agree."""
    port, scene = free_port(), Scene()
    with started(tmp_path, port, **TWO) as place:
        place.wait_until_open()
        product = shop(tmp_path, port, "open")["product"]
        buyers = [Buyer(n, port, product, scene, LEAVING[n % 4]) for n in range(BUYERS)]
        for buyer in buyers:
            buyer.look()
        threads = in_threads(buyers)
        wait_for(lambda: scene.count("placed") >= 4)
        kill(place, database=database)
    with started(tmp_path, port, **TWO) as place:
        wait_for(lambda: scene.count("charged") >= 3)
        kill(place, database=database)
    assert scene.count("interrupted")
    with started(tmp_path, port, **TWO) as place:
        place.wait_until_open()
        wait_for_all(threads, buyers)
        agree(shop(tmp_path, port, "wait"), buyers)
        late = [Buyer(BUYERS + n, port, product, scene) for n in range(LATECOMERS)]
        for buyer in late:
            buyer.look()
        wait_for_all(in_threads(late), late)
        assert place.stop() == 0
    books = shop(tmp_path, port, "close")
    paid = agree(books, [*buyers, *late])
    assert (len(paid), books["available"]) == (PIECES, 0)
    assert (books["refunds_due"], books["events"]) == (0, 0)
    assert (books["faults"], books["broken"]) == ([], 0)
    assert books["confirmations"] == {order["email"]: 1 for order in paid}


def agree(books: dict[str, Any], buyers: list[Buyer]) -> list[dict[str, Any]]:
    """Checks what holds once the time to pay is over; returns the paid orders."""
    orders = books["orders"]
    paid = [order for order in orders if order["status"] == "paid"]
    for order in paid:
        assert (order["pieces"], order["given_back"]) == (1, 0)
        assert order["charged"] == [order["captured"]] == [order["total"]]
    for order in orders:
        if order["status"] != "paid":
            assert order["status"] == "cancelled"
            assert sum(order["charged"]) == order["given_back"]
    assert len({order["email"] for order in orders}) == len(orders)  # a buyer has one checkout
    assert sorted(int(order["number"][5:]) for order in paid) == list(range(1, len(paid) + 1))
    assert (books["held"], books["available"]) == (0, PIECES - len(paid))
    assert books["unknown_charges"] == 0
    told = {buyer.order_page for buyer in buyers if buyer.ending is Ending.PAID}
    assert told <= {order["page"] for order in paid}
    return paid
