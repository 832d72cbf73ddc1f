"""An order's invoice and credit notes, as files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comptoir.sales.access import order_for
from comptoir.sales.documents import DocumentRow, document_of, documents_of, invoice_of
from comptoir.sales.models import Invoice
from comptoir.sales.queries import OrderPage
from comptoir.web.request import actor_of


@never_cache
@require_GET
def order_invoice(request: HttpRequest, key: str) -> HttpResponse:
    """The invoice, for the buyer or the guest who holds the order's link."""
    return document_file(invoice_of(order_for(actor_of(request), key)))


@never_cache
@require_GET
def order_document(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """One of the order's documents: its invoice or a credit note."""
    return document_file(document_of(order_for(actor_of(request), key), number))


def credit_notes_of(page: OrderPage) -> list[DocumentRow]:
    """What was given back, on paper; asked for only where something was."""
    if page.payment is None or not page.payment.refunded_minor:
        return []
    return [row for row in documents_of(page.order.pk) if row.kind == Invoice.Kind.CREDIT_NOTE]


def document_file(invoice: Invoice) -> HttpResponse:
    """The document as it was issued, to be shown by the browser."""
    return pdf_file(bytes(invoice.pdf), invoice.number)


def pdf_file(pdf: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser, and is kept under that name."""
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
