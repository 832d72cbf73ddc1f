"""The counter's side of bills: making one, the screen that waits for the phone, the list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.catalog.desk import desk_products, products_of
from comptoir.catalog.picks import Pick, picks_of
from comptoir.catalog.services.counter_amounts import usual_vat_rate
from comptoir.common.errors import Conflict, Refused
from comptoir.sales.bills import (
    BillState,
    BillView,
    accounts_at,
    bill_at_desk,
    bill_view,
    bills_of,
)
from comptoir.sales.services.bills import cancel_bill, open_bill
from comptoir.sales.services.purchase import summed
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.forms import offer_rates
from comptoir.web.bills.forms import BillForm
from comptoir.web.bills.qr import qr_svg
from comptoir.web.bills.ways import phone_ways
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of, user_of, wants_fragment
from comptoir.web.whole_numbers import whole_number

FIELDS = {"bad_amount": "amount", "bad_rate": "vat_rate_bp", "bad_minutes": "minutes"}
MOST_CHOSEN = 20
MOST_KEPT = 100
MOST_VARIANTS = 300  # each is a field of the form, filled in or not


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bills(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The form of a new bill, and what came in. Other words to search products by open no bill:
    what was typed stays, and what has a number."""
    desk = desk_of(request, handle, Right.TAKE_CASH)
    usual = usual_vat_rate(desk.shop)
    search, searching = _words(request), _is_search(request)
    typed = {name: request.POST[name] for name in BillForm.base_fields if name in request.POST}
    form = BillForm(
        None if searching else request.POST or None,
        currency=desk.currency,
        initial={"vat_rate_bp": usual, "minutes": 30, **typed},
    )
    offer_rates(form, desk.shop.country, usual)
    chosen, wrong = _chosen(request)
    if wrong and not searching:
        form.add_error(None, _("Write a number of pieces such as 1."))
    if request.method == "POST" and not searching and form.is_valid():
        try:
            bill = open_bill(shop=desk.shop, by_id=user_of(request).pk, **_asked(form, chosen))
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            return redirect("counter_bill", handle, bill.key)
    context = {
        "form": form,
        "rows": bills_of(desk.shop.pk),
        "found": _found(desk, search, {**chosen, **wrong}),
        "chosen": {**chosen, **wrong},
        "wrong": wrong,
        "search": search,
        "payable": _payable(desk),
    }
    return at_desk(request, desk, "bills.html", context, status=422 if form.errors else 200)


def _payable(desk: Desk) -> bool:
    """Whether a phone could pay a bill of the shop."""
    return bool(phone_ways(accounts_at(desk.shop.pk), desk.currency))


def _words(request: HttpRequest) -> str:
    """What products are searched by."""
    return request.POST.get("q", request.GET.get("q", ""))[:100].strip()


def _is_search(request: HttpRequest) -> bool:
    """Whether the form was sent to look for products: by that button, or with other words than
    those that what it shows was found by."""
    if request.method != "POST":
        return False
    return "search" in request.POST or _words(request) != request.POST.get("q_shown", "").strip()


def _found(desk: Desk, search: str, chosen: Collection[int]) -> list[Pick]:
    """Products to choose from, each with its variants that are there; those that are chosen come
    first, whatever is searched."""
    page = desk_products(desk.shop.pk, search=search, state="active")
    kept = products_of(desk.shop.pk, list(chosen)[:MOST_KEPT]) if chosen else []
    found = [row.id for row in page.rows if row.in_stock and row.id not in kept][:MOST_CHOSEN]
    picks = picks_of([*kept, *found])
    there = (picks[product_id] for product_id in (*kept, *found) if product_id in picks)
    return _fitting([pick for pick in there if not pick.elsewhere], chosen)


def _fitting(picks: Sequence[Pick], chosen: Collection[int]) -> list[Pick]:
    """As many variants as one form sends: those that are chosen, then others in order."""
    room, fitting = MOST_VARIANTS - len(chosen), []
    for pick in picks:
        there = [variant for variant in pick.variants if variant.in_stock]
        others = [variant for variant in there if variant.id not in chosen][: max(room, 0)]
        room -= len(others)
        shown = tuple(v for v in there if v.id in chosen or v in others)
        if shown:
            fitting.append(replace(pick, variants=shown))
    return fitting


def _asked(form: BillForm, chosen: Mapping[int, int]) -> dict[str, Any]:
    values = form.cleaned_data
    return {
        "amount_minor": values["amount"],
        "vat_rate_bp": values["vat_rate_bp"],
        "note": values["note"],
        "minutes": values["minutes"],
        "lines": list(chosen.items()),
    }


def _chosen(request: HttpRequest) -> tuple[dict[int, int], dict[int, str]]:
    """Quantities by variant of what is typed beside variants, such as ``variant-7=2``; and what was
    typed that is no number of pieces."""
    named = [(name, whole_number(name.removeprefix("variant-"))) for name in request.POST]
    found, wrong = [], {}
    for name, variant in named:
        if variant is None or not name.startswith("variant-"):
            continue
        typed = request.POST[name].strip()
        quantity = whole_number(typed or "0", digits=3)
        if quantity is None:
            wrong[variant] = typed
        elif quantity:
            found.append((variant, quantity))
    return summed(found), wrong


@never_cache
@require_safe
@signed_in
def bill(request: HttpRequest, handle: str, key: str) -> HttpResponse:
    """The screen that the buyer looks at: the amount, large, and the code."""
    desk = desk_of(request, handle, Right.TAKE_CASH)
    view = bill_view(bill_at_desk(actor_of(request), handle, key))
    return at_desk(request, desk, "bill.html", _screen(view))


@never_cache
@require_safe
@signed_in
def bill_state(request: HttpRequest, handle: str, key: str) -> HttpResponse:
    """The screen again, for its script: 204 as long as nothing changed."""
    view = bill_view(bill_at_desk(actor_of(request), handle, key))
    if wants_fragment(request) and request.GET.get("seen") == view.state:
        return HttpResponse(status=204)
    desk = desk_of(request, handle, Right.TAKE_CASH)
    return render(request, "backoffice/bill_screen.html", {"desk": desk, **_screen(view)})


@require_POST
@signed_in
def bill_cancellation(request: HttpRequest, handle: str, key: str) -> HttpResponseBase:
    """Nobody can pay it any more."""
    found = bill_at_desk(actor_of(request), handle, key)
    try:
        cancel_bill(bill=found)
    except Conflict as conflict:
        messages.error(request, str(conflict.message))
        return redirect("counter_bill", handle, key)
    messages.success(request, _("Cancelled: nobody can pay it any more."))
    return redirect("counter_bills", handle)


@require_safe
@signed_in
def sign(request: HttpRequest, handle: str) -> HttpResponse:
    """The code to print and stand on the counter: the buyer types the amount."""
    desk = desk_of(request, handle, Right.TAKE_CASH)
    address = settings.PUBLIC_URL + reverse("pay_shop", args=[desk.handle])
    context = {"address": address, "qr": qr_svg(address), "payable": _payable(desk)}
    return at_desk(request, desk, "bill_sign.html", context)


def _screen(view: BillView) -> dict[str, Any]:
    address = settings.PUBLIC_URL + reverse("pay_bill", args=[view.key])
    waiting = view.state in {BillState.OPEN, BillState.BEING_PAID}
    return {
        "view": view,
        "waiting": waiting,
        "address": address,
        "qr": qr_svg(address) if view.state is BillState.OPEN else "",
    }
