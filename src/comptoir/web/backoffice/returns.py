"""A return at the counter: answered, received, and ended with money or something else."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptoir.catalog.kinds import variant_labels
from comptoir.common.errors import Refused
from comptoir.sales.access import order_at_desk, return_of
from comptoir.sales.course import GivingBack, course_of
from comptoir.sales.models import Order, Return
from comptoir.sales.services.close_return import (
    close_return,
    exchange_return,
    refund_return,
    reopen_return,
)
from comptoir.sales.services.returns import answer_return, receive_return
from comptoir.shops.access import Right
from comptoir.web.amounts import typed_amount
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.backoffice.refunds import to_give_by_hand
from comptoir.web.form_keys import form_key, refund_key
from comptoir.web.gates import signed_in
from comptoir.web.orders.pieces import amount_in, pieces_in, wrong_fields
from comptoir.web.orders.returning import BADGES, REASONS
from comptoir.web.refusals import status_of
from comptoir.web.request import actor_of
from comptoir.web.whole_numbers import whole_number

Act = Callable[[HttpRequest, Return], str | Promise]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def giving_back(
    request: HttpRequest, handle: str, reference: str, return_id: int
) -> HttpResponseBase:
    """The return; posting does one of ``ACTS``, each with its own right."""
    found = order_at_desk(actor_of(request), handle, reference)
    back = return_of(found, return_id)
    if request.method != "POST":
        return _page(request, handle, found, back)
    name = request.POST.get("act", "")
    if name not in ACTS:
        return _page(request, handle, found, back, status=422)
    act, right = ACTS[name]
    order_at_desk(actor_of(request), handle, reference, right)
    try:
        message = act(request, back)
    except Refused as refusal:
        return _page(request, handle, found, back, refusal, status_of(refusal))
    messages.success(request, str(message))
    return redirect("counter_return", handle, reference, return_id)


def _accept(request: HttpRequest, back: Return) -> str | Promise:
    label = request.FILES.get("label")
    answer_return(
        giving_back=back,
        accept=True,
        words=request.POST.get("words", ""),
        send_to=request.POST.get("send_to", ""),
        label=label.read() if label else None,
        by_id=actor_of(request).user_id,
    )
    return _("Accepted. The buyer is told where to send it.")


def _refuse(request: HttpRequest, back: Return) -> str | Promise:
    words = request.POST.get("words", "")
    answer_return(giving_back=back, accept=False, words=words, by_id=actor_of(request).user_id)
    return _("Not accepted. The buyer reads your words.")


def _receive(request: HttpRequest, back: Return) -> str | Promise:
    lines = list(back.lines.values_list("line_id", flat=True))
    receive_return(
        giving_back=back,
        received=pieces_in(request.POST, lines),
        restock=pieces_in(request.POST, lines, "shelf"),
        by_id=actor_of(request).user_id,
    )
    return _("Received. The shelf is counted anew.")


def _refund(request: HttpRequest, back: Return) -> str | Promise:
    currency = back.order.currency
    lines = list(back.lines.values_list("line_id", flat=True))
    refund_return(
        giving_back=back,
        refund_key=refund_key(request.POST, f"return {back.pk}"),
        amounts={n: amount_in(request.POST, f"amount-{n}", currency) or 0 for n in lines},
        delivery_minor=amount_in(request.POST, "delivery", currency) or 0,
        by_id=actor_of(request).user_id,
    )
    return to_give_by_hand(back.order) or _("The money goes back to the buyer.")


def _exchange(request: HttpRequest, back: Return) -> str | Promise:
    variant = whole_number(request.POST.get("variant", ""))
    if variant is None:
        raise Refused("bad_exchange", _("Choose what is sent instead."))
    exchange_return(giving_back=back, variant_id=variant, by_id=actor_of(request).user_id)
    return _("The exchange is an order of its own now, ready to be packed.")


def _close(request: HttpRequest, back: Return) -> str | Promise:
    close_return(giving_back=back, by_id=actor_of(request).user_id)
    return _("The return is closed.")


def _reopen(request: HttpRequest, back: Return) -> str | Promise:
    reopen_return(giving_back=back)
    return _("It is awaited again.")


ACTS: dict[str, tuple[Act, Right]] = {
    "accept": (_accept, Right.REFUND),
    "refuse": (_refuse, Right.REFUND),
    "receive": (_receive, Right.SHIP),
    "refund": (_refund, Right.REFUND),
    "exchange": (_exchange, Right.REFUND),
    "close": (_close, Right.REFUND),
    "reopen": (_reopen, Right.REFUND),
}


def _page(
    request: HttpRequest,
    handle: str,
    found: Order,
    back: Return,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponseBase:
    shown = next(one for one in course_of(found).returns if one.row.pk == back.pk)
    wrong = wrong_fields(refusal, _fields(shown, request.POST.get("act", "")))
    context = {
        "order": found,
        "back": shown,
        "kinds": _kinds(shown),
        "typed": request.POST,
        "key": form_key(request.POST, refusal),
        "label_lost": bool(request.FILES),
        "refusal": refusal.message if refusal and refusal.code != "say_why" and not wrong else "",
        "say_why": refusal.message if refusal and refusal.code == "say_why" else "",
        "acting": request.POST.get("act", ""),
        "wrong": wrong,
        "typed_amount": partial(typed_amount, language=get_language() or "fr"),
        "return_badges": BADGES,
        "reasons": REASONS,
    }
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    return at_desk(request, desk, "return.html", context, status=status)


def _fields(shown: GivingBack, act: str) -> set[str]:
    """The names of what the form of that act asks for, as the page shows it now."""
    lines = [line.line_id for line in shown.lines]
    if act == "receive" and shown.row.status == Return.Status.ACCEPTED:
        return {f"{name}-{n}" for n in lines for name in ("pieces", "shelf")}
    if act == "refund" and shown.can_settle and shown.owed:
        return {"delivery", *(f"amount-{n}" for n in lines)}
    return set()


def _kinds(shown: GivingBack) -> list[tuple[int, str]]:
    """What could be sent instead, when one line comes back that was not withdrawn from."""
    if len(shown.lines) != 1 or shown.row.withdrawal_id is not None:
        return []
    product = shown.lines[0].line.product_id
    return variant_labels([product])[product]
