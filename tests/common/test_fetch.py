"""What a fetched answer may be: its size, its time, its type and its encoding."""

from __future__ import annotations

import gzip
import io
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Sequence

import pytest

from comptoir.common.fetch import (
    FetchFailed,
    FetchPolicy,
    FetchRefused,
    FetchTimeout,
    FetchTooLarge,
    fetch,
    fetch_to_file,
)
from tests.common.fetch_server import (
    LoopbackServer,
    get,
    loopback_server,
    reaching,
    says,
)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        yield running


def test_an_answer_comes_with_its_type_and_place(server: LoopbackServer) -> None:
    server.answers["/a?b=%20c"] = says(b"bytes", content_type="Image/PNG; charset=x")
    got = fetch(
        server.url("/a?b=%20c#part", host="zinc.example"),
        accept=["image/"],
        max_bytes=5,
        timeout_s=20,
        policy=reaching(server, names=["zinc.example"]),
    )
    assert (got.status, got.content_type, got.body) == (200, "image/png", b"bytes")
    assert got.url == server.url("/a?b=%20c", host="zinc.example")


def test_the_request_carries_the_name_and_nothing_personal(
    server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.answers["/"] = says(b"x", Set_Cookie="spy=1")
    policy = reaching(server, names=["zinc.example"])
    for _ in range(2):
        get(server.url("/", host="zinc.example"), policy)
    head = server.requests[1].lower()
    assert f"host: zinc.example:{server.port}\r\n" in head
    assert "user-agent: comptoir" in head
    assert not any(word in head for word in ("cookie", "authorization", "referer"))


def _forever(piece: bytes, head: bytes = b"") -> Callable[[socket.socket], None]:
    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)
            time.sleep(0.02)

    return drip


@pytest.mark.parametrize(
    ("piece", "head"),
    [
        (b"x", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99999\r\n\r\n"),
        (b"x", b"HTTP/1.1 200 OK\r\nX-Slow: "),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", b""),
    ],
    ids=["body", "headers", "interim answers"],
)
def test_one_byte_at_a_time_does_not_stretch_the_deadline(
    server: LoopbackServer, piece: bytes, head: bytes
) -> None:
    server.answers["/"] = _forever(piece, head)
    with pytest.raises(FetchTimeout, match=r"0\.3 s") as late:
        get(server.url("/"), reaching(server), timeout_s=0.3)
    assert late.value.temporary


def test_a_silent_server_and_a_slow_resolver_run_into_the_deadline(server: LoopbackServer) -> None:
    server.answers["/"] = lambda _connection: time.sleep(1)
    with pytest.raises(FetchTimeout):
        get(server.url("/"), reaching(server), timeout_s=0.2)

    def slow(host: str, port: int) -> Sequence[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    with pytest.raises(FetchTimeout, match="resolve"):
        get("http://slow.example/", FetchPolicy(resolver=slow), timeout_s=0.2)


def test_a_body_is_bounded_whether_or_not_it_says_its_size(server: LoopbackServer) -> None:
    server.answers["/said"] = says(b"x" * 101)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n"
    server.answers["/unsaid"] = _forever(b"x" * 60, head + b"\r\n")
    server.answers["/chunked"] = _forever(
        b"3c\r\n" + b"x" * 60 + b"\r\n", head + b"Transfer-Encoding: chunked\r\n\r\n"
    )
    for path in ("/said", "/unsaid", "/chunked"):
        with pytest.raises(FetchTooLarge, match="100 bytes"):
            get(server.url(path), reaching(server), max_bytes=100)
    server.answers["/fits"] = says(b"x" * 100)
    assert len(get(server.url("/fits"), reaching(server), max_bytes=100)) == 100


def test_gzip_is_read_and_a_bomb_never_unfolds(server: LoopbackServer) -> None:
    server.answers["/plain"] = says(gzip.compress(b"hello " * 50), content_encoding="gzip")
    assert get(server.url("/plain"), reaching(server)) == b"hello " * 50
    two = gzip.compress(b"one ") + gzip.compress(b"two")
    server.answers["/members"] = says(two, content_encoding="gzip")
    assert get(server.url("/members"), reaching(server)) == b"one two"

    bomb = gzip.compress(bytes(80_000_000), compresslevel=9)
    assert len(bomb) < 100_000
    server.answers["/bomb"] = says(bomb, content_encoding="gzip")
    with pytest.raises(FetchTooLarge):
        get(server.url("/bomb"), reaching(server))


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"not gzip at all", "gzip"),
        (gzip.compress(b"hello" * 99)[:-9], "gzip"),
        (gzip.compress(b"x") + b"tail", "gzip"),
        (zlib.compress(b"x"), "deflate"),
        (gzip.compress(gzip.compress(b"x")), "gzip, gzip"),
        (b"x", "br"),
    ],
    # gzip writes the time: a test named after its bytes has another name in every process.
    ids=["no gzip", "cut", "tail", "deflate", "twice", "brotli"],
)
def test_damaged_or_unasked_compression_fails(
    server: LoopbackServer, body: bytes, encoding: str
) -> None:
    server.answers["/"] = says(body, content_encoding=encoding)
    with pytest.raises(FetchFailed, match="compressed"):
        get(server.url("/"), reaching(server))


@pytest.mark.parametrize("content_type", ["text/html", "imagery/png", "", None])
def test_another_content_type_is_refused(server: LoopbackServer, content_type: str | None) -> None:
    server.answers["/"] = says(b"x", content_type=content_type)
    with pytest.raises(FetchRefused, match="content type"):
        get(server.url("/"), reaching(server))


def test_an_answer_without_type_counts_as_bytes(server: LoopbackServer) -> None:
    server.answers["/"] = says(b"x", content_type=None)
    assert get(server.url("/"), reaching(server), accept=["application/octet-stream"]) == b"x"


@pytest.mark.parametrize(
    ("status", "temporary"),
    [("404 Gone Fishing", False), ("403 No", False), ("429 Slow", True), ("503 Later", True)],
)
def test_an_error_status_says_whether_to_come_back(
    server: LoopbackServer, status: str, temporary: bool
) -> None:
    server.answers["/"] = says(b"x", status=status)
    with pytest.raises(FetchFailed) as failure:
        get(server.url("/"), reaching(server))
    assert (failure.value.status, failure.value.temporary) == (int(status[:3]), temporary)


def test_a_cut_or_senseless_answer_fails(server: LoopbackServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 10\r\n\r\nshort"
    server.answers["/cut"] = lambda connection: connection.sendall(head)
    server.answers["/senseless"] = lambda connection: connection.sendall(b"\x00\x01\r\n\r\n")
    server.answers["/endless"] = _forever(b"X-A: " + b"a" * 50_000 + b"\r\n", b"HTTP/1.1 200 K\r\n")
    for path in ("/cut", "/senseless", "/endless"):
        with pytest.raises(FetchFailed):
            get(server.url(path), reaching(server))


def test_a_large_file_is_written_as_it_comes(server: LoopbackServer) -> None:
    content = b"id;title\n" * 50_000
    server.answers["/feed"] = says(
        gzip.compress(content), content_type="text/csv", content_encoding="gzip"
    )
    target = io.BytesIO()
    got = fetch_to_file(
        server.url("/feed"),
        target,
        accept=["text/csv"],
        max_bytes=len(content),
        timeout_s=20,
        policy=reaching(server),
    )
    assert (got.size, got.content_type) == (len(content), "text/csv")
    assert target.getvalue() == content
