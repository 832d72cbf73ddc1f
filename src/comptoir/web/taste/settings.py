"""One's own taste: what counts, who counts, what one wants less of, and whether at all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptoir.common.keyset import Cursor
from comptoir.discovery.preferences import own_signals, preferences_of
from comptoir.discovery.services import set_personalised
from comptoir.web.answers import wants_on
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.taste.near import people_like

LIKE_ME = 6


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def taste_page(request: HttpRequest) -> HttpResponse:
    """Shows it all; a post switches personalisation on (``on=1``) or off."""
    actor = actor_of(request)
    if request.method == "POST":
        on = wants_on(request)
        set_personalised(actor=actor, personalised=on)
        told = _("Your circle orders what you see.") if on else _("You see what a visitor sees.")
        messages.success(request, told)
        return redirect("taste")
    after = Cursor.parse(request.GET.get("after"))
    context = {"signals": own_signals(actor, after), "path": request.path, "first": after is None}
    if wants_fragment(request):
        return render(request, "taste/signals.html", context)
    wishes = preferences_of(actor)
    near = people_like(actor, LIKE_ME) if wishes.personalised else ()
    return render(request, "taste/settings.html", {**context, "wishes": wishes, "near": near})
