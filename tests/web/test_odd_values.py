"""Forms of buyers and of the counter, each field in turn with what no honest person types, all the
others right: refused or taken, and never an error of ours."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from lxml import html

from comptoir.sales.links import signed_key
from comptoir.web.checkout.keys import fresh_key
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.machine.books import faults
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db

ODD = (
    *(" ", "0", "-1", "1.5", "1e3", "NaN", "Infinity", "٣", "1,2", "½", "9" * 19, "9" * 400),
    *("null", "[]", "'\";--", "<b>", "a\u202eb", "🎁", "a\r\nb", "x" * 5000, "../..", "FR", "%00"),
    *("2026-02-30T25:61", "9999-12-31T23:59", "0001-01-01T00:00", "sandbox:", ":", "1.1-1.1"),
)
EACH = 4  # every so many of them for a field, beside nothing at all: its neighbours get the others
ALWAYS_NEW = ("key", "form_key")


def forms_of(client: Client, address: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(Where it is sent, what it sends) of each form of a page that sends something."""
    page: Any = html.fromstring(text_of(client.get(address)))
    for form in page.xpath("//main//form[@method='post']"):
        values = {str(name): str(value) for name, value in form.form_values()}
        named = form.xpath(".//*[@name]/@name")
        yield form.get("action") or address, {**dict.fromkeys(map(str, named), ""), **values}


def failures(client: Client, address: str, form: dict[str, str]) -> list[str]:
    """What was answered with an error of ours; whatever was done is undone."""
    wrong = []
    for place, name in enumerate(sorted(form.keys() - {"csrfmiddlewaretoken"})):
        for odd in ("", *ODD[place % EACH :: EACH]):
            fresh = {key: str(uuid4()) for key in ALWAYS_NEW if key in form}
            if "checkout_key" in form:
                fresh["checkout_key"] = fresh_key()
            before = transaction.savepoint()
            answer = client.post(address, {**form, **fresh, name: odd})
            if answer.status_code >= 500:
                wrong.append(f"{address} {name}={odd[:20]!r}: {answer.status_code}")
            elif fault := faults():
                wrong.append(f"{address} {name}={odd[:20]!r}: {fault}")
            transaction.savepoint_rollback(before)
    return wrong


def test_the_sheet_and_the_basket() -> None:
    client = Client(raise_request_exception=False)
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    client.post("/basket/lines", {"variant": cast.variant_of(bowl).pk})
    wrong: list[str] = []
    for address in (f"/products/{bowl.pk}/buy", "/basket"):
        for to, form in forms_of(client, address):
            wrong += failures(client, to, {**form, **GUEST} if "checkout_key" in form else form)
    assert wrong == []


def test_what_follows_an_order() -> None:
    client = Client(raise_request_exception=False)
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    placed = basket((cast.variant_of(bowl), 2)).sent()
    at_bank(placed, "approve")
    work(letters=False)
    key = order_of(placed).key
    wrong: list[str] = []
    page = f"/orders/{signed_key(key)}"
    for address in (page, f"{page}/withdrawal", f"{page}/returns"):
        for to, form in forms_of(client, address):
            wrong += failures(client, to, form)
    assert wrong == []


@pytest.mark.parametrize(
    "page",
    [
        "orders/{number}",
        "orders/{number}/refund",
        "offers/new",
        "offers/{offer}",
        "bills",
        "stock/{variant}",
        "products/{product}",
        "terms",
    ],
)
def test_at_the_counter(page: str) -> None:
    client = browser_of(cast.zoe())
    client.raise_request_exception = False
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    placed = basket((cast.variant_of(bowl), 2)).sent()
    at_bank(placed, "approve")
    work(letters=False)
    made = offer(cast.maison_zinc())
    things = {"variant": cast.variant_of(bowl).pk, "product": bowl.pk}
    there = page.format(number=order_of(placed).number, offer=made.pk, **things)
    forms = list(forms_of(client, f"/counter/maison_zinc/{there}"))
    assert forms
    wrong = [fault for to, form in forms for fault in failures(client, to, form)]
    assert wrong == []
