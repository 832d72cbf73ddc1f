"""Where a request may go: addresses, names, redirects and certificates (survival line 24)."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import trustme

from comptoir.common.fetch import (
    PUBLIC,
    FetchFailed,
    FetchPolicy,
    FetchRefused,
    checked_url,
    site_policy,
)
from comptoir.common.fetch_guard import Deadline, GuardedBackend, is_public
from tests.common.fetch_server import (
    LoopbackServer,
    get,
    loopback_server,
    reaching,
    redirects,
    says,
)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with loopback_server() as running:
        yield running


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),  # noqa: S104
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.1.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "ff0e::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1"),
        *("64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:a00:1::1", "2001:0:1::1", "2001:db8::1"),
        *("3fff::1", "4000::1", "100::1", "192.88.99.1", "not an address"),
    ],
)
def test_an_address_off_the_public_internet_is_refused(address: str) -> None:
    assert not is_public(address)
    policy = FetchPolicy(resolver=lambda _host, _port: ["93.184.216.34", address])
    with pytest.raises(FetchRefused, match="not on the public internet"):
        get("http://two-faced.example/", policy)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"],
)
def test_a_public_address_is_accepted(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *("http://localhost/", "http://127.0.0.1/", "http://127.1/", "http://0x7f000001/"),
        *("http://2130706433/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"),
    ],
)
def test_this_machine_is_refused_however_it_is_spelt(url: str) -> None:
    with pytest.raises(FetchRefused, match="public internet"):
        get(url, PUBLIC)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://zinc.example/a.png", "http and https"),
        ("file:///etc/passwd", "http and https"),
        ("gopher://zinc.example/", "http and https"),
        ("data:image/png;base64,AA==", "http and https"),
        ("//zinc.example/a.png", "http and https"),
        ("a.png", "http and https"),
        ("", "http and https"),
        ("http:///a.png", "no host"),
        ("http://ines:secret@zinc.example/", "user name"),
        ("http://zinc.example:22/", "port 22"),
        ("https://zinc.example:8443/", "port 8443"),
        ("http://zinc.example:99999/", "port 99999"),
        ("http://zinc.example:http/", "not a web address"),
        ("http://[::zinc]/", "not a web address"),
        ("http://zinc.example/\x00", "not a web address"),
        ("http://zinc.example/\ud800", "not a web address"),
        ("http://zinc.example/" + "a" * 2000, "longer"),
        ("http://zinc.example/" + "é" * 1000, "longer"),
    ],
)
def test_an_address_is_judged_by_its_text(url: str, why: str) -> None:
    with pytest.raises(FetchRefused, match=why):
        checked_url(url)
    with pytest.raises(FetchRefused, match=why):
        get(url, PUBLIC)


def test_an_address_is_kept_in_its_normal_form() -> None:
    assert checked_url(" HTTPS://Müller.example:443/é a#x ") == (
        "https://xn--mller-kva.example/%C3%A9%20a"
    )


def test_the_name_is_resolved_once_and_the_answer_pinned(server: LoopbackServer) -> None:
    """Rebinding: whatever the name says the second time, nobody asks a second time."""
    server.answers["/"] = says(b"x")
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    allowed = frozenset({("127.0.0.1", server.port)})
    policy = FetchPolicy(allowed_endpoints=allowed, resolver=rebinding)
    assert get(server.url("/", host="rebinding.example"), policy) == b"x"
    assert asked == ["rebinding.example"]
    with pytest.raises(FetchRefused, match="public internet"):
        get(server.url("/", host="rebinding.example"), policy)


def test_a_redirect_is_followed_relative_to_where_it_stands(server: LoopbackServer) -> None:
    server.answers["/shop/a"] = redirects("b?c=1", status="308 Permanent Redirect")
    server.answers["/shop/b?c=1"] = says(b"arrived")
    assert get(server.url("/shop/a"), reaching(server)) == b"arrived"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("http://10.0.0.1/", "public internet"),
        ("http://[::ffff:169.254.169.254]/latest/meta-data", "public internet"),
        ("http://127.0.0.1:5432/", "port 5432"),
        ("http://127.0.0.1/", "public internet"),
        ("file:///etc/passwd", "http and https"),
        ("http://ines:secret@zinc.example/", "user name"),
        ("http://[::zinc]/", "not an address"),
    ],
)
def test_every_redirect_is_judged_again(server: LoopbackServer, to: str, why: str) -> None:
    server.answers["/"] = redirects(to)
    with pytest.raises(FetchRefused, match=why):
        get(server.url("/"), reaching(server))


def test_a_redirect_loop_ends(server: LoopbackServer) -> None:
    server.answers["/"] = redirects("/")
    with pytest.raises(FetchRefused, match="3 redirects"):
        get(server.url("/"), reaching(server))
    assert len(server.requests) == 4


def test_local_sockets_are_out_of_reach() -> None:
    with pytest.raises(FetchRefused):
        GuardedBackend(PUBLIC, Deadline(1)).connect_unix_socket("/run/postgresql")


def test_the_next_address_is_tried_when_the_first_is_closed(server: LoopbackServer) -> None:
    server.answers["/"] = says(b"x")
    closed = "127.0.0.2"
    policy = FetchPolicy(
        allowed_endpoints=frozenset({("127.0.0.1", server.port), (closed, server.port)}),
        resolver=lambda _host, _port: [closed, "127.0.0.1"],
    )
    assert get(server.url("/", host="zinc.example"), policy) == b"x"
    with pytest.raises(FetchFailed, match="does not accept"):
        get(
            server.url("/", host=closed),
            FetchPolicy(policy.allowed_endpoints, lambda host, _: [host]),
        )


@pytest.mark.parametrize("fails", [True, False])
def test_a_name_without_address_fails(fails: bool) -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        if fails:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return []

    with pytest.raises(FetchFailed, match=r"nowhere\.example"):
        get("http://nowhere.example/", FetchPolicy(resolver=unknown))


def test_the_site_may_open_one_endpoint_of_its_own(server: LoopbackServer, settings: Any) -> None:
    server.answers["/"] = says(b"x")
    with pytest.raises(FetchRefused):
        get(server.url("/"), site_policy())
    settings.FETCH_ALLOWED_PRIVATE = [f"127.0.0.1:{server.port}", "[::1]:81"]
    assert get(server.url("/"), site_policy()) == b"x"
    assert site_policy().accepts("::1", 81)
    assert not site_policy().accepts("127.0.0.1", 81)


def test_tls_is_checked_against_the_name_not_the_address() -> None:
    authority = trustme.CA()
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("zinc.example").configure_cert(server_side)
    client_side = ssl.create_default_context()
    authority.configure_trust(client_side)
    seen: list[str | None] = []
    server_side.sni_callback = lambda _sock, name, _context: seen.append(name)
    with loopback_server(server_side) as server:
        server.answers["/"] = says(b"secret")
        policy = FetchPolicy(
            allowed_endpoints=frozenset({("127.0.0.1", server.port)}),
            resolver=lambda _host, _port: ["127.0.0.1"],
            tls=lambda: client_side,
        )
        url = server.url("/", host="zinc.example", scheme="https")
        assert get(url, policy) == b"secret"
        assert seen == ["zinc.example"]
        with pytest.raises(FetchFailed, match="certificate"):
            get(server.url("/", host="other.example", scheme="https"), policy)
        strangers = FetchPolicy(policy.allowed_endpoints, policy.resolver)
        with pytest.raises(FetchFailed, match="certificate"):
            get(url, strangers)
