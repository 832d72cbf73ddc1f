"""Every address of the site, asked for as nobody, as a stranger and as another shop's staff.

``EXPECTED`` says what each answers; a route that is not in it fails the test, so that nobody adds
a page without saying who may see it.
"""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import cast
from tests.web.private_town import SECRETS, build
from tests.web.routes_expected import EXPECTED
from tests.web.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db

WALKERS = ("nobody", "stranger", "other staff")
# Arguments that mean another thing in one route than in the others.
SPECIAL = {
    "bank": {"reference": "bank"},
    "pay_stripe": {"token": "stripe"},
    "pay_transfer": {"token": "transfer"},
    "pay_transfer_code": {"token": "transfer"},
    "counter_bill": {"key": "bill_key"},
    "counter_bill_cancellation": {"key": "bill_key"},
    "counter_bill_state": {"key": "bill_key"},
    "pay_bill": {"key": "bill_key"},
    "shared_basket": {"key": "shared_key"},
    "account_confirm_email": {"key": "token"},
    "account_reset_password_from_key": {"key": "token"},
}


def walker(name: str) -> Client:
    """Malo knows nobody here; Basile has a shop of his own."""
    if name == "nobody":
        return visitor()
    return browser_of(cast.malo() if name == "stranger" else cast.basile())


def routes() -> dict[str, list[str]]:
    """Each route's name and the names of its arguments."""
    found = {}
    for pattern in _patterns(get_resolver().url_patterns):
        assert pattern.name, f"the route {pattern.pattern} has no name"
        found[pattern.name] = list(pattern.pattern.regex.groupindex)
    return found


def _patterns(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def addresses(town: dict[str, Any]) -> dict[str, str]:
    """The address of each route in that town."""
    made = {}
    for name, arguments in routes().items():
        special = SPECIAL.get(name, {})
        values = {argument: town[special.get(argument, argument)] for argument in arguments}
        made[name] = reverse(name, kwargs=values)
    made["checkout_new"] += f"?variant={town['variant_id']}"
    return made


def answer(
    client: Client, method: str, address: str, data: dict[str, str] | None = None
) -> tuple[str, str]:
    """What came, in one word, and its body; what was changed is undone."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        sent = data or ({"audience": "everyone"} if method == "post" else None)
        response: Any = getattr(client, method)(address, sent)
        body = _body(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code in {301, 302, 303, 307}:
        to_sign_in = response.headers["Location"].startswith("/accounts/login")
        return ("sign in" if to_sign_in else "moved"), body
    return str(response.status_code), body


def _body(response: HttpResponse) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode(errors="replace")  # type: ignore[attr-defined]
    return response.content.decode(errors="replace")


def test_every_route_is_in_the_table() -> None:
    assert sorted(routes()) == sorted(EXPECTED)


@pytest.mark.parametrize("who", WALKERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_route_answers_as_the_table_says(who: str, method: str) -> None:
    """Survival 19: someone else's basket, order, address or file is not there for others."""
    client, town = walker(who), addresses(build())
    wrong = []
    for name, address in town.items():
        given, body = answer(client, method, address)
        expected = EXPECTED[name][method][WALKERS.index(who)]
        if given != expected:
            wrong.append(f"{name}: {given}, expected {expected}")
        told = [secret for secret in SECRETS if secret in body]
        if told:
            wrong.append(f"{name}: tells {told}")
    assert wrong == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_route_fails_its_owners_or_the_operator(method: str) -> None:
    operator = cast.person("Odile", "odile", is_operator=True)
    town = addresses(build())
    wrong = []
    for client in (browser_of(cast.zoe()), browser_of(cast.ines()), browser_of(operator)):
        for name, address in town.items():
            given, _body = answer(client, method, address)
            if given.startswith("5"):
                wrong.append(f"{name}: {given}")
    assert wrong == []


BROKEN = ("%00", "%FF%FE", "%ED%A0%80", "9" * 30, "%27%3B--")


@pytest.mark.parametrize("broken", BROKEN)
def test_no_route_fails_on_an_address_that_no_honest_client_asks(broken: str) -> None:
    client, wrong = walker("stranger"), []
    for name, address in addresses(build()).items():
        bare = address.split("?")[0]
        for asked in (f"{bare}?after={broken}&q={broken}&variant={broken}", bare + broken):
            given, _body = answer(client, "get", asked)
            if given.startswith("5"):
                wrong.append(f"{name}: {given} for {asked}")
    assert wrong == []


NAMES = (
    *("name", "handle", "text", "title", "quantity", "variant", "email", "next", "on", "choice"),
    *("rows", "price", "stock", "seen", "step", "checkout_key", "expected_total", "delivery"),
)
VALUES = ("a\x00b", "\ufffd", "9" * 400, "-1", "NaN", "½")


@pytest.mark.parametrize("value", VALUES)
def test_no_form_fails_on_what_no_honest_client_sends(value: str) -> None:
    client, wrong = browser_of(cast.zoe()), []
    for name, address in addresses(build()).items():
        given, _body = answer(client, "post", address, dict.fromkeys(NAMES, value))
        if given.startswith("5"):
            wrong.append(f"{name}: {given}")
    assert wrong == []
