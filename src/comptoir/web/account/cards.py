"""Cards that shops' payment providers keep for the person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.sales.services.saved_cards import remove_saved_card
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of


@require_POST
@signed_in
def card_removal(request: HttpRequest, card_id: int) -> HttpResponse:
    """It is kept no more."""
    remove_saved_card(actor=actor_of(request), card_id=card_id)
    messages.success(request, _("The card is removed."))
    return redirect("settings")
