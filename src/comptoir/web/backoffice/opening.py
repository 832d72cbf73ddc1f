"""Opening a shop with a guide: what is done, what is missing, and the last step."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.catalog.queries import shop_cards
from comptoir.common.errors import Refused
from comptoir.sales.opening import NEEDED, Opening, Step, opening_of
from comptoir.sales.services.publish_shop import publish_shop
from comptoir.shops.access import Right
from comptoir.shops.models import Shop
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.gates import signed_in

TRIED_WITH = 3


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the guide as the page lists it."""

    name: str
    title: str
    words: str
    address: str
    done: bool
    needed: bool


def rows_of(opening: Opening, handle: str) -> list[StepRow]:
    """The steps in order, each with its own page."""
    return [
        StepRow(
            name=step,
            title=title,
            words=words,
            address=reverse(route, args=[handle]),
            done=opening.done(step),
            needed=step in NEEDED,
        )
        for step, title, words, route in _said()
    ]


def _said() -> tuple[tuple[Step, str, str, str], ...]:
    return (
        (
            Step.IDENTITY,
            _("Who trades"),
            _("Name, address, registration, mediator: the law asks it of every shop."),
            "counter_identity",
        ),
        (Step.PAYMENT, _("How you are paid"), _("Where the money goes."), "counter_payments"),
        (
            Step.DELIVERY,
            _("How you deliver"),
            _("Two usual ways are there already: set their prices."),
            "counter_delivery",
        ),
        (
            Step.CATALOGUE,
            _("Something to sell"),
            _("A product by hand, or your catalogue as a file."),
            "counter_products",
        ),
        (
            Step.TERMS,
            _("Your terms of sale"),
            _("What is particular to you; what the law says is written already."),
            "counter_terms",
        ),
        (
            Step.TEST,
            _("Try it yourself"),
            _("Buy something in test, as your buyers will: no money moves."),
            "counter_opening",
        ),
    )


@require_safe
@signed_in
def opening(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The list of steps."""
    return _page(request, desk_of(request, handle, Right.SETTINGS))


@require_POST
@signed_in
def publish(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The last step: everybody may buy."""
    desk = desk_of(request, handle, Right.SETTINGS)
    accepted = request.POST.get("test_payments") == "on"
    try:
        publish_shop(shop=desk.shop, accept_test_payments=accepted)
    except Refused as refusal:
        return _page(request, desk, refusal)
    messages.success(request, _("Your shop is open. Tell those who follow you!"))
    return redirect("counter", handle)


def _page(request: HttpRequest, desk: Desk, refusal: Refused | None = None) -> HttpResponseBase:
    found = opening_of(desk.shop.pk)
    context = {
        "opening": found,
        "steps": rows_of(found, desk.handle),
        "preparing": desk.shop.status == Shop.Status.PREPARING,
        "cards": shop_cards(desk.shop.pk).rows[:TRIED_WITH],
        "refusal": refusal,
    }
    return at_desk(request, desk, "opening.html", context, status=422 if refusal else 200)
