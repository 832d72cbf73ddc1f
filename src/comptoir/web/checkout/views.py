"""Buying: the sheet opens, its totals follow what is chosen, and it places the order."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from comptoir.common.errors import NotVisible, Refused, TooOften
from comptoir.sales.access import order_for
from comptoir.sales.links import key_in
from comptoir.sales.models import Order
from comptoir.sales.queries import is_placed, last_address_of
from comptoir.sales.services.place_order import Placed, place_order
from comptoir.web.answers import leave_for
from comptoir.web.basket.cookies import forget_shop
from comptoir.web.checkout.countries import NO_COUNTRY
from comptoir.web.checkout.forms import (
    CheckoutForm,
    LineForm,
    codes_in,
    provider_and_instrument,
)
from comptoir.web.checkout.keys import renew_old_key
from comptoir.web.checkout.paying import to_be_kept
from comptoir.web.checkout.refused import (
    show_code_not_seen,
    show_refusal,
    show_the_rest,
    show_unpaid,
)
from comptoir.web.checkout.sent import sheet_of_form, typed_in
from comptoir.web.checkout.sheet import Sheet, sheet_of_the_rest
from comptoir.web.checkout.source import (
    Wanted,
    from_basket,
    from_order,
    from_product,
    is_of_another,
    is_still_there,
    said_before,
    sealed,
    unsealed,
)
from comptoir.web.formats import language
from comptoir.web.limits import allow_request
from comptoir.web.request import actor_of, regions_of, user_of, wants_fragment


@never_cache
@require_GET
def product_buy(request: HttpRequest, product_id: int) -> HttpResponseBase:
    """The sheet from a card or a post: one piece of the product."""
    wanted = from_product(product_id)
    if wanted.pick is not None and wanted.pick.elsewhere:
        return leave_for(request, reverse("product", args=[product_id]))
    return open_sheet(request, wanted)


@never_cache
@require_GET
def checkout_new(request: HttpRequest) -> HttpResponseBase:
    """The sheet of a variant, so many; of several; of a shop's part of the basket; or of an order
    again."""
    form = LineForm(request.GET)
    if not form.is_valid():
        raise NotVisible
    asked, again = form.cleaned_data, request.GET.get("again", "")
    wanted = from_order(request, again) if again else None
    if wanted is None and asked["shop"]:
        wanted = from_basket(request, asked["shop"])
        if wanted is None:
            return leave_for(request, reverse("basket"))
    if wanted is None and asked["lines"]:
        wanted = Wanted(tuple(asked["lines"]), many=True)
    if wanted is None and asked["variant"]:
        wanted = Wanted(((asked["variant"], asked["quantity"] or 1),))
    if wanted is None:
        raise NotVisible
    return open_sheet(request, wanted)


def open_sheet(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """The sheet with what is known of the buyer; of several things, those that can be had."""
    known = _known(request)
    regions = [each for each in regions_of(request) if each not in NO_COUNTRY]
    sheet = sheet_of_the_rest(actor_of(request), wanted, typed_in(known, regions))
    form = CheckoutForm(initial={**known, "checkout_key": sheet.next_key})
    return show_sheet(request, sheet, form)


def _known(request: HttpRequest) -> dict[str, Any]:
    """What the order said which is tried again; else the person's last address, and the way of
    delivery that was chosen before one signed in."""
    actor, again = actor_of(request), request.GET.get("again", "")
    if again:
        return said_before(order_for(actor, key_in(again)))
    form = LineForm(request.GET)
    form.is_valid()
    known = last_address_of(actor) or ({"email": user_of(request).email} if actor.signed_in else {})
    return {**known, "delivery": form.cleaned_data.get("delivery")}


@require_POST
def checkout_totals(request: HttpRequest) -> HttpResponseBase:
    """The sheet again with the totals of what is chosen now; nothing is ordered."""
    sent = CheckoutForm(request.POST)
    sent.is_valid()
    if is_of_another(request, sent.cleaned_data.get("basket", "")):
        return _to_own_basket(request)
    _count_codes(request, sent)
    try:
        sheet = sheet_of_form(request, sent)
    except Refused as refusal:
        return _back_to_basket(request, sent, refusal)
    sent.keep_errors_of("quantity")  # what else is missing may still be typed
    return show_sheet(request, sheet, sent)


@require_POST
def checkout(request: HttpRequest) -> HttpResponseBase:
    """Places the order. What the provider decides at once is said here; else one goes on to it.
    What is wrong is said with all typed kept."""
    form = CheckoutForm(request.POST)
    refusal, placed = None, None
    form.is_valid()
    if is_of_another(request, form.cleaned_data.get("basket", "")):
        return _to_own_basket(request)
    if form.is_valid() and _codes_were_seen(form):
        try:
            allow_request(request, "checkout")
            if _left_the_basket(request, form):
                return _to_basket_as_it_is(request)
            placed = place_order(**_purchase(request, form))
        except Refused as error:
            refusal = error
            if error.details.get("order_key") and not error.details["given_up"]:
                return _to_first_order(request, str(error.details["order_key"]))
        else:
            if not (placed.failure and placed.status == Order.Status.CANCELLED):
                return _done(request, form, placed)
    return _shown_again(request, form, refusal, placed)


def _left_the_basket(request: HttpRequest, form: CheckoutForm) -> bool:
    """Whether another window ordered, or took out, what this one is about to order."""
    good = form.cleaned_data
    there = is_still_there(request, good["shop"], good["basket"], good["lines"])
    return not there and not is_placed(good["checkout_key"])


def _to_first_order(request: HttpRequest, key: str) -> HttpResponseBase:
    """What of the basket was being ordered is ordered already, otherwise than it was sent now."""
    said = _(
        "You have ordered this already, from another window or before you changed it: here is"
        " that order. Nothing was ordered twice."
    )
    messages.warning(request, said)
    return leave_for(request, reverse("order", args=[key]))


def _to_own_basket(request: HttpRequest) -> HttpResponseBase:
    """Such a sheet would leave the things where they are, to be ordered once more."""
    said = _(
        "Since this sheet was opened you have signed in or out, or a day has passed: look at what"
        " is in your basket now."
    )
    messages.warning(request, said)
    return leave_for(request, reverse("basket"))


def _to_basket_as_it_is(request: HttpRequest) -> HttpResponseBase:
    said = _("What you were ordering is not in your basket any more: look at what is in it.")
    messages.warning(request, said)
    return leave_for(request, reverse("basket"))


def _count_codes(request: HttpRequest, form: CheckoutForm) -> None:
    """A sheet says whether there is such a code: they are not to be guessed one after the other.

    Raises:
        TooOften: see ``allow_request``.
    """
    if codes_in(form.cleaned_data.get("code", "")):
        allow_request(request, "code")


def _codes_were_seen(form: CheckoutForm) -> bool:
    """Whether the total that was shown reckons with the codes; nothing is ordered otherwise. One
    that was taken out again is missed by the total, if it counted."""
    values = form.cleaned_data
    return set(codes_in(values["code"])) <= set(codes_in(values["codes_seen"]))


def _shown_again(
    request: HttpRequest,
    form: CheckoutForm,
    refusal: Refused | None,
    unpaid: Placed | None = None,
) -> HttpResponseBase:
    _count_codes(request, form)
    try:
        sheet = sheet_of_form(request, form)
    except Refused as error:
        if refusal is None or not form.cleaned_data.get("lines"):
            raise
        return _back_to_basket(request, form, error)
    renew_old_key(form, sheet.next_key)
    if refusal is not None:
        show_refusal(form, refusal, sheet)
    elif unpaid is not None:
        show_unpaid(form, sheet, unpaid.failure)
    elif form.is_valid() and not _codes_were_seen(form):
        show_code_not_seen(form, sheet.quote)
    if form.errors and unpaid is None:
        show_the_rest(form, sheet)
    status = 429 if isinstance(refusal, TooOften) else 422
    return show_sheet(request, sheet, form, status=status)


def _back_to_basket(request: HttpRequest, form: CheckoutForm, refusal: Refused) -> HttpResponseBase:
    """Things of the basket that are not sold any more: it says which."""
    if not form.cleaned_data.get("lines"):
        raise refusal
    messages.warning(request, str(refusal.message))
    return leave_for(request, reverse("basket"))


def _purchase(request: HttpRequest, form: CheckoutForm) -> dict[str, Any]:
    """Raises: NotVisible: nothing to be bought was sent."""
    values = form.cleaned_data
    if not (values["lines"] or values["variant"]):
        raise NotVisible
    provider, instrument = provider_and_instrument(values["pay"])
    if values["keep"] and actor_of(request).signed_in:
        instrument = to_be_kept(provider, instrument)
    return {
        "actor": actor_of(request),
        "checkout_key": values["checkout_key"],
        "lines": values["lines"] or [(values["variant"], values["quantity"])],
        "delivery_method_id": values["delivery"],
        "address": form.address(),
        "email": values["email"],
        "language": language()[:2],
        "expected_total_minor": values["expected_total"],
        "return_url_for": lambda key: request.build_absolute_uri(
            reverse("order_return", args=[key])
        ),
        "provider": provider,
        "instrument": instrument,
        "codes": codes_in(values["code"]),
        "company": values["company"],
        "vat_number": values["vat_number"],
        "basket_id": unsealed(request, values["basket"]),
        "consented": values["consent"],
    }


def show_sheet(
    request: HttpRequest, sheet: Sheet, form: CheckoutForm, status: int = 200
) -> HttpResponse:
    """The sheet as a fragment for htmx, as a page of its own otherwise. Totals that follow what is
    typed do not take one back to what is wrong."""
    fragment = wants_fragment(request)
    page = "checkout/sheet.html" if fragment else "checkout/new.html"
    # A basket that has nothing of that shop any more is known by what was sent.
    seal = sealed(request, sheet.part) or form.typed("basket") or ""
    opens = not fragment or status != 200
    context = {"sheet": sheet, "form": form, "basket": seal, "opens_where_wrong": opens}
    return render(request, page, context, status=status)


def _done(request: HttpRequest, form: CheckoutForm, placed: Placed) -> HttpResponseBase:
    """Paid at once: the thanks, in the sheet for htmx; else on to the provider or the order."""
    order_page = reverse("order", args=[placed.order_key])
    paid = placed.status == Order.Status.PAID
    if paid and wants_fragment(request):
        response: HttpResponseBase = render(request, "checkout/done.html", {"placed": placed})
        response.headers["HX-Push-Url"] = order_page
    else:
        response = _go(request, placed.redirect_url or order_page)
    if placed.out_of_basket and form.cleaned_data["shop"] and form.cleaned_data["basket"]:
        forget_shop(request, response, form.cleaned_data["shop"])
    return response


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    response = redirect(address)
    response.status_code = 303
    return response
