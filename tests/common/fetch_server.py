"""A real HTTP server on the loopback whose answers each test writes byte by byte."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from comptoir.common.fetch import FetchPolicy, fetch

Answer = Callable[[socket.socket], None]


@dataclass
class LoopbackServer:
    """Answers each path with what ``answers`` holds; ``requests`` keeps what it was sent."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def url(self, path: str, *, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def handle(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            received = connection.recv(4096)
            if not received:
                return
            head += received
        text = head.decode("latin-1")
        self.requests.append(text)
        self.answers[text.split(" ")[1]](connection)


def says(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    content_type: str | None = "image/png",
    **more: str,
) -> Answer:
    """A whole answer; keyword arguments become headers (``content_encoding="gzip"``)."""
    headers = {"Content-Length": str(len(body)), "Connection": "close"}
    if content_type is not None:
        headers["Content-Type"] = content_type
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    raw = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body
    return lambda connection: connection.sendall(raw)


def redirects(to: str, *, status: str = "302 Found") -> Answer:
    return says(status=status, Location=to)


@contextmanager
def loopback_server(
    tls: ssl.SSLContext | None = None, address: str = "127.0.0.1"
) -> Iterator[LoopbackServer]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as listening:
        server = LoopbackServer(port=listening.getsockname()[1])
        done = threading.Event()
        thread = threading.Thread(target=_serve, args=(listening, server, tls, done), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            done.set()
            # Wakes accept(), which closing the socket from another thread would not.
            socket.create_connection((address, server.port)).close()
            thread.join()


def _serve(
    listening: socket.socket,
    server: LoopbackServer,
    tls: ssl.SSLContext | None,
    done: threading.Event,
) -> None:
    while True:
        connection, _ = listening.accept()
        if done.is_set():
            connection.close()
            return
        threading.Thread(target=_answer, args=(connection, server, tls), daemon=True).start()


def _answer(raw: socket.socket, server: LoopbackServer, tls: ssl.SSLContext | None) -> None:
    # A client that gives up is what several tests are about.
    try:
        with tls.wrap_socket(raw, server_side=True) if tls else raw as connection:
            server.handle(connection)
    except OSError:
        raw.close()


def reaching(server: LoopbackServer, names: Sequence[str] = ()) -> FetchPolicy:
    """A policy that lets this one loopback server through; ``names`` resolve to it."""

    def resolver(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host in names else [host]

    return FetchPolicy(allowed_endpoints=frozenset({("127.0.0.1", server.port)}), resolver=resolver)


def get(url: str, policy: FetchPolicy, **bounds: Any) -> bytes:
    settings: dict[str, Any] = {
        "accept": ["image/"],
        "max_bytes": 100_000,
        "timeout_s": 20.0,
    } | bounds
    return fetch(url, policy=policy, **settings).body
