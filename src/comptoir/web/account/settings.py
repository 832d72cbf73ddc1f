"""One's own settings: the profile, and who sees what one keeps."""

from typing import IO, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptoir.common.errors import Refused
from comptoir.media.services.store_upload import REFUSALS, store_upload
from comptoir.people.actor import Actor
from comptoir.people.services import edit_profile
from comptoir.reviews.services import set_keeps_audience
from comptoir.sales.saved_cards import saved_cards_of
from comptoir.web.account.forms import ProfileForm
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of, user_of

FIELD_OF_REFUSAL = {"name_missing": "name", **dict.fromkeys(REFUSALS, "photo")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings_page(request: HttpRequest) -> HttpResponse:
    """Language, theme, e-mail and password have their own forms on the same page."""
    profile = user_of(request).profile
    shown = ("name", "bio", "place", "keeps_audience")
    form = ProfileForm(
        request.POST or None,
        request.FILES or None,
        initial={name: getattr(profile, name) for name in shown},
    )
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["photo"]:
                allow_request(request, "photo")
            _save(actor_of(request), **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, FIELD_OF_REFUSAL)
        else:
            messages.success(request, _("Your profile is saved."))
            return redirect("settings")
    cards = saved_cards_of(profile.pk)
    context = {"form": form, "user": user_of(request), "cards": cards}
    return render(request, "settings/page.html", context, status=422 if form.errors else 200)


def _save(actor: Actor, *, photo: IO[Any] | None, **words: Any) -> None:
    avatar_id = store_upload(content=photo).pk if photo else None
    with transaction.atomic():
        # First: it compares with the audience that ``edit_profile`` overwrites.
        set_keeps_audience(actor=actor, audience=words["keeps_audience"])
        edit_profile(actor=actor, avatar_id=avatar_id, **words)
