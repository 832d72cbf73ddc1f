"""Buying: the sheet opens, its totals follow what is chosen, and it places the order."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from comptoir.common.errors import NotVisible, Refused, TooOften
from comptoir.sales.access import order_for
from comptoir.sales.queries import address_of, last_address_of
from comptoir.sales.services.place_order import place_order
from comptoir.web.checkout.forms import CheckoutForm, LineForm, new_checkout_key
from comptoir.web.checkout.refused import show_refusal
from comptoir.web.checkout.sheet import Sheet, sheet_of_product, sheet_of_variant
from comptoir.web.formats import language
from comptoir.web.limits import allow_request
from comptoir.web.request import actor_of, user_of, wants_fragment


@require_GET
def product_buy(request: HttpRequest, product_id: int) -> HttpResponseBase:
    """The sheet from a card or a post: one piece of the product."""
    return _opened(request, sheet_of_product(actor_of(request), product_id))


@require_GET
def checkout_new(request: HttpRequest) -> HttpResponseBase:
    """The sheet from the product's page: this variant, that many."""
    line = LineForm(request.GET)
    if not line.is_valid():
        raise NotVisible
    wanted = line.cleaned_data
    sheet = sheet_of_variant(actor_of(request), wanted["variant"], wanted["quantity"] or 1)
    return _opened(request, sheet)


def _opened(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    known = _known_address(request)
    initial = {
        **known,
        "checkout_key": new_checkout_key(),
        "quantity": sheet.line.quantity,
    }
    return show_sheet(request, sheet, CheckoutForm(initial=initial))


def _known_address(request: HttpRequest) -> dict[str, str]:
    """That of the order which is tried again, or of the person's last one."""
    actor, again = actor_of(request), request.GET.get("again", "")
    if again:
        return address_of(order_for(actor, again))
    known = last_address_of(actor)
    return known or ({"email": user_of(request).email} if actor.signed_in else {})


@require_POST
def checkout_totals(request: HttpRequest) -> HttpResponseBase:
    """The sheet again with the totals of what is chosen now; nothing is ordered."""
    typed = request.POST.dict()
    form = CheckoutForm(initial=typed)
    return show_sheet(request, _sheet_of(request), form)


@require_POST
def checkout(request: HttpRequest) -> HttpResponseBase:
    """Places the order, and goes on to the bank; what is wrong is said with all typed kept."""
    data = request.POST.copy()
    form, status = CheckoutForm(data), 422
    if form.is_valid():
        try:
            allow_request(request, "checkout")
            placed = place_order(**_purchase(request, form))
        except Refused as refusal:
            show_refusal(form, data, refusal, _sheet_of(request).currency)
            status = 429 if isinstance(refusal, TooOften) else 422
        else:
            return _go(request, placed.redirect_url or reverse("order", args=[placed.order_key]))
    return show_sheet(request, _sheet_of(request), form, status=status)


def _purchase(request: HttpRequest, form: CheckoutForm) -> dict[str, Any]:
    values = form.cleaned_data
    return {
        "actor": actor_of(request),
        "checkout_key": values["checkout_key"],
        "lines": [(values["variant"], values["quantity"])],
        "delivery_method_id": values["delivery"],
        "address": form.address(),
        "email": values["email"],
        "language": language()[:2],
        "expected_total_minor": values["expected_total"],
        "return_url_for": lambda key: request.build_absolute_uri(
            reverse("order_return", args=[key])
        ),
    }


def _sheet_of(request: HttpRequest) -> Sheet:
    """The sheet for what was sent, with what cannot be used left at its start."""
    sent = CheckoutForm(request.POST)
    sent.is_valid()
    good = sent.cleaned_data
    if "variant" not in good:
        raise NotVisible
    return sheet_of_variant(
        actor_of(request), good["variant"], good.get("quantity", 1), good.get("delivery")
    )


def show_sheet(
    request: HttpRequest, sheet: Sheet, form: CheckoutForm, status: int = 200
) -> HttpResponse:
    """The sheet as a fragment for htmx, as a page of its own otherwise."""
    page = "checkout/sheet.html" if wants_fragment(request) else "checkout/new.html"
    return render(request, page, {"sheet": sheet, "form": form}, status=status)


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    response = redirect(address)
    response.status_code = 303
    return response
