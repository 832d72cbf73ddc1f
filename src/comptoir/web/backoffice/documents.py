"""Invoices, credit notes and packing slips at the counter: one by one, and many at a time."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from comptoir.common.keyset import Cursor
from comptoir.sales.access import order_at_desk
from comptoir.sales.documents import (
    MOST_AT_ONCE,
    beyond_print,
    document_of,
    documents_listed,
    invoice_of,
    invoices_pdf,
    orders_to_pack,
    orders_to_print,
    slips_pdf,
)
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.reports import REPORTS, periods
from comptoir.web.gates import signed_in
from comptoir.web.orders.documents import document_file, pdf_file
from comptoir.web.request import actor_of, wants_fragment


@never_cache
@require_GET
@signed_in
def documents(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The shop's invoices and credit notes, newest first, and its reports."""
    desk = desk_of(request, handle, Right.INVOICES)
    page = documents_listed(desk.shop.pk, Cursor.parse(request.GET.get("after")))
    if wants_fragment(request):
        return at_desk(request, desk, "document_rows.html", {"page": page})
    reports = [(name, report.title) for name, report in REPORTS.items()]
    more = {"reports": reports, "periods": periods(), "trials_count": settings.DEMO}
    return at_desk(request, desk, "documents.html", {"page": page, **more})


@never_cache
@require_GET
@signed_in
def invoice(request: HttpRequest, handle: str, reference: str) -> HttpResponse:
    """The invoice of an order."""
    found = order_at_desk(actor_of(request), handle, reference, Right.INVOICES)
    return document_file(invoice_of(found))


@never_cache
@require_GET
@signed_in
def document(request: HttpRequest, handle: str, reference: str, number: str) -> HttpResponse:
    """One of the documents of an order."""
    found = order_at_desk(actor_of(request), handle, reference, Right.INVOICES)
    return document_file(document_of(found, number))


@never_cache
@require_safe
@signed_in
def slips(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Packing slips of the orders ticked (``order``, by number), or of all that wait to be sent;
    what has none is left out, which the next page says."""
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    ticked = request.GET.getlist("order")
    found = orders_to_print(desk.shop, ticked, waiting=True)
    orders = orders_to_pack(found)
    _tell_rest(request, desk, ticked)
    if ticked and len(found) > len(orders):
        messages.info(request, _left_out(len(found) - len(orders)))
    elif not orders:
        return _nothing(request, desk)
    if not orders:
        return redirect("counter_orders", desk.handle)
    return pdf_file(slips_pdf(desk.shop, orders, get_language() or "en"), f"slips-{desk.handle}")


@never_cache
@require_safe
@signed_in
def invoices(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Invoices of the orders ticked (``order``, by number), or of all that wait to be sent, one
    after the other."""
    desk = desk_of(request, handle, Right.INVOICES)
    ticked = request.GET.getlist("order")
    pdf = invoices_pdf(desk.shop, orders_to_print(desk.shop, ticked, waiting=True))
    _tell_rest(request, desk, ticked)
    return pdf_file(pdf, f"invoices-{desk.handle}") if pdf else _nothing(request, desk)


def _tell_rest(request: HttpRequest, desk: Desk, ticked: Sequence[str]) -> None:
    """What does not go into one file is said on the next page."""
    if more := beyond_print(desk.shop, ticked, waiting=True):
        words = ngettext(
            "%(num)s more order is not in the file, which holds %(most)s.",
            "%(num)s more orders are not in the file, which holds %(most)s.",
            more,
        )
        messages.warning(request, words % {"num": more, "most": MOST_AT_ONCE})


def _left_out(many: int) -> str:
    words = ngettext(
        "%(num)s order has no packing slip and was left out: cancelled, sold at the counter, or "
        "nothing to send.",
        "%(num)s orders have no packing slip and were left out: cancelled, sold at the counter, or "
        "nothing to send.",
        many,
    )
    return words % {"num": many}


def _nothing(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    messages.info(request, _("There is nothing to print."))
    return redirect("counter_orders", desk.handle)
