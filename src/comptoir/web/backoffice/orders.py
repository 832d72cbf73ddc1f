"""Orders at the counter: one order, its parcel, its cancellation."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from comptoir.catalog.queries import cards_of
from comptoir.common.errors import Conflict, Refused
from comptoir.people.actor import ANYONE
from comptoir.sales.access import order_at_desk
from comptoir.sales.bills import billed_by
from comptoir.sales.carriers import NAMES
from comptoir.sales.course import course_of
from comptoir.sales.models import Order
from comptoir.sales.opening import is_test
from comptoir.sales.payment_tasks import disputes_of_order, transfer_of_order
from comptoir.sales.queries import order_page, payment_of
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.ship_order import ship_lines
from comptoir.sales.services.vat_number import set_vat_number_aside
from comptoir.sales.vat_numbers import vat_number_check
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.backoffice.forms import ParcelForm
from comptoir.web.backoffice.refunds import to_give_by_hand
from comptoir.web.form_keys import act_key, form_key
from comptoir.web.gates import signed_in
from comptoir.web.orders.documents import credit_notes_of
from comptoir.web.orders.pieces import pieces_in, wrong_pieces
from comptoir.web.orders.returning import BADGES, REASONS
from comptoir.web.orders.standing import standing_of
from comptoir.web.orders.telling import told
from comptoir.web.refusals import lay_beside, status_of
from comptoir.web.request import actor_of

PARCEL_FIELDS = {"carrier_too_long": "carrier", "tracking_too_long": "tracking"}


@never_cache
@require_GET
@signed_in
def order(request: HttpRequest, handle: str, reference: str) -> HttpResponseBase:
    """One order, to prepare and print."""
    return _order_page(request, handle, reference, ParcelForm())


@require_POST
@signed_in
def shipment(request: HttpRequest, handle: str, reference: str) -> HttpResponseBase:
    """A parcel left, with all that was left or a part of it; the buyer is told."""
    found = order_at_desk(actor_of(request), handle, reference, Right.SHIP)
    form = ParcelForm(request.POST)
    status, wrong = 422, dict[int, str]()
    if form.is_valid():
        try:
            ship_lines(
                order=found,
                quantities=_packed(request, found),
                by_id=actor_of(request).user_id,
                key=act_key(request.POST, f"parcel of order {found.pk}"),
                **form.cleaned_data,
            )
        except Refused as refusal:
            status, wrong = status_of(refusal), _wrong_parts(refusal, course_of(found).to_send)
            if not wrong:
                lay_beside(form, refusal, PARCEL_FIELDS)
        else:
            messages.success(request, _sent_words(found))
            return redirect("counter_order", handle, reference)
    return _order_page(request, handle, reference, form, status=status, wrong=wrong)


def _wrong_parts(refusal: Refused, left: Mapping[int, int]) -> dict[int, str]:
    """What to say beside the pieces of a line; empty when it is of something else, or when the page
    does not ask for pieces: of a single one that is left."""
    if sum(left.values()) < 2:
        return {}
    if refusal.code == "nothing_to_send":
        return {next(iter(left)): str(refusal.message)}
    return wrong_pieces(refusal, left)


def _sent_words(found: Order) -> str:
    if found.delivery_kind == "pickup":
        return _("Marked as ready. The buyer is told.")
    return _("Marked as shipped. The buyer is told.")


def _packed(request: HttpRequest, found: Order) -> dict[int, int] | None:
    """The pieces that the form names; ``None``, all that is left, when it names none at all."""
    if not any(name.startswith("pieces-") for name in request.POST):
        return None
    return pieces_in(request.POST, course_of(found).tallies)


@require_POST
@signed_in
def arrival(
    request: HttpRequest, handle: str, reference: str, shipment_id: int
) -> HttpResponseBase:
    """The parcel has arrived, or was collected: the time to withdraw runs."""
    found = order_at_desk(actor_of(request), handle, reference, Right.SHIP)
    mark_delivered(order=found, shipment_id=shipment_id, by_id=actor_of(request).user_id)
    pickup = found.delivery_kind == "pickup"
    messages.success(
        request, _("Noted: it was collected.") if pickup else _("Noted: it has arrived.")
    )
    return redirect("counter_order", handle, reference)


@require_POST
@signed_in
def cancellation(request: HttpRequest, handle: str, reference: str) -> HttpResponseBase:
    """The shop calls the order off; what was paid goes back, by hand where no provider does it."""
    found = order_at_desk(actor_of(request), handle, reference, Right.CANCEL)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Nothing was cancelled: tick the box to confirm."))
    else:
        cancel_by_shop(order=found, by_id=actor_of(request).user_id)
        found.refresh_from_db(fields=["status"])
        if found.status != Order.Status.CANCELLED:
            messages.success(request, _("What was not sent is on the shelf again."))
        elif by_hand := to_give_by_hand(found):
            messages.success(request, _("Order cancelled"))
            messages.warning(request, by_hand)
        elif (payment := payment_of(found)) and payment.refund_due_minor:
            messages.success(request, _("Cancelled. What was paid goes back to the buyer."))
        else:
            messages.success(request, _("Order cancelled"))
    return redirect("counter_order", handle, reference)


@require_POST
@signed_in
def vat_number(request: HttpRequest, handle: str, reference: str) -> HttpResponseBase:
    """A VAT number that is not valid has been dealt with."""
    found = order_at_desk(actor_of(request), handle, reference, Right.INVOICES)
    try:
        set_vat_number_aside(order=found, by_id=actor_of(request).user_id)
    except Conflict as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Noted."))
    return redirect("counter_order", handle, reference)


def _order_page(
    request: HttpRequest,
    handle: str,
    reference: str,
    form: ParcelForm,
    status: int = 200,
    wrong: Mapping[int, str] | None = None,
) -> HttpResponseBase:
    found = order_at_desk(actor_of(request), handle, reference)
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    page = order_page(found)
    context = {
        "page": page,
        "order": page.order,
        "steps": standing_of(page).steps,
        "trial": is_test(found, page.shop),
        "course": course_of(found),
        "vat_number": vat_number_check(found),
        "transfer": None if found.paid_at else transfer_of_order(found.pk),
        "disputes": disputes_of_order(found.pk) if found.paid_at else [],
        "told": told(found, at_desk=True),
        "return_badges": BADGES,
        "reasons": REASONS,
        "carriers": NAMES,
        "key": form_key(request.POST),
        "cards": cards_of(ANYONE, (line.product_id for line in page.lines)),
        "form": form,
        "typed": request.POST,
        "wrong": wrong or {},
        "billed_by": billed_by(found),
        "documents": credit_notes_of(page),
    }
    return at_desk(request, desk, "order.html", context, status=status)
