"""A load generator: keep-alive HTTP/1.1 over raw sockets, in a process of its own.

Reads a plan as JSON from standard input, prints what it measured as JSON. It parses only what it
needs, so that it takes little of the machine that it measures.
"""

import asyncio
import itertools
import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Ask:
    """A GET request; ``cookie`` and ``accept`` are the headers' values, '' for none."""

    path: str
    cookie: str = ""
    accept: str = ""

    def bytes(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: fr"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if self.accept:
            lines.append(f"Accept: {self.accept}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True, slots=True)
class Round:
    """What one round measured: answers per second, latencies in milliseconds, bytes a page."""

    rps: float
    latencies_ms: list[float]
    page_bytes: float


def load(port: int, asks: list[Ask], *, seconds: float, concurrency: int = 16) -> Round:
    """Sends ``asks`` again and again for ``seconds``, ``concurrency`` at a time.

    Raises:
        RuntimeError: any answer was not 200.
    """
    plan = {
        "port": port,
        "asks": [asdict(ask) for ask in asks],
        "seconds": seconds,
        "concurrency": concurrency,
    }
    command = [sys.executable, "-m", "bench.load"]
    ended = subprocess.run(
        command, input=json.dumps(plan), capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    return Round(**json.loads(ended.stdout))


async def _client(
    port: int, asks: "itertools.cycle[bytes]", until: float
) -> list[tuple[float, int]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    seen = []
    while time.perf_counter() < until:
        request = next(asks)
        begun = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{request!r} → {head[:200]!r}")
        length = _length(head)
        await reader.readexactly(length)
        seen.append((time.perf_counter() - begun, length))
    writer.close()
    return seen


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0])


async def _all(plan: dict[str, Any]) -> Round:
    wanted = [Ask(**ask).bytes() for ask in plan["asks"]]
    begun = time.perf_counter()
    until = begun + plan["seconds"]
    starts = range(plan["concurrency"])
    clients = [
        _client(
            plan["port"],
            itertools.cycle(wanted[i % len(wanted) :] + wanted[: i % len(wanted)]),
            until,
        )
        for i in starts
    ]
    seen = list(itertools.chain.from_iterable(await asyncio.gather(*clients)))
    taken = time.perf_counter() - begun
    latencies = [round(1000 * seconds, 3) for seconds, _length in seen]
    return Round(len(seen) / taken, latencies, sum(size for _, size in seen) / len(seen))


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_all(json.load(sys.stdin))))))
