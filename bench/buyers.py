"""Buyers over HTTP, in a process of their own: each opens the sheet, pays, and sees the order.

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
from urllib.parse import urlencode, urlsplit

FIELD = re.compile(r'name="(\w+)"(?: id="\w+")?(?: autocomplete="\w+")? value="([^"]*)"')
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

    async def get(self, path: str, *, fragment: bool = False) -> Answer:
        return await self._ask("GET", path, b"", fragment)

    async def post(self, path: str, form: dict[str, str], *, fragment: bool = False) -> Answer:
        return await self._ask("POST", path, urlencode(form).encode(), fragment)

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


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _expect(answer: Answer, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise RuntimeError(f"{answer.status}: {answer.text[:1000]}")
    return answer


async def buy(browser: Browser, product_id: int) -> None:
    """One purchase by a guest, from the card to the order's page.

    Raises:
        RuntimeError: a step was not answered as it should be, or the order is not paid.
    """
    sheet = _expect(await browser.get(f"/products/{product_id}/buy", fragment=True), 200)
    fields = dict(FIELD.findall(sheet.text))
    fields["delivery"] = re.findall(r'name="delivery"[^>]*value="(\d+)"', sheet.text)[0]
    gone = _expect(await browser.post("/checkout", {**fields, **GUEST}, fragment=True), 204)
    bank = _path(gone.headers["hx-redirect"])
    page = _expect(await browser.get(bank), 200)
    token = dict(FIELD.findall(page.text))["csrfmiddlewaretoken"]
    choice = {"csrfmiddlewaretoken": token, "choice": "approve"}
    back = _expect(await browser.post(bank, choice), 302)
    home = _expect(await browser.get(_path(back.headers["location"])), 302)
    _expect(await browser.get(_path(home.headers["location"])), 200)


async def _buyer(port: int, number: int, until: float) -> list[tuple[float, int]]:
    random, seen = Random(f"buyer {number} {until}"), []
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    while time.perf_counter() < until:
        browser = Browser(reader, writer)
        begun = time.perf_counter()
        await buy(browser, random.randint(1, 1000))
        seen.append((time.perf_counter() - begun, browser.queries))
    writer.close()
    return seen


async def _all(plan: dict[str, Any]) -> Purchases:
    begun = time.perf_counter()
    until = begun + plan["seconds"]
    buyers = [_buyer(plan["port"], number, until) for number in range(plan["buyers"])]
    seen = [one for found in await asyncio.gather(*buyers) for one in found]
    taken = time.perf_counter() - begun
    latencies = [round(1000 * seconds, 2) for seconds, _queries in seen]
    return Purchases(len(seen), len(seen) / taken, latencies, max(q for _, q in seen))


def purchases(port: int, *, seconds: float, buyers: int = 8) -> Purchases:
    """``buyers`` at once buy for ``seconds``, each one thing after another.

    Raises:
        RuntimeError: a purchase failed.
    """
    plan = json.dumps({"port": port, "seconds": seconds, "buyers": buyers})
    command = [sys.executable, "-m", "bench.buyers"]
    ended = subprocess.run(command, input=plan, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    return Purchases(**json.loads(ended.stdout))


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_all(json.load(sys.stdin))))))
