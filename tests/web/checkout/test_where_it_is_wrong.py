"""The page of a refused form opens at the first field that is wrong, without any script."""

from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from comptoir.catalog.models import Product
from comptoir.web.checkout.forms import CheckoutForm
from tests import cast
from tests.web.checkout.sheets import GUEST, open_sheet, send
from tests.web.visiting import browser_of, parsed, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def opens_at(response: Any) -> list[str]:
    """The fields that ask for the focus: one, for a page to be sure of it."""
    return [str(name) for name in parsed(response).xpath("//*[@autofocus]/@name")]


@pytest.mark.parametrize(
    ("wrong", "first"),
    [
        ({"email": "x", "city": ""}, "email"),
        ({"postcode": "ABC"}, "postcode"),
        ({"recipient": ""}, "recipient"),
        ({"quantity": "0", "email": ""}, "quantity"),
        ({"delivery": ""}, "delivery"),
        ({"vat_number": "FR1", "company": "Brume"}, "vat_number"),
        ({"code": "NOTHING", "codes_seen": ""}, "code"),
    ],
)
def test_the_sheet_opens_where_it_is_wrong(
    bowl: Product, wrong: dict[str, str], first: str
) -> None:
    guest = visitor()
    sheet = open_sheet(guest, bowl)
    refused = send(guest, sheet, **{**GUEST, **wrong})
    assert refused.status_code == 422
    assert opens_at(refused) == [first]
    assert opens_at(guest.get(f"/products/{bowl.pk}/buy")) == []


@pytest.mark.parametrize(
    ("errors", "delivers", "several", "first"),
    [
        (["delivery"], False, False, "country"),
        (["delivery"], True, False, "delivery"),
        (["quantity", "pay"], True, True, "pay"),
        (["expected_total"], True, False, ""),
        ([NON_FIELD_ERRORS], True, False, ""),
    ],
)
def test_fields_that_the_sheet_does_not_show(
    errors: list[str], delivers: bool, several: bool, first: str
) -> None:
    form = CheckoutForm(dict.fromkeys(CheckoutForm.base_fields, "1"))
    form.errors.clear()
    for name in errors:
        form.add_error(None if name == NON_FIELD_ERRORS else name, "Wrong.")
    assert form.first_wrong(delivers=delivers, several=several) == first


@pytest.mark.parametrize(
    ("path", "wrong", "first"),
    [
        ("offers/new", {"step": "save", "name": "Été", "kind": "percent"}, "audience"),
        ("delivery/methods/new", {"kind": "post"}, "name"),
        ("payments", {"holder": "", "iban": "x"}, "holder"),
    ],
)
def test_forms_of_the_counter_do_too(path: str, wrong: dict[str, str], first: str) -> None:
    cast.maison_zinc()
    refused = browser_of(cast.zoe()).post(f"/counter/maison_zinc/{path}", wrong)
    assert refused.status_code == 422
    assert opens_at(refused) == [first]
