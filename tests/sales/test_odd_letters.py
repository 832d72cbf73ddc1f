"""Names and addresses that no font, no XML or no PDF has room for: the invoice is issued."""

from dataclasses import replace

import pytest

from comptoir.sales.links import signed_key
from comptoir.sales.models import Invoice, Order
from comptoir.sales.services.address import Address
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.invoicing.norm import broken_rules
from tests.sales.test_invoices import letters_in
from tests.web.visiting import visitor

pytestmark = pytest.mark.django_db

ODD = {
    "a keycap": "Villa 1\ufe0f\u20e3",
    "a mark that no font has": 'Villa "\u0488} \\\u0488',
    "four hundred characters": "".join(chr(0x4E00 + n) for n in range(115)),
    "for private use": "Villa \ue000\U000f0000",
    "not a character": "Villa \ufffe\uffff",
}


def ordered(name: str) -> Order:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=5))
    bought = basket((corkscrew, 1), address=replace(cast.home(), recipient=name)).sent()
    at_bank(bought, "approve")
    work()
    return order_of(bought)


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_any_name_gets_its_invoice(name: str) -> None:
    order = ordered(name)
    answer = visitor().get(f"/orders/{signed_key(order.key)}/invoice")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    invoice = Invoice.objects.get(order=order)
    assert broken_rules(invoice.xml) == []
    shown = letters_in(bytes(invoice.pdf))
    assert "12.90" in shown or "12,90" in shown  # no letter of another text was taken for one
    assert invoice.buyer["name"] == order.recipient == name


def test_what_is_no_letter_is_not_kept_of_an_address() -> None:
    typed = Address(recipient="  In\u202ees\x07  Le\x1b Goff\ufeff ", city="Brest\x00")
    assert typed.cleaned() == Address(recipient="Ines Le Goff", city="Brest")
