"""Codes to print: of a product, and of a basket to share."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.catalog.access import product_for
from comptoir.catalog.picks import picks_of
from comptoir.sales.baskets import pieces_by_shop
from comptoir.sales.services.shared_basket import (
    open_shared,
    products_of,
    share_basket,
    shared_lines,
)
from comptoir.web.basket.cookies import basket_holder, remember
from comptoir.web.bills.qr import qr_svg
from comptoir.web.limits import allow_request
from comptoir.web.request import actor_of


@require_safe
def product_code(request: HttpRequest, product_id: int) -> HttpResponse:
    """A card with the product's code, for the shelf or the window."""
    product = product_for(actor_of(request), product_id)
    address = settings.PUBLIC_URL + product.card.address
    context = {"product": product, "address": address, "qr": qr_svg(address)}
    return render(request, "bills/product_code.html", context)


@require_POST
def basket_share(request: HttpRequest) -> HttpResponseBase:
    """Freezes the basket under a link and a code, to be shown or sent."""
    allow_request(request, "bill")
    shared = share_basket(holder=basket_holder(request))
    return redirect("shared_basket", shared.key)


@require_http_methods(["GET", "HEAD", "POST"])
def shared_basket(request: HttpRequest, key: str) -> HttpResponseBase:
    """What is in a shared basket, with its code; posting puts it with one's own."""
    if request.method == "POST":
        return _opened(request, key)
    lines = shared_lines(key)
    products = products_of([variant for variant, _many in lines])
    picks = picks_of(products.values())
    rows = []
    for variant_id, quantity in lines:
        pick = picks.get(products.get(variant_id, 0))
        variant = pick.variant(variant_id) if pick is not None else None
        if pick is not None and variant is not None and variant.id == variant_id:
            rows.append((pick, variant, quantity))
    address = settings.PUBLIC_URL + reverse("shared_basket", args=[key])
    context = {"rows": rows, "address": address, "qr": qr_svg(address), "key": key}
    return render(request, "bills/shared_basket.html", context)


def _opened(request: HttpRequest, key: str) -> HttpResponseBase:
    allow_request(request, "basket")
    taken, left = open_shared(holder=basket_holder(request), key=key)
    for word in [change.shortened for change in taken if change.shortened] + left:
        messages.warning(request, word)
    response = redirect("basket")
    if taken:
        messages.success(request, _("It is in your basket."))
        holder = taken[-1].holder
        remember(response, actor_of(request), holder, pieces_by_shop(holder))
    return response
