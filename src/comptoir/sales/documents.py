"""Invoices, credit notes and packing slips, to be looked at and printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from comptoir.common import clock
from comptoir.common.errors import NotVisible
from comptoir.common.keyset import Cursor, Page
from comptoir.sales.invoicing.content import from_json
from comptoir.sales.invoicing.press import pages_pdf
from comptoir.sales.invoicing.printed import invoice_paper
from comptoir.sales.invoicing.slips import has_slip, slips_paper
from comptoir.sales.models import Invoice, Order, OrderLine
from comptoir.sales.services.issue_invoice import issue_invoice
from comptoir.shops.models import Shop

PAGE_SIZE = 30
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of a list of documents; amounts in minor units."""

    id: int
    kind: str
    number: str
    order_number: str
    order_key: str
    buyer: str
    total_minor: int
    vat_minor: int
    currency: str
    is_test: bool
    issued_at: datetime


COLUMNS = (
    *("id", "kind", "number", "order__number", "order__key", "buyer__name"),
    *("total_minor", "vat_minor", "currency", "is_test", "issued_at"),
)


def documents_of(order_id: int) -> list[DocumentRow]:
    """An order's invoice and credit notes, oldest first, in one query."""
    rows = Invoice.objects.filter(order=order_id).order_by("issued_at", "id")
    return [DocumentRow(*values) for values in rows.values_list(*COLUMNS)]


def documents_listed(
    shop_id: int, cursor: Cursor | None, size: int = PAGE_SIZE
) -> Page[DocumentRow]:
    """A shop's documents, newest first, in one query."""
    rows = Invoice.objects.filter(shop=shop_id)
    if cursor is not None:
        rows = rows.filter(issued_at__lte=cursor.at).exclude(issued_at=cursor.at, pk__gte=cursor.id)
    found = list(rows.order_by("-issued_at", "-id").values_list(*COLUMNS)[: size + 1])
    shown = [DocumentRow(*values) for values in found[:size]]
    last = shown[-1] if shown else None
    more = last is not None and len(found) > size
    return Page(shown, Cursor(last.issued_at, last.id).token() if more and last else None)


def invoice_of(order: Order) -> Invoice:
    """The order's invoice, issued now if its job has not come to it yet.

    Raises:
        NotVisible: nothing was paid, so there is none.
    """
    found = issue_invoice(order_id=order.pk)
    if found is None:
        raise NotVisible
    return found


def document_of(order: Order, number: str) -> Invoice:
    """One of the order's documents.

    Raises:
        NotVisible: the order has none of that number.
    """
    found = Invoice.objects.filter(order=order, number=number).first()
    if found is None:
        raise NotVisible
    return found


def orders_to_print(shop: Shop, numbers: Sequence[str], *, waiting: bool) -> list[Order]:
    """The shop's orders of these numbers or, without any, those that wait to be sent
    (``waiting``); by number, ``MOST_AT_ONCE`` of them."""
    rows = _to_print(shop, numbers, waiting=waiting)
    lines = OrderLine.objects.select_related("tally").order_by("position")
    rows = rows.select_related("shop__profile").prefetch_related(Prefetch("lines", lines))
    return list(rows.order_by("number")[:MOST_AT_ONCE])


def beyond_print(shop: Shop, numbers: Sequence[str], *, waiting: bool) -> int:
    """How many more there are than ``orders_to_print`` gives."""
    return max(0, _to_print(shop, numbers, waiting=waiting).count() - MOST_AT_ONCE)


def _to_print(shop: Shop, numbers: Sequence[str], *, waiting: bool) -> QuerySet[Order]:
    rows = Order.objects.filter(shop=shop, paid_at__isnull=False).exclude(number="")
    if numbers:
        return rows.filter(number__in=numbers)
    return rows.filter(status=Order.Status.PAID) if waiting else rows.none()


def orders_to_pack(orders: Sequence[Order]) -> list[Order]:
    """Those of ``orders_to_print`` that have a packing slip: not what was cancelled, sold at the
    counter, only downloaded, or given up piece by piece."""
    return [order for order in orders if has_slip(order)]


def slips_pdf(shop: Shop, orders: Sequence[Order], language: str) -> bytes:
    """Packing slips, an order a page; there is at least one."""
    data = slips_paper(orders, shop.profile.name, language)
    return pages_pdf("slips.typ", data, clock.now())


def invoices_pdf(shop: Shop, orders: Sequence[Order]) -> bytes | None:
    """Copies of these orders' invoices in one file; those that have none yet are issued.
    ``None``: nothing was paid for any of them."""
    rows = Invoice.objects.filter(order__in=orders, kind=Invoice.Kind.INVOICE).defer("pdf", "xml")
    issued = {one.order_id: one for one in rows}
    each = [issued.get(order.pk) or issue_invoice(order_id=order.pk) for order in orders]
    contents = [from_json(one.content, one.seller, one.buyer) for one in each if one is not None]
    if not contents:
        return None
    return pages_pdf("invoice.typ", invoice_paper(contents, shop.profile.name), clock.now())
