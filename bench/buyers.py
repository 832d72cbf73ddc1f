"""Buyers over HTTP, in a process of their own: each opens the sheet, orders, pays, is thanked.

Reads a plan as JSON from standard input, prints what it measured as JSON.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
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

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self.cookies: dict[str, str] = {}
        self.queries = 0
        self.form_token = ""

    async def get(self, path: str, *, fragment: bool = False) -> Answer:
        return await self._ask("GET", path, b"", fragment)

    async def post(
        self, path: str, form: dict[str, str] | list[tuple[str, str]], *, fragment: bool = False
    ) -> Answer:
        return await self._ask("POST", path, urlencode(form).encode(), fragment)

    async def token(self) -> str:
        """The token that forms carry; the first page that one sees gives it out."""
        if not self.form_token:
            page = await self.get("/basket")
            found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
            if found is None:
                raise RuntimeError("the page has no form")
            self.form_token = found[1]
        return self.form_token

    async def _ask(self, method: str, path: str, body: bytes, fragment: bool) -> Answer:
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: fr"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if fragment:
            lines.append("HX-Request: true")
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        self._writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
        return await self._answer()

    async def _answer(self) -> Answer:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *rest = head.strip().split("\r\n")
        headers: dict[str, str] = {}
        for line in rest:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[key] = content
            headers[name.lower()] = value
        body = await self._reader.readexactly(int(headers.get("content-length", 0)))
        self.queries += int(headers.get("x-queries", 0))
        return Answer(int(first.split()[1]), headers, body.decode())


def _expect(answer: Answer, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise RuntimeError(f"{answer.status}: {answer.text[:1000]}")
    return answer


async def buy(browser: Browser, variants: list[int], shop: int, *, look: bool = False) -> None:
    """One purchase by a guest: of one thing from its sheet; of several, put into the basket first
    one after the other, or chosen of a ``look`` together.

    Raises:
        RuntimeError: a step was not answered as it should be, or the order is not paid.
    """
    if len(variants) == 1:
        sheet = await browser.get(f"/checkout/new?variant={variants[0]}", fragment=True)
    elif look:
        chosen = [("variant", str(variant)) for variant in variants]
        form = [*chosen, ("csrfmiddlewaretoken", await browser.token())]
        sheet = await browser.post("/looks/checkout", form, fragment=True)
    else:
        for variant in variants:
            put_in = {"variant": str(variant), "csrfmiddlewaretoken": await browser.token()}
            _expect(await browser.post("/basket/lines", put_in, fragment=True), 204)
        sheet = await browser.get(f"/checkout/new?shop={shop}", fragment=True)
    fields = dict(FIELD.findall(_expect(sheet, 200).text))
    fields["delivery"] = DELIVERY.findall(sheet.text)[0]
    fields["pay"] = PAY.findall(sheet.text)[0]
    done = _expect(await browser.post("/checkout", {**fields, **GUEST}, fragment=True), 200)
    if "/orders/" not in done.headers.get("hx-push-url", ""):
        raise RuntimeError(done.text[:1000])


async def _buyer(plan: dict[str, Any], number: int, until: float) -> list[tuple[float, int]]:
    random, seen = Random(f"buyer {number} {until}"), []
    reader, writer = await asyncio.open_connection("127.0.0.1", plan["port"], limit=2**22)
    shops = [one for one in plan["shops"] if len(one[1]) >= plan["lines"]]
    browser = Browser(reader, writer)
    await browser.token()
    while time.perf_counter() < until:
        browser.queries = 0
        shop, variants = random.choice(shops)
        begun = time.perf_counter()
        await buy(browser, random.sample(variants, plan["lines"]), shop, look=plan["look"])
        seen.append((time.perf_counter() - begun, browser.queries))
    writer.close()
    return seen


async def _all(plan: dict[str, Any]) -> Purchases:
    begun = time.perf_counter()
    until = begun + plan["seconds"]
    buyers = [_buyer(plan, number, until) for number in range(plan["buyers"])]
    seen = [one for found in await asyncio.gather(*buyers) for one in found]
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
    print(json.dumps(asdict(asyncio.run(_all(json.load(sys.stdin))))))
