"""The one way out: fetch what a stranger's address points to, within bounds.

Pictures, catalogue files and previews all come through here. See ``fetch_guard`` for which
addresses may be reached. Nothing personal goes out: no cookies, no credentials, no proxy taken
from the environment.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import httpcore
import httpx
from django.conf import settings

from comptoir.common.fetch_guard import (
    PUBLIC,
    Deadline,
    FetchError,
    FetchFailed,
    FetchPolicy,
    FetchRefused,
    FetchTimeout,
    FetchTooLarge,
    GuardedBackend,
)
from comptoir.common.fetch_seen import NOT_MODIFIED, NOTHING_SEEN, Seen

__all__ = [
    "PUBLIC",
    "FetchError",
    "FetchFailed",
    "FetchPolicy",
    "FetchRefused",
    "FetchTimeout",
    "FetchTooLarge",
    "Fetched",
    "FetchedFile",
    "Seen",
    "checked_url",
    "fetch",
    "fetch_to_file",
    "site_policy",
]

MAX_URL_LENGTH = 2000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024
_Write = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer in memory; ``url`` is where it came from after redirects."""

    url: str
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """An answer written to a file; ``size`` counts the bytes written.

    ``unchanged``: the server has nothing newer than ``Seen``, and sent nothing.
    """

    url: str
    status: int
    content_type: str
    size: int
    seen: Seen

    @property
    def unchanged(self) -> bool:
        return self.status == NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class _Bounds:
    accept: Collection[str]
    max_bytes: int
    max_redirects: int
    deadline: Deadline
    policy: FetchPolicy
    seen: Seen = NOTHING_SEEN


def site_policy() -> FetchPolicy:
    """The public internet and whatever ``settings.FETCH_ALLOWED_PRIVATE`` adds to it.

    The setting holds exact "address:port" pairs such as "127.0.0.1:8123".
    """
    pairs = (entry.rpartition(":") for entry in settings.FETCH_ALLOWED_PRIVATE)
    extra = frozenset((address.strip("[]"), int(port)) for address, _, port in pairs)
    return FetchPolicy(allowed_endpoints=extra)


def fetch(
    url: str,
    *,
    accept: Collection[str],
    max_bytes: int,
    timeout_s: float,
    max_redirects: int = 3,
    policy: FetchPolicy = PUBLIC,
) -> Fetched:
    """GET ``url`` into memory.

    ``accept`` lists content types, each whole ("text/csv") or a prefix that ends in a slash
    ("image/"); an answer without a type counts as "application/octet-stream". What the body
    really is stays for the caller to find out. ``timeout_s`` bounds the exchange with all its
    redirects, ``max_bytes`` the body before and after decompression.

    Raises FetchRefused, FetchFailed, FetchTooLarge, FetchTimeout (all FetchError).
    """
    body = bytearray()
    bounds = _Bounds(accept, max_bytes, max_redirects, Deadline(timeout_s), policy)
    final, answer = _follow(url, bounds, body.extend)
    return Fetched(final, answer.status, answer.content_type, bytes(body))


def fetch_to_file(
    url: str,
    target: BinaryIO,
    *,
    accept: Collection[str],
    max_bytes: int,
    timeout_s: float,
    max_redirects: int = 3,
    policy: FetchPolicy = PUBLIC,
    seen: Seen = NOTHING_SEEN,
) -> FetchedFile:
    """GET ``url`` into an open binary file, in memory that does not grow with the body.

    With what was ``seen`` before, an answer that did not change is not sent again. Bounds and
    errors as for ``fetch``. After an error the file holds the part that arrived: the caller throws
    it away.
    """
    size = 0

    def write(piece: bytes) -> None:
        nonlocal size
        size += len(piece)
        target.write(piece)

    bounds = _Bounds(accept, max_bytes, max_redirects, Deadline(timeout_s), policy, seen)
    final, answer = _follow(url, bounds, write)
    return FetchedFile(final, answer.status, answer.content_type, size, answer.seen)


def checked_url(url: str, *, policy: FetchPolicy = PUBLIC) -> str:
    """``url`` in its normal ASCII form, without fragment, if it could be fetched at all.

    Looks at the text alone and touches no network, so it can judge a row of a catalogue.
    Raises FetchRefused for another scheme, credentials, an odd port, a missing host or more
    than 2,000 characters.
    """
    return str(_parsed(url, policy))


def _parsed(url: str, policy: FetchPolicy) -> httpx.URL:
    if len(url) > MAX_URL_LENGTH:
        raise FetchRefused(f"the address is longer than {MAX_URL_LENGTH} characters")
    try:
        parsed = httpx.URL(url.strip())
        port = parsed.port or {"http": 80, "https": 443}.get(parsed.scheme, 0)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused("this is not a web address") from error
    if parsed.scheme not in {"http", "https"}:
        raise FetchRefused("only http and https addresses are fetched")
    if not parsed.raw_host:
        raise FetchRefused("the address names no host")
    if parsed.userinfo:
        raise FetchRefused("the address carries a user name or password")
    if not policy.port_may_be_open(port):
        raise FetchRefused(f"port {port} is not fetched from")
    if len(str(parsed)) > MAX_URL_LENGTH:
        raise FetchRefused(f"the address is longer than {MAX_URL_LENGTH} characters")
    return parsed.copy_with(fragment=None)


def _follow(url: str, bounds: _Bounds, write: _Write) -> tuple[str, _Answer]:
    for _ in range(bounds.max_redirects + 1):
        parsed = _parsed(url, bounds.policy)
        answer = _exchange(parsed, bounds, write)
        if isinstance(answer, _Answer):
            return str(parsed), answer
        try:
            url = str(parsed.join(answer))
        except (httpx.InvalidURL, ValueError) as error:
            raise FetchRefused("it redirects to something that is not an address") from error
    raise FetchRefused(f"more than {bounds.max_redirects} redirects")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    content_type: str
    seen: Seen


def _exchange(url: httpx.URL, bounds: _Bounds, write: _Write) -> _Answer | str:
    """One request: the answer once its body is written, or the place it redirects to."""
    backend = GuardedBackend(bounds.policy, bounds.deadline)
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    headers = [
        ("User-Agent", bounds.policy.user_agent),
        ("Accept", ", ".join(f"{t}*" if t.endswith("/") else t for t in bounds.accept)),
        ("Accept-Encoding", "gzip"),
        *bounds.seen.headers(),
    ]
    tls = bounds.policy.tls() if url.scheme == "https" else None
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=tls, max_connections=1, network_backend=backend
            ) as pool,
            pool.stream("GET", target, headers=headers) as response,
        ):
            return _take(response, bounds, write)
    except httpcore.TimeoutException as error:
        raise FetchTimeout(f"took longer than {bounds.deadline.seconds:g} s") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise FetchFailed(f"the exchange broke off: {error}") from error


def _take(response: httpcore.Response, bounds: _Bounds, write: _Write) -> _Answer | str:
    headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    if response.status in _REDIRECTS and b"location" in headers:
        return headers[b"location"]
    seen = Seen(headers.get(b"etag", "")[:200], headers.get(b"last-modified", "")[:100])
    if response.status == NOT_MODIFIED and bounds.seen.headers():
        return _Answer(response.status, "", bounds.seen)
    if not 200 <= response.status < 300:
        raise FetchFailed(f"the answer was status {response.status}", status=response.status)
    content_type = headers.get(b"content-type", "application/octet-stream")
    content_type = content_type.partition(";")[0].strip().lower()
    if not _accepted(content_type, bounds.accept):
        raise FetchRefused(f"the content type is {content_type[:80]}")
    for piece in _decoded(response, headers, bounds.max_bytes):
        write(piece)
    return _Answer(response.status, content_type, seen)


def _accepted(content_type: str, accept: Collection[str]) -> bool:
    return any(
        content_type.startswith(entry) if entry.endswith("/") else content_type == entry
        for entry in accept
    )


def _decoded(
    response: httpcore.Response, headers: dict[bytes, str], max_bytes: int
) -> Iterator[bytes]:
    encoding = headers.get(b"content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip"}:
        raise FetchFailed("it is compressed in a way that was not asked for")
    announced = headers.get(b"content-length", "")
    if announced.isdecimal() and int(announced[:20]) > max_bytes:
        raise FetchTooLarge(f"larger than {max_bytes} bytes")
    wire = _counted(response.iter_stream(), max_bytes)
    yield from _counted(_inflated(wire), max_bytes) if "gzip" in encoding else wire


def _counted(pieces: Iterator[bytes], max_bytes: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > max_bytes:
            raise FetchTooLarge(f"larger than {max_bytes} bytes")
        yield piece


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Gzip members, unpacked a bounded piece at a time so that a bomb never unfolds."""
    member = zlib.decompressobj(wbits=31)
    try:
        for piece in pieces:
            rest = piece
            while rest:
                if member.eof:
                    member = zlib.decompressobj(wbits=31)
                yield member.decompress(rest, _PIECE)
                rest = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error as error:
        raise FetchFailed("the compressed answer is damaged") from error
    if not member.eof:
        raise FetchFailed("the compressed answer is cut short")
