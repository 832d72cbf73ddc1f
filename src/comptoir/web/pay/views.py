"""Paying by transfer, and the way to Stripe."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comptoir.common.errors import NotVisible
from comptoir.sales.epc_qr import epc_qr
from comptoir.sales.payment_queries import stripe_address, transfer_page


@never_cache
@require_safe
def transfer(request: HttpRequest, token: str) -> HttpResponseBase:
    """How much to send, where to, with which reference, and what has come so far."""
    return render(request, "pay/transfer.html", {"page": transfer_page(token)})


@never_cache
@require_safe
def transfer_code(request: HttpRequest, token: str) -> HttpResponseBase:
    """The same for a banking app, as a picture of a QR code; 404 when nothing is to be sent."""
    page = transfer_page(token)
    if page.state != "waiting" or not page.missing_minor:
        raise NotVisible
    picture = epc_qr(
        holder=page.holder,
        iban=page.iban.replace(" ", ""),
        bic=page.bic,
        amount_minor=page.missing_minor,
        reference=page.reference.replace(" ", ""),
    )
    return HttpResponse(picture, content_type="image/svg+xml")


@never_cache
@require_safe
def stripe(request: HttpRequest, token: str) -> HttpResponseBase:
    """Leads to Stripe's page; by a page of ours, for a form may not lead to another site."""
    address, order_key = stripe_address(token)
    if not address:
        return redirect("order", order_key)
    return render(request, "pay/stripe.html", {"address": address, "order_key": order_key})
