"""Survival 21 and 22: sessions that end, and a door that says nothing of who lives here."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests import cast
from tests.cast import Person
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

WRONG = "not-the-password"
BEHIND_THE_DOOR = ["/orders", "/settings", "/posts/new", "/me/blocked"]


@pytest.fixture(autouse=True)
def _nobody_failed_before() -> None:
    cache.clear()


def signed_in(email: str = "malo@example.org", password: str = cast.PASSWORD) -> Client:
    """A device on which someone signed in by the form."""
    device = visitor()
    answer = device.post("/accounts/login/", {"login": email, "password": password})
    assert answer.status_code == 302
    return device


def is_out(device: Client) -> bool:
    """Whether every page behind the door sends this device to sign in."""
    answers = [device.get(path) for path in BEHIND_THE_DOOR]
    doors = [answer.headers.get("Location", "").startswith("/accounts/login") for answer in answers]
    assert len(set(doors)) == 1
    return doors[0]


def test_suspended_all_devices_are_out_at_their_next_request() -> None:
    cast.malo()
    devices = [signed_in(), signed_in()]
    assert not any(is_out(device) for device in devices)
    odile = browser_of(cast.person("Odile", "odile", is_operator=True))
    odile.post("/operator/profiles/malo/suspension", {"on": "1"})
    assert all(is_out(device) for device in devices)
    answer = devices[0].post("/products/1/keep", headers={"hx-request": "true"})
    assert answer.status_code in {401, 404}
    again = visitor().post(
        "/accounts/login/", {"login": "malo@example.org", "password": cast.PASSWORD}
    )
    assert again.headers.get("Location", "") != "/"


def test_signing_out_ends_that_session_for_whoever_kept_its_cookie() -> None:
    cast.malo()
    device, other = signed_in(), signed_in()
    thief = visitor()
    thief.cookies["session"] = device.cookies["session"].value
    assert not is_out(thief)
    device.post("/accounts/logout/")
    assert is_out(device)
    assert is_out(thief)
    assert not is_out(other)


def test_a_new_password_ends_the_sessions_of_all_other_devices() -> None:
    cast.malo()
    here, elsewhere = signed_in(), signed_in()
    new = "encore-du-papier"
    form = {"oldpassword": cast.PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert is_out(elsewhere)
    assert not is_out(here)


def test_a_password_reset_ends_every_session() -> None:
    cast.malo()
    device, visiting = signed_in(), visitor()
    visiting.post("/accounts/password/reset/", {"email": "malo@example.org"})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link is not None
    address = visiting.get(link[1], follow=True).redirect_chain[-1][0]
    new = {"password1": "encore-du-papier", "password2": "encore-du-papier"}
    assert visiting.post(address, new).status_code == 302
    assert is_out(device)


@pytest.fixture
def suspended() -> Person:
    """Malo, whom the operator has suspended."""
    malo = cast.malo()
    odile = browser_of(cast.person("Odile", "odile", is_operator=True))
    odile.post("/operator/profiles/malo/suspension", {"on": "1"})
    return malo


def tried(email: str, password: str = WRONG) -> tuple[int, str]:
    """What someone is told who tries to sign in: status, and the page without what they typed."""
    answer = visitor().post("/accounts/login/", {"login": email, "password": password})
    page = text_of(answer).replace(email, "…")
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


@pytest.mark.usefixtures("suspended")
def test_the_door_answers_alike_for_known_unknown_and_suspended() -> None:
    cast.ines()
    known, unknown, out = map(tried, ("ines@example.org", "xxxx@example.org", "malo@example.org"))
    assert known == unknown == out


@pytest.mark.parametrize("email", ["ines@example.org", "xxxx@example.org"])
def test_after_five_failures_even_the_right_password_waits(email: str) -> None:
    cast.ines()
    told = [tried(email) for _n in range(6)]
    assert len(set(told[:5])) == 1
    limited = told[5]
    assert limited != told[0]
    assert tried(email, cast.PASSWORD) == limited


def test_the_limit_answers_alike_for_known_and_unknown() -> None:
    cast.ines()
    answers: dict[str, Any] = {}
    for email in ("ines@example.org", "xxxx@example.org"):
        cache.clear()
        answers[email] = [tried(email) for _n in range(7)]
    assert answers["ines@example.org"] == answers["xxxx@example.org"]


@pytest.mark.usefixtures("suspended")
def test_as_many_passwords_are_hashed_whoever_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is what takes the time: as often for an address that nobody has."""
    cast.ines()
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for email in ("ines@example.org", "xxxx@example.org", "malo@example.org"):
        hashed.clear()
        tried(email)
        counts.append(len(hashed))
    assert counts == [1, 1, 1]
