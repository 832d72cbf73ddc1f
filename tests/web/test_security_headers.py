"""What every answer tells the browser not to do."""

import pytest
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db

# A page, one that is not there, one for members, bounds, what is no page, an act without its token.
ADDRESSES = ["/", "/nowhere", "/settings", "/search?q=%00", "/healthz", "/static/icons/mark.svg"]


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    told = directives(answer.headers["Content-Security-Policy"])
    assert told["default-src"] == ["'none'"]
    assert told["script-src"] == told["style-src"] == told["form-action"] == ["'self'"]
    assert told["base-uri"] == told["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_form_of_another_site_is_refused() -> None:
    ines = cast.ines()
    client = Client(enforce_csrf_checks=True)
    client.force_login(ines.user)
    answer = client.post("/@malo/follow", {"on": "1"})
    assert answer.status_code == 403
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_session_and_token_are_out_of_reach_of_scripts(client: Client) -> None:
    cast.ines()
    client.post("/accounts/login/", {"login": "ines@example.org", "password": cast.PASSWORD})
    for name in ("session", "csrf"):
        if name in client.cookies:
            assert client.cookies[name]["httponly"]
            assert client.cookies[name]["samesite"] == "Lax"
    assert client.cookies["session"]["httponly"]
