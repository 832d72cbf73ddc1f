"""Payments of another amount than was asked: the operator has them given back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from comptoir.common.errors import Conflict
from comptoir.sales.odd_money import odd_payments
from comptoir.sales.services.odd_money import confirm_odd_money, return_odd_money
from comptoir.sales.services.settle import Settlement
from comptoir.web.gates import operator_only
from comptoir.web.request import actor_of


@never_cache
@require_GET
@operator_only
def payments(request: HttpRequest) -> HttpResponseBase:
    """Those that wait for a decision, and what became of the others."""
    return render(request, "operator/payments.html", {"payments": odd_payments()})


@require_POST
@operator_only
def decision(request: HttpRequest, payment_id: int) -> HttpResponseBase:
    """Gives it back and calls the order off; ``act=done``: it was given back another way."""
    actor = actor_of(request)
    try:
        if request.POST.get("act") == "done":
            confirm_odd_money(actor=actor, payment_id=payment_id)
            messages.success(request, _("Noted."))
        elif request.POST.get("sure") != "yes":
            messages.error(request, _("Nothing was done: tick the box to confirm."))
        elif return_odd_money(actor=actor, payment_id=payment_id) is Settlement.REFUND_DUE:
            messages.success(request, _("The order is called off, and the money goes back."))
        else:
            said = _("The provider has corrected itself: the payment was settled as it says now.")
            messages.info(request, said)
    except Conflict as conflict:
        messages.error(request, str(conflict.message))
    return redirect("operator_payments")
