"""The buyer's side of bills: the phone that read the code."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptoir.catalog.services.counter_amounts import usual_vat_rate
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.access import profile_for
from comptoir.sales.bills import BillState, BillView, accounts_for, bill_of, bill_view, own_order
from comptoir.sales.models import Bill, Order
from comptoir.sales.services.bills import open_bill, pay_bill
from comptoir.shops.models import Shop
from comptoir.shops.queries import shop_of
from comptoir.web.bills.forms import AmountForm, PayForm
from comptoir.web.bills.ways import phone_ways
from comptoir.web.checkout.forms import provider_and_instrument
from comptoir.web.checkout.keys import key_of, renew_old_key, sealed_key
from comptoir.web.checkout.paying import Way
from comptoir.web.cookies import remember_in
from comptoir.web.formats import language
from comptoir.web.limits import allow_request
from comptoir.web.refusals import lay_beside, status_of
from comptoir.web.request import actor_of, user_of

A_DAY = timedelta(days=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, key: str) -> HttpResponseBase:
    """The bill on the phone; posting pays it."""
    bill, mine = bill_of(key), _key_of(request, key)
    before = own_order(bill, mine) if mine else None
    if before is not None and before.status == Order.Status.CANCELLED:
        mine, before = None, None  # the payment failed: tried again, it is another one
    offered = sealed_key(mine or uuid4())
    form = PayForm(request.POST or None, initial={"checkout_key": offered})
    if request.method == "POST" and form.is_valid():
        try:
            allow_request(request, "checkout")
            placed = pay_bill(bill=bill, **_asked(request, form))
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return _shown(request, bill, form, before, status_of(refusal))
        paying = redirect(placed.redirect_url or reverse("order", args=[placed.order_key]))
        return _remember(paying, key, sealed_key(form.cleaned_data["checkout_key"]))
    renew_old_key(form, offered)
    response = _shown(request, bill, form, before, 422 if form.errors else 200)
    shown = form["checkout_key"].value() == offered
    return _remember(response, key, offered) if shown else response


def _asked(request: HttpRequest, form: PayForm) -> dict[str, Any]:
    values = form.cleaned_data
    provider, instrument = provider_and_instrument(values["pay"])
    return {
        "actor": actor_of(request),
        "checkout_key": values["checkout_key"],
        "expected_total_minor": values["expected_total"],
        "email": values["email"],
        "language": language()[:2],
        "provider": provider,
        "instrument": instrument,
        "return_url_for": lambda key: request.build_absolute_uri(
            reverse("order_return", args=[key])
        ),
    }


def _shown(
    request: HttpRequest, bill: Bill, form: PayForm, before: Order | None, status: int
) -> HttpResponse:
    view = bill_view(bill)
    context = {
        "view": view,
        "form": form,
        "ways": _ways(request, view),
        "mine": before,
        "email": user_of(request).email if actor_of(request).signed_in else "",
    }
    return render(request, "bills/pay.html", context, status=status)


def _ways(request: HttpRequest, view: BillView) -> tuple[Way, ...]:
    if view.state is not BillState.OPEN:
        return ()
    accounts = accounts_for(view.bill.shop_id, actor_of(request))
    return phone_ways(accounts, view.currency, request.POST.get("pay", ""))


def _key_of(request: HttpRequest, key: str) -> UUID | None:
    """The checkout key that this phone was given for the bill, if it was."""
    return key_of(request.COOKIES.get(f"bill_{key}", ""))


def _remember(response: HttpResponse, key: str, checkout_key: str) -> HttpResponse:
    there = reverse("pay_bill", args=[key])
    remember_in(response, f"bill_{key}", checkout_key, lasting=A_DAY, path=there)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay_shop(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The code that stands on the counter: the buyer types the amount, then pays. Where no phone
    can pay, no amount is asked."""
    profile = profile_for(actor_of(request), handle)
    shop = shop_of(profile.pk)
    if shop is None:
        raise NotVisible
    form = AmountForm(request.POST or None, currency=shop.currency)
    unpayable = _why_unpayable(request, shop)
    if request.method == "POST" and not unpayable and form.is_valid():
        try:
            allow_request(request, "bill")
            bill = open_bill(
                shop=shop,
                by_id=None,
                amount_minor=form.cleaned_data["amount"],
                vat_rate_bp=usual_vat_rate(shop),
            )
        except Refused as refusal:
            lay_beside(form, refusal, {"bad_amount": "amount"})
        else:
            return redirect("pay_bill", bill.key)
    context = {"form": form, "shop": shop, "profile": profile, "unpayable": unpayable}
    refused = request.method == "POST"
    return render(request, "bills/amount.html", context, status=422 if refused else 200)


def _why_unpayable(request: HttpRequest, shop: Shop) -> str:
    """Why this phone can pay nothing at the shop's counter, in words; '' if it can."""
    if not (shop.sells_now or shop.sells_in_test):
        return _("This shop does not sell at the moment.")
    try:
        accounts = accounts_for(shop.pk, actor_of(request))
    except Refused as refusal:
        return str(refusal.message)
    if not phone_ways(accounts, shop.currency):
        return _("This shop takes no payment by phone: ask at the counter how you can pay.")
    return ""
