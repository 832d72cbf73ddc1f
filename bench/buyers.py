"""Buyers over HTTP, in a process of their own: each opens the sheet, orders, pays, is thanked.

Reads a plan as JSON from standard input, prints what it measured as JSON. A buyer is a thread with
a plain socket, so that the buyers take little of the machine that they measure.
"""

import json
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

import psycopg

FIELD = re.compile(r'name="(\w+)"(?: id="\w+")?(?: autocomplete="\w+")? value="([^"]*)"')
DELIVERY = re.compile(r'name="delivery"[^>]*value="(\d+)"')
PAY = re.compile(r'name="pay"[^>]*value="([^"]+)"')
SHELVES = """
SELECT p.shop_id, array_agg(v.id) FROM catalog_variant v
JOIN catalog_product p ON p.id = v.product_id GROUP BY p.shop_id
"""
GUEST = {
    "email": "ines@town.example",
    "recipient": "Inès Le Goff",
    "address1": "3 rue du Port",
    "address2": "",
    "postcode": "29100",
    "city": "Douarnenez",
    "country": "FR",
    "quantity": "1",
}


@dataclass(frozen=True, slots=True)
class Purchases:
    """What a round measured. ``queries``: the most SQL statements that a purchase took."""

    done: int
    per_s: float
    latencies_ms: list[float]
    queries: int


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


class Browser:
    """One connection with its cookies."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._answers = connection, connection.makefile("rb", 2**16)
        self.cookies: dict[str, str] = {}
        self.queries = 0
        self.form_token = ""

    def get(self, path: str, *, fragment: bool = False) -> Answer:
        return self._ask("GET", path, b"", fragment)

    def post(
        self, path: str, form: dict[str, str] | list[tuple[str, str]], *, fragment: bool = False
    ) -> Answer:
        return self._ask("POST", path, urlencode(form).encode(), fragment)

    def token(self) -> str:
        """The token that forms carry; the first page that one sees gives it out."""
        if not self.form_token:
            page = self.get("/basket")
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
            if found is None:
                raise RuntimeError("the page has no form")
            self.form_token = found[1]
        return self.form_token

    def _ask(self, method: str, path: str, body: bytes, fragment: bool) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: fr"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if fragment:
            lines.append("HX-Request: true")
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        self._connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        return self._answer()

    def _answer(self) -> Answer:
        status = int(self._answers.readline().split()[1])
        headers: dict[str, str] = {}
        while line := self._answers.readline().rstrip().decode("latin-1"):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[key] = content
            headers[name.lower()] = value
        body = self._answers.read(int(headers.get("content-length", 0)))
        self.queries += int(headers.get("x-queries", 0))
        return Answer(status, headers, body.decode())


def _expect(answer: Answer, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise RuntimeError(f"{answer.status}: {answer.text[:1000]}")
    return answer


def buy(browser: Browser, variants: list[int], shop: int, *, look: bool = False) -> None:
    """One purchase by a guest: of one thing from its sheet; of several, put into the basket first
    one after the other, or chosen of a ``look`` together.

    Raises:
        RuntimeError: a step was not answered as it should be, or the order is not paid.
    """
    if len(variants) == 1:
        sheet = browser.get(f"/checkout/new?variant={variants[0]}", fragment=True)
    elif look:
        chosen = [("variant", str(variant)) for variant in variants]
        form = [*chosen, ("csrfmiddlewaretoken", browser.token())]
        sheet = browser.post("/looks/checkout", form, fragment=True)
    else:
        for variant in variants:
            put_in = {"variant": str(variant), "csrfmiddlewaretoken": browser.token()}
            _expect(browser.post("/basket/lines", put_in, fragment=True), 204)
        sheet = browser.get(f"/checkout/new?shop={shop}", fragment=True)
    fields = dict(FIELD.findall(_expect(sheet, 200).text))
    fields["delivery"] = DELIVERY.findall(sheet.text)[0]
    fields["pay"] = PAY.findall(sheet.text)[0]
    done = _expect(browser.post("/checkout", {**fields, **GUEST}, fragment=True), 200)
    if "/orders/" not in done.headers.get("hx-push-url", ""):
        raise RuntimeError(done.text[:1000])


def _buyer(plan: dict[str, Any], number: int, until: float) -> list[tuple[float, int]]:
    random, seen = Random(f"buyer {number} {until}"), []
    shops = [one for one in plan["shops"] if len(one[1]) >= plan["lines"]]
    with socket.create_connection(("127.0.0.1", plan["port"])) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        browser = Browser(connection)
        browser.token()
        while time.perf_counter() < until:
            browser.queries = 0
            shop, variants = random.choice(shops)
            begun = time.perf_counter()
            buy(browser, random.sample(variants, plan["lines"]), shop, look=plan["look"])
            seen.append((time.perf_counter() - begun, browser.queries))
    return seen


def _all(plan: dict[str, Any]) -> Purchases:
    begun = time.perf_counter()
    until = begun + plan["seconds"]
    with ThreadPoolExecutor(plan["buyers"]) as threads:
        buyers = [threads.submit(_buyer, plan, n, until) for n in range(plan["buyers"])]
        seen = [one for buyer in buyers for one in buyer.result()]
    taken = time.perf_counter() - begun
    latencies = [round(1000 * seconds, 2) for seconds, _queries in seen]
    return Purchases(len(seen), len(seen) / taken, latencies, max((q for _, q in seen), default=0))


def shelves(url: str) -> list[tuple[int, list[int]]]:
    """Each shop with the variants that it sells."""
    with psycopg.connect(url) as connection:
        return connection.execute(SHELVES).fetchall()


def purchases(
    port: int, url: str, *, seconds: float, buyers: int = 8, lines: int = 1, look: bool = False
) -> Purchases:
    """``buyers`` at once buy for ``seconds``, one purchase of ``lines`` things after another; see
    ``buy``.

    Raises:
        RuntimeError: a purchase failed.
    """
    plan = json.dumps(
        {
            "port": port,
            "seconds": seconds,
            "buyers": buyers,
            "lines": lines,
            "look": look,
            "shops": shelves(url),
        }
    )
    command = [sys.executable, "-m", "bench.buyers"]
    ended = subprocess.run(command, input=plan, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    return Purchases(**json.loads(ended.stdout))


if __name__ == "__main__":
    print(json.dumps(asdict(_all(json.load(sys.stdin)))))
