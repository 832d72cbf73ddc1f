"""At the counter: the files that buyers of a product download."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.catalog.access import product_at_desk
from comptoir.catalog.services.files import add_file, remove_file, send_instead
from comptoir.common.errors import Refused
from comptoir.web.gates import signed_in
from comptoir.web.refusals import refusals_told
from comptoir.web.request import actor_of


@require_POST
@signed_in
def files(request: HttpRequest, handle: str, product_id: int) -> HttpResponseBase:
    """Adds a file; the first one makes the product a download."""
    found = product_at_desk(actor_of(request), handle, product_id)
    sent = request.FILES.get("file")
    with refusals_told(request):
        if sent is None:
            raise Refused("file_missing", _("Choose a file first."))
        add_file(product=found, name=sent.name or "", chunks=sent.chunks())
        messages.success(request, _("The file is there: whoever buys the product downloads it."))
    return _back(handle, product_id)


@require_POST
@signed_in
def file(request: HttpRequest, handle: str, product_id: int, file_id: int) -> HttpResponseBase:
    """Takes a file away from new buyers."""
    found = product_at_desk(actor_of(request), handle, product_id)
    with refusals_told(request):
        remove_file(product=found, file_id=file_id)
        messages.success(request, _("New buyers do not get it any more."))
    return _back(handle, product_id)


@require_POST
@signed_in
def sent_instead(request: HttpRequest, handle: str, product_id: int) -> HttpResponseBase:
    """The product is a thing to send again."""
    found = product_at_desk(actor_of(request), handle, product_id)
    send_instead(product=found)
    messages.success(request, _("The product is sent again, and not downloaded."))
    return _back(handle, product_id)


def _back(handle: str, product_id: int) -> HttpResponseBase:
    return redirect("counter_product", handle, product_id)
