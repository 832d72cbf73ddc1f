"""A buyer asks to give something back, and prints the label."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from comptoir.catalog.kinds import variant_labels
from comptoir.common.errors import Refused
from comptoir.sales.access import label_of, order_for
from comptoir.sales.course import Course, course_of
from comptoir.sales.models import Order
from comptoir.sales.services.returns import MOST_PHOTOS, ask_return
from comptoir.web.backoffice.photos import stored_photos
from comptoir.web.form_keys import act_key, form_key
from comptoir.web.orders.forms import AskReturnForm
from comptoir.web.orders.law import withdraw_here
from comptoir.web.orders.pieces import pieces_in, wrong_pieces
from comptoir.web.refusals import lay_beside, status_of
from comptoir.web.request import actor_of

FIELDS = {"bad_reason": "reason", "text_too_long": "words", "bad_exchange": "exchange"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def order_returns(request: HttpRequest, key: str) -> HttpResponseBase:
    """What comes back, why, with photos; the shop answers."""
    found = order_for(actor_of(request), key)
    course = course_of(found)
    form = AskReturnForm(request.POST or None)
    if request.method != "POST":
        return _page(request, found, course, form)
    status, wrong = 422, dict[int, str]()
    if form.is_valid():
        try:
            return _asked(request, found, course, form)
        except Refused as refusal:
            wrong = wrong_pieces(refusal, course.returnable)
            if not wrong:
                lay_beside(form, refusal, FIELDS)
            status = status_of(refusal)
    return _page(request, found, course, form, status, wrong)


def _asked(
    request: HttpRequest, found: Order, course: Course, form: AskReturnForm
) -> HttpResponseBase:
    pieces = pieces_in(request.POST, course.returnable)
    photos: list[int] = []
    problems = [_("Up to six, of 15 MB each at most.")]
    if len(request.FILES.getlist("photos")) <= MOST_PHOTOS:
        photos, problems = stored_photos(request)
    if problems:  # nothing is sent without a photo that its buyer meant to send
        form.add_error("photos", problems)
        return _page(request, found, course, form, 422)
    ask_return(
        order=found,
        pieces=pieces,
        reason=form.cleaned_data["reason"],
        words=form.cleaned_data["words"],
        pictures=photos,
        exchange_variant_id=form.cleaned_data["exchange"],
        by_id=actor_of(request).user_id,
        key=act_key(request.POST, f"return of order {found.pk}"),
    )
    messages.success(request, _("Sent. The shop answers by mail and on this page."))
    return redirect("order", found.key)


def _page(
    request: HttpRequest,
    found: Order,
    course: Course,
    form: AskReturnForm,
    status: int = 200,
    wrong: Mapping[int, str] = {},
) -> HttpResponse:
    lines = [course.tallies[line].line for line in course.returnable]
    context: dict[str, Any] = {
        "order": found,
        "lines": [(line, course.returnable[line.pk]) for line in lines],
        "form": form,
        "wrong": wrong,
        "typed": request.POST,
        "key": form_key(request.POST),
        "kinds": variant_labels({line.product_id for line in lines}),
        "right": course.right,
        "here_label": withdraw_here(),
        "photos_lost": bool(request.FILES),
    }
    return render(request, "orders/return_ask.html", context, status=status)


@never_cache
@require_GET
def return_label(request: HttpRequest, key: str, return_id: int) -> HttpResponse:
    """The carrier's label, to print."""
    found = order_for(actor_of(request), key)
    response = HttpResponse(label_of(found, return_id), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="label-{return_id}.pdf"'
    return response
