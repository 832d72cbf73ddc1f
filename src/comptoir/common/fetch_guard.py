# ruff: noqa: ARG002 (the signatures are those of httpcore's network backends)
"""Who an outgoing request may talk to, and for how long.

The name is resolved once, every address it gives is judged, and the connection goes to the
address that was judged: a name that answers differently a moment later (DNS rebinding) gains
nothing, because nothing asks again. The deadline is for the whole exchange; a server that sends
one byte at a time does not get a new allowance with each byte.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from typing import Any

import httpcore
import httpx

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

STANDARD_PORTS = frozenset({80, 443})
USER_AGENT = "Comptoir (fetches pictures, catalogues and link previews)"

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Python 3.11 calls these global; IANA's special-purpose registries do not.
_NOT_GLOBAL_EITHER = (
    ipaddress.ip_network("192.88.99.0/24"),
    ipaddress.ip_network("2001:20::/28"),
    ipaddress.ip_network("3fff::/20"),
)
# getaddrinfo has no timeout of its own: it runs here, and the caller stops waiting for it.
_resolving = ThreadPoolExecutor(max_workers=8, thread_name_prefix="resolve")


class FetchError(Exception):
    """Any reason why something was not fetched; ``str()`` is one sentence for a report."""

    temporary = False


class FetchRefused(FetchError):
    """The address, a redirect or the content type is one that we do not accept."""


class FetchTooLarge(FetchError):
    """More bytes than allowed, counted on the wire and again after decompression."""


class FetchTimeout(FetchError):
    """The whole exchange took longer than its deadline."""

    temporary = True


class FetchFailed(FetchError):
    """The other side could not be reached or answered with an error.

    ``status`` is its HTTP status where there was one; ``temporary`` says whether trying again
    later can help (network trouble, 408, 425, 429 and 5xx).
    """

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.temporary = status is None or status in {408, 425, 429} or status >= 500


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Every address of ``host``, in the order the system prefers."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@functools.cache
def _system_tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What may be reached.

    ``allowed_endpoints`` holds exact (address, port) pairs that are let through although they
    are private or on an odd port: a shop's own file server, or the loopback server of a test.
    """

    allowed_endpoints: frozenset[tuple[str, int]] = frozenset()
    resolver: Resolver = system_resolver
    tls: Callable[[], ssl.SSLContext] = _system_tls
    user_agent: str = USER_AGENT

    def port_may_be_open(self, port: int) -> bool:
        """Whether any address at all may be reached on this port."""
        return port in STANDARD_PORTS or any(port == open_ for _, open_ in self.allowed_endpoints)

    def accepts(self, address: str, port: int) -> bool:
        """Whether this address may be reached on this port."""
        if (address, port) in self.allowed_endpoints:
            return True
        return port in STANDARD_PORTS and is_public(address)


PUBLIC = FetchPolicy()


def is_public(address: str) -> bool:
    """Whether ``address`` is a unicast address of the public internet.

    IPv4 inside IPv6 (mapped, NAT64, 6to4) is judged by the IPv4 address as well. Teredo,
    local NAT64 prefixes and all that lies outside 2000::/3 is refused.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_plain_public(ip)
    if ip.ipv4_mapped is not None or ip in _NAT64:
        return ip.scope_id is None and _is_plain_public(ipaddress.IPv4Address(ip.packed[-4:]))
    if ip.sixtofour is not None and not _is_plain_public(ip.sixtofour):
        return False
    outside = ip.scope_id is not None or ip not in _GLOBAL_UNICAST or ip.teredo is not None
    return not outside and _is_plain_public(ip)


def _is_plain_public(ip: IPAddress) -> bool:
    if any(ip.version == net.version and ip in net for net in _NOT_GLOBAL_EITHER):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Deadline:
    """A moment after which nothing more is waited for."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left, above zero.

        Raises FetchTimeout when there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchTimeout(f"took longer than {self.seconds:g} s")
        return left


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every wait ends with the deadline of the whole exchange."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.remaining())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.remaining())
        return _DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to judged addresses only.

    It sits below the HTTP layer, which keeps the name for the Host header, for SNI and for
    checking the certificate, while the socket goes to the pinned address.
    """

    def __init__(self, policy: FetchPolicy, deadline: Deadline) -> None:
        self._policy = policy
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._judged_addresses(host, port)
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(address, port, self._deadline.remaining())
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return _DeadlineStream(stream, self._deadline)
        self._deadline.remaining()
        raise FetchFailed(f"{host} does not accept connections")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        raise FetchRefused("local sockets are never reached")

    def _judged_addresses(self, host: str, port: int) -> Sequence[str]:
        waiting = _resolving.submit(self._policy.resolver, host.strip("[]"), port)
        try:
            addresses = waiting.result(timeout=self._deadline.remaining())
        except FutureTimeout as error:
            waiting.cancel()
            raise FetchTimeout(f"the name {host} took too long to resolve") from error
        except (OSError, UnicodeError) as error:
            raise FetchFailed(f"the name {host} does not resolve") from error
        if not addresses:
            raise FetchFailed(f"the name {host} has no address")
        # One private address among public ones is how a rebinding name looks: refuse them all.
        for address in addresses:
            if not self._policy.accepts(address, port):
                raise FetchRefused(f"{host} is not on the public internet")
        return addresses
