"""A product's pictures, one at a time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.catalog.access import product_at_desk
from comptoir.catalog.services.pictures import add_picture, describe_picture, remove_picture
from comptoir.common.errors import Refused
from comptoir.web.backoffice.forms import AltForm
from comptoir.web.backoffice.photos import stored_photos
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of


@require_POST
@signed_in
def pictures(request: HttpRequest, handle: str, product_id: int) -> HttpResponseBase:
    """Adds the pictures that were chosen after those there are."""
    found = product_at_desk(actor_of(request), handle, product_id)
    stored, problems = stored_photos(request)
    for picture_id in stored:
        try:
            add_picture(product=found, picture_id=picture_id)
        except Refused as refusal:
            problems.append(str(refusal.message))
            break
    for problem in problems:
        messages.error(request, problem)
    if stored and not problems:
        messages.success(request, _("Added. Say in a few words what each picture shows."))
    return redirect("counter_product", handle, product_id)


@require_POST
@signed_in
def picture(request: HttpRequest, handle: str, product_id: int, place_id: int) -> HttpResponseBase:
    """Describes a picture, or takes it away (``act=remove``)."""
    found = product_at_desk(actor_of(request), handle, product_id)
    form = AltForm(request.POST)
    if request.POST.get("act") == "remove":
        remove_picture(product=found, place_id=place_id)
        messages.success(request, _("The picture was removed."))
    elif form.is_valid():
        describe_picture(product=found, place_id=place_id, alt=form.cleaned_data["alt"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(str(e) for e in form.errors.get("alt", [])))
    return redirect("counter_product", handle, product_id)
