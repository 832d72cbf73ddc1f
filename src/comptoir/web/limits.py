"""Limits on how often a person, or an address on the network, does something."""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from comptoir.common.limits import allow
from comptoir.web.request import actor_of


def allow_request(request: HttpRequest, action: str) -> None:
    """Counts one ``action`` of the person; of the network address for guests.

    Raises:
        TooOften: see ``common.limits.allow``.
    """
    allow(action, _who(request))


def _who(request: HttpRequest) -> str:
    actor = actor_of(request)
    if actor.profile_id is not None:
        return f"profile:{actor.profile_id}"
    # As for signing in: behind the proxy, the address that it has written down.
    return f"ip:{_connection_of(get_adapter().get_client_ip(request))}"


def _connection_of(address: str) -> str:
    """The address; of IPv6 its network of 64 bits, for whoever has one has all addresses of it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found.packed, 64), strict=False))
    return address
