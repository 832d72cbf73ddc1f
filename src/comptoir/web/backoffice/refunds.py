"""Money given back at the counter: for pieces, as a gesture, and for the delivery."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptoir.common.errors import Refused
from comptoir.sales.access import order_at_desk
from comptoir.sales.course import Course, course_of
from comptoir.sales.models import Order
from comptoir.sales.queries import payment_of
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.tallies import can_claim, price_of, to_send
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.form_keys import form_key, refund_key
from comptoir.web.formats import money
from comptoir.web.gates import signed_in
from comptoir.web.orders.pieces import amount_in, pieces_in, wrong_fields
from comptoir.web.refusals import status_of
from comptoir.web.request import actor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def refund(request: HttpRequest, handle: str, reference: str) -> HttpResponseBase:
    """Which pieces, how much, back on the shelf or not."""
    found = order_at_desk(actor_of(request), handle, reference, Right.REFUND)
    course = course_of(found)
    if request.method != "POST":
        return _page(request, handle, found, course)
    try:
        made = refund_order(
            order=found,
            refund_key=refund_key(request.POST, f"order {found.pk}"),
            parts=_parts(request, found, course),
            delivery_minor=amount_in(request.POST, "delivery", found.currency) or 0,
            by_id=actor_of(request).user_id,
        )
    except Refused as refusal:
        return _page(request, handle, found, course, refusal)
    amount = money(made.amount_minor, found.currency)
    if not made.amount_minor:
        messages.success(request, _("Given up. It cost nothing: no money is due."))
    elif by_hand := to_give_by_hand(found):
        messages.warning(request, by_hand)
    else:
        messages.success(request, _("%(amount)s goes back to the buyer.") % {"amount": amount})
    return redirect("counter_order", handle, reference)


def to_give_by_hand(found: Order) -> str:
    """What of the order's money the shop must give back itself, in words; '' when it is nothing."""
    payment = payment_of(found)
    if payment is None or not payment.by_hand_minor:
        return ""
    amount = money(payment.by_hand_minor, found.currency)
    return _("%(amount)s to give back yourself.") % {"amount": amount}


def _parts(request: HttpRequest, found: Order, course: Course) -> list[RefundPart]:
    pieces = pieces_in(request.POST, course.tallies)
    parts = [
        RefundPart(
            line_id=line,
            quantity=pieces[line],
            amount_minor=amount_in(request.POST, f"amount-{line}", found.currency),
            restock=request.POST.get(f"shelf-{line}") == "yes",
        )
        for line in course.tallies
    ]
    return [part for part in parts if part.quantity or part.amount_minor]


def _fields(course: Course) -> set[str]:
    """The names of what the form asks for."""
    delivery = {"delivery"} if course.delivery_left_minor > 0 else set()
    return delivery | {f"{name}-{n}" for n in course.tallies for name in ("pieces", "amount")}


def _page(
    request: HttpRequest,
    handle: str,
    found: Order,
    course: Course,
    refusal: Refused | None = None,
) -> HttpResponseBase:
    wrong = wrong_fields(refusal, _fields(course))
    context = {
        "order": found,
        "course": course,
        "lines": [
            (tally, can_claim(tally), price_of(tally, 1), to_send(tally))
            for tally in course.tallies.values()
        ],
        "typed": request.POST,
        "key": form_key(request.POST, refusal),
        "refusal": refusal.message if refusal and not wrong else "",
        "wrong": wrong,
        "cancel_instead": refusal is not None and refusal.code == "cancel_instead",
    }
    desk = desk_of(request, handle, Right.REFUND)
    status = 200 if refusal is None else status_of(refusal)
    return at_desk(request, desk, "refund.html", context, status=status)
