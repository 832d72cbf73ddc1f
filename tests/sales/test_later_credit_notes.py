"""Credit notes of a shop that is not what it was when it billed the order."""

from typing import Any

import pytest

from comptoir.sales.adapters.provider import NotGivenBack
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.models import Invoice, InvoiceShare, Order, Refund
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.give_back import confirm_given_back
from comptoir.sales.services.refund_order import refund_order
from comptoir.shops.models import Shop
from tests import cast
from tests.sales.after import bought, uuid4
from tests.sales.buying import work
from tests.sales.invoicing.norm import broken_rules
from tests.sales.test_invoices import letters_in

pytestmark = pytest.mark.django_db


def now_is(**changed: Any) -> None:
    Shop.objects.filter(pk=cast.maison_zinc().pk).update(**changed)


def knife_sold(**more: Any) -> Order:
    return bought((cast.variant_of(cast.product(cast.maison_zinc(), "Couteau")), 1), **more)


def credited(order: Order) -> Invoice:
    cancel_by_shop(order=order)
    work()
    note = Invoice.objects.get(order=order, kind="credit_note")
    assert broken_rules(note.xml) == []
    return note


def test_a_trader_with_a_new_name_and_address_is_called_by_them() -> None:
    order = knife_sold()
    now_is(legal_name="Zinc & Filles SARL", legal_address="1 quai Neuf, 29200 Brest")
    note = credited(order)
    assert (note.seller["name"], note.seller["city"]) == ("Zinc & Filles SARL", "Brest")


def test_a_number_that_was_given_up_stays_on_what_takes_its_vat_back() -> None:
    order = knife_sold()
    now_is(vat_number="", no_vat_number=True, vat_regime="franchise")
    note = credited(order)
    assert note.seller["vat_number"] == "FR66000000018"
    assert note.vat_minor == Invoice.objects.get(order=order, kind="invoice").vat_minor


@pytest.mark.parametrize(
    "changed",
    [
        {"country": "BE", "registration": "0403.170.701", "vat_number": "BE0403170701"},
        {"registration": "000 000 026", "vat_number": "FR77000000026"},
    ],
    ids=["another country", "another company"],
)
def test_the_vat_of_one_trader_is_not_taken_back_by_another(changed: dict[str, str]) -> None:
    order = knife_sold()
    now_is(legal_name="Une autre SRL", **changed)
    note = credited(order)
    assert note.seller == Invoice.objects.get(order=order, kind="invoice").seller


def test_why_no_vat_was_charged_is_said_as_it_was() -> None:
    now_is(vat_number="", no_vat_number=True, vat_regime="franchise")
    order = knife_sold()
    now_is(country="BE")
    note = credited(order)
    assert "293 B" in note.xml
    assert "VATEX-FR-FRANCHISE" in note.xml


def test_delivery_given_back_is_of_what_it_was_billed_with() -> None:
    """Its share at the rate of files alone is of services, in the invoice and in the note."""
    shop = cast.maison_zinc()
    book = cast.product(shop, "Livre", price_minor=1000, vat_rate_bp=550, stock=None)
    cast.file_of(book, "livre.pdf")
    mug = cast.product(shop, "Tasse", price_minor=1000)
    order = bought((cast.variant_of(book), 1), (cast.variant_of(mug), 1))
    refund_order(order=order, refund_key=uuid4(), parts=[], delivery_minor=order.delivery_minor)
    work()
    kinds = {
        kind: set(InvoiceShare.objects.filter(invoice__kind=kind).values_list("rate_bp", "service"))
        for kind in ("invoice", "credit_note")
    }
    assert kinds["credit_note"] == kinds["invoice"] == {(550, True), (2000, False)}


def test_what_a_card_did_not_take_is_not_said_to_be_given_back_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = knife_sold(language="en")
    monkeypatch.setattr(SandboxProvider, "refund", _refuses)
    cancel_by_shop(order=order)
    work()
    refund = Refund.objects.get()
    assert refund.status == "failed"
    assert confirm_given_back(shop_id=order.shop_id, refund_id=refund.pk)
    work()
    note = Invoice.objects.get(kind="credit_note")
    assert "Given back on" in letters_in(bytes(note.pdf))
    assert "at the test bank" not in letters_in(bytes(note.pdf))
    assert "PaymentMeans" not in note.xml
    assert broken_rules(note.xml) == []


def _refuses(*asked: object) -> None:
    raise NotGivenBack("expired_or_canceled_card")
