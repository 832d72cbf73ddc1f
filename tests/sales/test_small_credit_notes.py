"""Credit notes of a few cents each: together they take back what was invoiced, and no more."""

from uuid import uuid4

import pytest

from comptoir.sales.models import Invoice
from comptoir.sales.services.refund_order import RefundPart, refund_order
from tests import cast
from tests.sales.after import bought, line_of
from tests.sales.buying import work

pytestmark = pytest.mark.django_db


def test_six_beads_given_back_one_by_one() -> None:
    bead = cast.variant_of(cast.product(cast.maison_zinc(), "Perle", price_minor=3, stock=9))
    other = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=9))
    order = bought((bead, 6), (other, 1))
    line, bowl = line_of(order, bead).pk, line_of(order, other).pk
    for _piece in range(6):
        refund_order(order=order, refund_key=uuid4(), parts=[RefundPart(line, 1)])
    refund_order(
        order=order, refund_key=uuid4(), parts=[RefundPart(bowl, 0, 2400)], delivery_minor=590
    )
    work()
    invoice = Invoice.objects.get(kind="invoice")
    notes = Invoice.objects.filter(kind="credit_note")
    assert notes.count() == 7
    assert sum(note.total_minor for note in notes) == invoice.total_minor == 3008
    assert sum(note.vat_minor for note in notes) == invoice.vat_minor
    assert sum(note.net_minor for note in notes) == invoice.net_minor
