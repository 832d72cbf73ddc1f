"""Invoices and credit notes as they are issued: once, in order, and never changed."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import facturx
import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader

from comptoir.catalog.models import Variant
from comptoir.sales.models import Invoice, InvoiceShare, Order, PaymentAccount
from comptoir.sales.privacy import export_of
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.issue_invoice import (
    forget_invoices,
    issue_credit_note,
    issue_invoice,
    issue_left_over,
)
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.shops.models import Shop
from tests import cast
from tests.sales.after import bought, line_of
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.invoicing.norm import broken_rules

pytestmark = pytest.mark.django_db

WITHOUT_THE_TRIGGERS = (
    "SET CONSTRAINTS ALL IMMEDIATE;"
    "ALTER TABLE sales_invoice DISABLE TRIGGER sales_invoice_kept; {};"
    "ALTER TABLE sales_invoice ENABLE TRIGGER sales_invoice_kept"
)


@pytest.fixture(autouse=True)
def _money_moves() -> None:
    """The shop's test bank is taken for a real one."""
    shop = cast.maison_zinc()
    PaymentAccount.objects.filter(shop=shop).update(is_test=False)


def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=50))


def oil() -> Variant:
    made = cast.product(
        cast.maison_zinc(), "Huile d'olive", price_minor=1850, vat_rate_bp=550, stock=50
    )
    return cast.variant_of(made)


def invoice_of(order: Order) -> Invoice:
    return Invoice.objects.get(order=order, kind=Invoice.Kind.INVOICE)


def notes_of(order: Order) -> list[Invoice]:
    notes = Invoice.objects.filter(order=order, kind=Invoice.Kind.CREDIT_NOTE)
    return list(notes.order_by("sequence"))


def letters_in(pdf: bytes) -> str:
    """The words that the PDF shows, in one line."""
    pages = PdfReader(BytesIO(pdf), strict=True).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_what_is_paid_is_invoiced_by_itself() -> None:
    order = bought((corkscrew(), 2), (oil(), 1))
    invoice = invoice_of(order)

    assert invoice.number == f"F-{invoice.year}-00001"
    assert invoice.total_minor == order.total_minor == 4430 + 590
    assert invoice.seller["name"] == cast.trader().legal_name
    assert invoice.buyer["street"] == ["3 rue des Lices"]
    assert invoice.keep_until.isoformat() == f"{invoice.year + 10}-12-31"
    assert broken_rules(invoice.xml) == []
    assert notes_of(order) == []
    shares = InvoiceShare.objects.filter(invoice=invoice).order_by("rate_bp")
    assert [share.rate_bp for share in shares] == [550, 2000]
    assert sum(share.net_minor for share in shares) == invoice.net_minor
    assert sum(share.vat_minor for share in shares) == invoice.vat_minor


def test_the_pdf_is_archived_tagged_and_carries_its_data() -> None:
    invoice = invoice_of(bought((corkscrew(), 1)))
    pdf = bytes(invoice.pdf)
    assert hashlib.sha256(pdf).hexdigest() == invoice.sha256

    name, xml = facturx.get_xml_from_pdf(pdf, check_xsd=True)
    assert (name, xml.decode()) == ("factur-x.xml", invoice.xml)
    assert facturx.get_level(facturx_tree(xml)) == "en16931"
    root: Any = PdfReader(BytesIO(pdf), strict=True).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert root["/AF"][0].get_object()["/AFRelationship"] == "/Alternative"
    said = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in said
    assert "<fx:ConformanceLevel>EN 16931<" in said
    assert "<fx:DocumentFileName>factur-x.xml<" in said
    assert "Factur-X PDFA Extension Schema" in said
    shown = letters_in(pdf)
    for words in (invoice.number, "Tire-bouchon", "Inès Le Goff", "18,80 €", "10,75"):
        assert words in shown


def facturx_tree(xml: bytes) -> Any:
    return facturx.facturx.etree.fromstring(xml)


def test_numbers_follow_each_other_without_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    thing = corkscrew()
    first = invoice_of(bought((thing, 1)))
    placed = basket((thing, 1)).sent()
    at_bank(placed, "approve")
    with monkeypatch.context() as broken:
        broken.setattr("comptoir.sales.services.issue_invoice.invoice_pdf", _raises)
        with pytest.raises(OSError, match="no paper"):
            work()
    assert issue_left_over(older_than=timedelta()) == 1
    last = invoice_of(bought((thing, 1)))
    assert [first.sequence, invoice_of(order_of(placed)).sequence, last.sequence] == [1, 2, 3]


def _raises(*args: object) -> bytes:
    raise OSError("no paper")


def test_trials_at_the_test_bank_are_numbered_apart() -> None:
    PaymentAccount.objects.update(is_test=True)
    trial = invoice_of(bought((corkscrew(), 1), language="en"))
    PaymentAccount.objects.update(is_test=False)
    first = invoice_of(bought((corkscrew(), 1)))
    assert (trial.number, first.number) == (
        f"TEST-F-{trial.year}-00001", f"F-{first.year}-00001")  # fmt: skip
    assert "no money moved" in letters_in(bytes(trial.pdf))


def test_asked_twice_issued_once() -> None:
    order = bought((corkscrew(), 1))
    again = issue_invoice(order_id=order.pk)
    assert again == invoice_of(order)
    assert Invoice.objects.count() == 1


def test_what_costs_nothing_or_is_not_paid_has_no_invoice() -> None:
    placed = basket((corkscrew(), 1)).sent()
    assert issue_invoice(order_id=placed.order_id) is None
    gift = cast.variant_of(cast.product(cast.maison_zinc(), "Carte", price_minor=0))
    order = bought((gift, 1), method=cast.pick_up(cast.maison_zinc()))
    assert order.status == "paid"
    assert issue_invoice(order_id=order.pk) is None


def test_a_refund_of_a_part_has_its_credit_note() -> None:
    one, two = corkscrew(), oil()
    order = bought((one, 3), (two, 1))
    line = line_of(order, one)
    parts = [RefundPart(line.pk, quantity=1)]
    refund_order(order=order, refund_key=uuid4(), parts=parts, delivery_minor=590)
    work()

    (note,) = notes_of(order)
    invoice = invoice_of(order)
    assert note.number == f"A-{note.year}-00001"
    assert (note.total_minor, note.preceding) == (1290 + 590, invoice)
    lines = note.content["lines"]
    assert (lines[0]["title"], lines[0]["quantity"], lines[0]["gross_minor"]) == (
        "Tire-bouchon", 1, 1290)  # fmt: skip
    assert sum(row["gross_minor"] for row in lines[1:]) == 590
    assert broken_rules(note.xml) == []
    assert invoice.number in note.xml
    assert "Credit note" in letters_in(bytes(note.pdf)) or "Avoir" in letters_in(bytes(note.pdf))
    assert issue_credit_note(refund_id=note.refund_id or 0) == note


def test_an_order_called_off_is_given_back_whole() -> None:
    order = bought((corkscrew(), 1), (oil(), 2))
    cancel_by_shop(order=order)
    work()
    (note,) = notes_of(order)
    assert note.total_minor == invoice_of(order).total_minor
    assert note.vat_minor == invoice_of(order).vat_minor
    assert broken_rules(note.xml) == []


def test_letters_that_no_font_has_do_not_stop_an_invoice() -> None:
    address = cast.home()
    order = bought((corkscrew(), 1), address=type(address)(
        recipient="Łukasz Żółć 山田 👩‍🚀 Ελένη", address1="3 rue des Lices", postcode="29200",
        city="Brest"))  # fmt: skip
    invoice = invoice_of(order)
    assert "山田" in invoice.xml
    assert "Łukasz Żółć ??" in letters_in(bytes(invoice.pdf))
    assert "Ελένη" in letters_in(bytes(invoice.pdf))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sales_invoice SET total_minor = total_minor",
        "DELETE FROM sales_invoice",
        "UPDATE sales_invoiceshare SET net_minor = 0",
        "DELETE FROM sales_invoiceshare",
    ],
)
def test_the_database_refuses_to_change_an_invoice(sql: str) -> None:
    bought((corkscrew(), 1))
    with (
        pytest.raises(DatabaseError, match="chang"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_an_invoice_goes_when_the_law_lets_it() -> None:
    old, young = bought((corkscrew(), 1)), bought((oil(), 1))
    cancel_by_shop(order=old)
    work()
    with connection.cursor() as cursor:
        past = f"UPDATE sales_invoice SET keep_until = current_date - 1 WHERE order_id = {old.pk}"
        cursor.execute(WITHOUT_THE_TRIGGERS.format(past))

    assert forget_invoices() == 2
    assert Invoice.objects.get() == invoice_of(young)


def test_the_person_may_leave_and_the_invoice_stays() -> None:
    order = bought((corkscrew(), 1), actor=cast.ines().actor)
    Order.objects.filter(pk=order.pk).update(buyer=None)
    assert invoice_of(order).buyer["name"] == "Inès Le Goff"


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "12 900"), ("TND", "12,900")])
def test_currencies_of_other_decimals(currency: str, shown: str) -> None:
    Shop.objects.filter(pk=cast.maison_zinc().pk).update(currency=currency)
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=12_900))
    invoice = invoice_of(bought((bowl, 1), method=cast.pick_up(cast.maison_zinc())))

    assert (invoice.currency, invoice.total_minor) == (currency, 12_900)
    assert shown in letters_in(bytes(invoice.pdf))
    # EN 16931 writes two decimals at most: three have paper alone.
    assert bool(invoice.xml) == (currency == "JPY")
    assert not invoice.xml or broken_rules(invoice.xml) == []


def test_the_export_of_a_person_names_their_invoices_and_how_long_they_are_kept() -> None:
    ines = cast.ines()
    invoice = invoice_of(bought((corkscrew(), 1), actor=ines.actor))
    (told,) = export_of(ines.profile.pk)["invoices"]
    assert told["number"] == invoice.number
    assert told["buyer"]["name"] == "Inès Le Goff"
    assert told["kept_by_law_until"] == invoice.keep_until.isoformat()
