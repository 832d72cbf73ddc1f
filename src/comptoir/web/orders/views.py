"""Orders as their buyers see them."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from comptoir.catalog.queries import cards_of
from comptoir.common.errors import Conflict, TooOften
from comptoir.common.limits import allow
from comptoir.people.actor import ANYONE
from comptoir.posts.queries import shares_of
from comptoir.sales.access import order_for
from comptoir.sales.bills import bill_to_pay_again
from comptoir.sales.course import course_of
from comptoir.sales.models import Order
from comptoir.sales.opening import is_test
from comptoir.sales.payment_queries import transfer_reference
from comptoir.sales.queries import order_page, orders_of_buyer, payment_of
from comptoir.sales.services.cancel_order import cancel_by_buyer
from comptoir.sales.services.come_back import UNDECIDED, come_back
from comptoir.sales.services.start_payment import start_again
from comptoir.web.answers import leave_for
from comptoir.web.basket.cookies import forget_shop
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.orders.documents import credit_notes_of
from comptoir.web.orders.files import links_of
from comptoir.web.orders.law import withdraw_here
from comptoir.web.orders.returning import BADGES, REASONS
from comptoir.web.orders.standing import not_begun, standing_of
from comptoir.web.orders.telling import told
from comptoir.web.request import actor_of, wants_fragment


@never_cache
@require_GET
@signed_in
def orders(request: HttpRequest) -> HttpResponse:
    """One's purchases, newest first."""
    profile_id = actor_of(request).profile_id or 0
    page = orders_of_buyer(profile_id, cursor=request.GET.get("after"))
    template = "orders/rows.html" if wants_fragment(request) else "orders/list.html"
    return render(request, template, {"page": page})


@never_cache
@require_GET
def order(request: HttpRequest, key: str) -> HttpResponse:
    """The order; while the bank has not said, it looks again by itself."""
    return _shown(request, order_for(actor_of(request), key), "orders/order.html")


@never_cache
@require_GET
def order_state(request: HttpRequest, key: str) -> HttpResponse:
    """What is new, for the page that waits: 204 as long as nothing is."""
    found = order_for(actor_of(request), key)
    if found.status == Order.Status.PENDING and wants_fragment(request):
        already_said = request.GET.get("told") == "1"
        if already_said or not not_begun(found, payment_of(found)):
            return HttpResponse(status=204)
    return _shown(request, found, "orders/body.html")


@never_cache
@require_GET
def order_return(request: HttpRequest, key: str) -> HttpResponseBase:
    """Where the bank sends the buyer: it is asked what it did, then the order is shown. It is not
    asked each time that this is opened again: notices and reconciliation tell the rest."""
    found = order_for(actor_of(request), key)
    if found.status in UNDECIDED:
        with suppress(TooOften):
            allow("ask_provider", f"order:{found.pk}")
            come_back(order=found)
            found.refresh_from_db(fields=["status"])
    return _known_as_it_is(request, redirect("order", key), found)


@require_POST
def order_payment(request: HttpRequest, key: str) -> HttpResponseBase:
    """The buyer pays what the provider did not answer for when it was ordered."""
    found, page = order_for(actor_of(request), key), reverse("order", args=[key])
    back = request.build_absolute_uri(reverse("order_return", args=[key]))
    allow_request(request, "checkout")
    if not start_again(order=found, return_url=back):
        messages.warning(request, _("The bank still does not answer. Try again in a moment."))
        return leave_for(request, page)
    found.refresh_from_db(fields=["status"])
    payment = payment_of(found)
    on = payment.redirect_url if payment and payment.redirect_url else page
    return _known_as_it_is(request, leave_for(request, on), found)


def _known_as_it_is(request: HttpRequest, response: HttpResponse, found: Order) -> HttpResponse:
    """Once it is paid, the browser knows that its things are out of the basket."""
    if found.basket_id is not None and found.status == Order.Status.PAID:
        forget_shop(request, response, found.shop_id)
    return response


@require_POST
def order_cancellation(request: HttpRequest, key: str) -> HttpResponseBase:
    """The buyer gives up before paying; if it was just paid, the page says so."""
    actor = actor_of(request)
    found = order_for(actor, key)
    allow("ask_provider", f"order:{found.pk}")
    try:
        cancel_by_buyer(order=found, by_id=actor.user_id)
    except Conflict as conflict:
        if conflict.code != "not_pending":
            raise
    return redirect("order", key)


def _shown(request: HttpRequest, found: Order, template: str) -> HttpResponse:
    page = order_page(found)
    mine = page.order.buyer_id is not None
    course = course_of(page.order) if page.order.paid_at else None
    standing = standing_of(page, course)
    pending = page.order.status == Order.Status.PENDING
    context = {
        "page": page,
        "transfer_reference": transfer_reference(page.order.pk) if pending else "",
        "order": page.order,
        "standing": standing,
        "bill_key": bill_to_pay_again(page.order) if standing.again else "",
        "not_begun": not_begun(page.order, page.payment),
        "cards": cards_of(ANYONE, (line.product_id for line in page.lines)),
        "mine": mine,
        "trial": is_test(page.order, page.shop),
        "shared": shares_of(page.order.pk) if mine else {},
        "course": course,
        "told": told(page.order, at_desk=False) if page.order.paid_at else [],
        "withdraw_label": withdraw_here(),
        "return_badges": BADGES,
        "reasons": REASONS,
        "files": links_of(page),
        "documents": credit_notes_of(page),
    }
    return render(request, template, context)
