"""Withdrawing from a contract: two clicks, with or without an account, and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.access import order_for
from comptoir.sales.course import course_of
from comptoir.sales.jobs import withdrawal_link_job
from comptoir.sales.models import Order, OrderLine
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.sales.services.withdrawal_link import check_asking
from comptoir.sales.withdrawal.door import order_of_token, receipt_of_key
from comptoir.sales.withdrawal.right import Closed
from comptoir.web.form_keys import act_key, form_key
from comptoir.web.limits import allow_request
from comptoir.web.orders.forms import AskWithdrawalForm
from comptoir.web.orders.known import order_known_to, remember_order
from comptoir.web.orders.law import confirm_withdrawal, withdraw_here
from comptoir.web.orders.pieces import beside_line, pieces_in, wrong_pieces
from comptoir.web.refusals import status_of
from comptoir.web.request import actor_of

FOUND = 302
METHODS = ["GET", "HEAD", "POST"]
Exempt = OrderLine.Exempt
CLOSED: Mapping[Closed, str | Promise] = {
    Closed.NOT_PAID: _("This order is not paid: there is nothing to withdraw from."),
    Closed.CANCELLED: _("This order is cancelled."),
    Closed.FREE: _("Nothing was paid for this order."),
    Closed.IN_SHOP: _("What is bought in the shop itself has no right to withdraw by law."),
    Closed.BUSINESS: _("Purchases by a business have no right to withdraw."),
    Closed.TOO_LATE: _("The time to withdraw is over."),
    Closed.ALL_EXEMPT: _("The law makes an exception for everything in this order."),
    Closed.NOTHING_LEFT: _("You have given back everything already."),
}  # fmt: skip
WHY_EXEMPT: Mapping[str, str | Promise] = {
    Exempt.PERSONALISED: _("Made to your order: the law makes an exception for it."),
    Exempt.PERISHABLE: _("It spoils quickly: the law makes an exception for it."),
    Exempt.DIGITAL: _("You had it at once, and agreed to lose the right to withdraw from it."),
    Exempt.SEALED: _("Sealed for hygiene: only as long as it is not opened."),
}


@dataclass(frozen=True, slots=True)
class Door:
    """An order that someone may withdraw from, and the addresses of this way in."""

    order: Order
    here: str
    back: str


@never_cache
@require_http_methods(METHODS)
def order_withdrawal(request: HttpRequest, key: str) -> HttpResponseBase:
    """From the order's page."""
    found = order_for(actor_of(request), key)
    door = Door(found, reverse("order_withdrawal", args=[key]), reverse("order", args=[key]))
    response = _withdraw(request, door)
    if response.status_code == FOUND:
        remember_order(response, found)
    return response


@never_cache
@require_http_methods(METHODS)
def withdrawal_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """From the mailed link, without an account; one that grew old leads to a new one."""
    try:
        found = order_of_token(token)
    except NotVisible:
        said = gettext(
            "This link does not hold any more: it holds for two days. Ask for a new one."
        )
        messages.warning(request, said)
        return redirect("withdrawal")
    door = Door(found, reverse("withdrawal_link", args=[token]), reverse("withdrawal"))
    return _withdraw(request, door)


def _withdraw(request: HttpRequest, door: Door) -> HttpResponseBase:
    """What is withdrawn from, to be confirmed; once confirmed, the receipt."""
    if request.method != "POST":
        return _choice(request, door)
    course = course_of(door.order)
    try:
        made = declare_withdrawal(
            order=door.order,
            pieces=pieces_in(request.POST, course.tallies),
            request_key=act_key(request.POST, f"withdrawal from order {door.order.pk}"),
            still_sealed=[n for n in course.tallies if request.POST.get(f"sealed-{n}") == "yes"],
            name=request.POST.get("name", ""),
            by_id=actor_of(request).user_id,
        )
    except Refused as refusal:
        return _choice(request, door, refusal)
    return redirect("withdrawal_receipt", made.key)


def _choice(request: HttpRequest, door: Door, refusal: Refused | None = None) -> HttpResponse:
    course = course_of(door.order)
    right = course.right
    can = [one.line.pk for one in right.lines if one.most and not one.excluded]
    wrong, unsealed = wrong_pieces(refusal, can), beside_line(refusal, {"seal_needed"}, can)
    context = {
        "door": door,
        "order": door.order,
        "right": right,
        "closed": CLOSED[right.closed] if right.closed else "",
        "why_exempt": WHY_EXEMPT,
        "typed": request.POST,
        "key": form_key(request.POST),
        "refusal": refusal.message if refusal and not (wrong or unsealed) else "",
        "wrong": wrong,
        "unsealed": unsealed,
        "here_label": withdraw_here(),
        "confirm_label": confirm_withdrawal(),
    }
    status = 200 if refusal is None else status_of(refusal)
    return render(request, "orders/withdrawal.html", context, status=status)


@never_cache
@require_http_methods(METHODS)
def withdrawal(request: HttpRequest) -> HttpResponse:
    """Without an account: number and address of the order; the answer is the same for all."""
    form = AskWithdrawalForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent:
        allow_request(request, "withdrawal")
        check_asking(**form.cleaned_data)
        withdrawal_link_job.defer(**form.cleaned_data)
    context = {"form": form, "sent": sent, "here_label": withdraw_here()}
    status = 422 if form.errors else 200
    return render(request, "orders/withdrawal_ask.html", context, status=status)


@never_cache
@require_GET
def withdrawal_receipt(request: HttpRequest, key: str) -> HttpResponse:
    """The receipt, dated and signed by its digest, to keep and to print."""
    found = receipt_of_key(key)
    context = {
        "receipt": found,
        "order": found.order,
        "back": getattr(found, "giving_back", None),
        "order_page": order_known_to(request, found.order),
    }
    return render(request, "orders/receipt.html", context)
