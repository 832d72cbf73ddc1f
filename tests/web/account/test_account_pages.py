"""allauth's pages wear the site's clothes, and its mails read well."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
FOR_VISITORS = [
    "login/", "signup/", "password/reset/", "password/reset/done/", "password/reset/key/done/",
    "password/reset/key/1-bad/", "confirm-email/", "confirm-email/bad/", "inactive/",
]  # fmt: skip
FOR_MEMBERS = ["logout/", "email/", "password/change/", "reauthenticate/"]


@pytest.mark.parametrize("path", FOR_VISITORS)
def test_pages_for_visitors(client: Client, path: str) -> None:
    page = client.get(f"/accounts/{path}", headers=ENGLISH)
    assert page.status_code == 200
    assert 'class="door"' in page.content.decode()


@pytest.mark.parametrize("path", FOR_MEMBERS)
def test_pages_for_members(client: Client, path: str) -> None:
    client.force_login(cast.ines().user)
    page = client.get(f"/accounts/{path}")
    assert page.status_code == 200
    assert 'class="wordmark"' in page.content.decode()


def test_labels_hints_and_errors_are_tied_to_their_field(client: Client) -> None:
    form = {"email": "not an address", "password1": "12345678"}
    html = client.post("/accounts/signup/", form, headers=ENGLISH).content.decode()
    control = re.search(r'<input[^>]*name="email"[^>]*>', html)
    assert control is not None
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="id_email-error"' in control[0]
    assert '<label class="field-label" for="id_email">E-mail</label>' in html
    assert 'id="id_email-error"' in html
    assert 'id="id_password1-error"' in html


def test_what_was_typed_is_kept_and_escaped(client: Client) -> None:
    form = {"email": '"><b>rose', "password1": ""}
    html = client.post("/accounts/signup/", form).content.decode()
    assert "<b>rose" not in html
    assert "&lt;b&gt;rose" in html


def _follow_the_link(client: Client, body: str) -> str:
    link = re.search(r"http://testserver(/\S+)", body)
    assert link is not None, body
    return client.get(link[1], follow=True).redirect_chain[-1][0]


def test_a_forgotten_password(client: Client) -> None:
    cast.malo()
    client.post("/accounts/password/reset/", {"email": "malo@example.org"}, headers=ENGLISH)
    letter = mail.outbox[0]
    assert letter.subject == "Choose a new password"
    assert letter.body.startswith("Hello,")
    assert "&#" not in letter.body
    address = _follow_the_link(client, str(letter.body))
    new = {"password1": "encore-du-papier", "password2": "encore-du-papier"}
    done = client.post(address, new, follow=True, headers=ENGLISH)
    assert "Your password is changed" in done.content.decode()
    assert client.login(email="malo@example.org", password="encore-du-papier")


def test_an_address_that_nobody_has_gets_the_same_answer(client: Client) -> None:
    cast.malo()
    known = client.post("/accounts/password/reset/", {"email": "malo@example.org"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code
    assert known.headers["Location"] == unknown.headers["Location"]


def test_joining_with_an_address_in_use_is_told_beside_its_field(client: Client) -> None:
    cast.malo()
    form = {"email": "Malo@example.org", "password1": cast.PASSWORD}
    html = client.post("/accounts/signup/", form, headers=ENGLISH).content.decode()
    assert 'id="id_email-error"' in html
    assert "_auth_user_id" not in client.session


def test_a_new_address_is_confirmed_by_its_link(client: Client) -> None:
    form = {"email": "rose@example.org", "password1": cast.PASSWORD}
    client.post("/accounts/signup/", form, headers=ENGLISH)
    letter = mail.outbox[0]
    assert letter.to == ["rose@example.org"]
    assert letter.subject == "Confirm your address"
    assert "Welcome to Comptoir." in letter.body
    link = re.search(r"http://testserver(/\S+)", str(letter.body))
    assert link is not None
    page = client.get(link[1], headers=ENGLISH)
    assert "Is this your address?" in page.content.decode()
    assert client.post(link[1]).status_code == 302


def test_signing_in_says_nothing_that_one_knows_already(client: Client) -> None:
    cast.ines()
    form = {"login": "ines@example.org", "password": cast.PASSWORD, "next": "/settings"}
    html = client.post("/accounts/login/", form, follow=True).content.decode()
    assert 'class="notice' not in html
