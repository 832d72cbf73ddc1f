"""The way out to a shop's own site, and the desk's page about it."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.catalog.access import product_at_desk, product_for
from comptoir.catalog.services.elsewhere import count_outbound, outbound_of, set_elsewhere
from comptoir.common.errors import NotVisible, Refused, TooOften
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.elsewhere.forms import ElsewhereForm
from comptoir.web.elsewhere.links import host_of, product_in
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of

# Who does not buy: what says so of itself, and what says nothing.
BOT = re.compile(
    r"bot|crawl|spider|slurp|preview|fetch|monitor|headless|python|curl|wget|java/|go-http|lighthouse"
    r"|facebookexternalhit|embedly|scrap",
    re.IGNORECASE,
)
FIELDS = {"bad_buy_url": "buy_url", "text_too_long": "safety_contact"}


@never_cache
@require_safe
def go(request: HttpRequest, token: str) -> HttpResponse:
    """On to the product's page elsewhere; a person is counted, without a name."""
    product = product_for(actor_of(request), product_in(token))
    if not product.buy_url or not product.active:
        raise NotVisible
    if _is_person(request):
        count_outbound(product_id=product.card.id)
    response = HttpResponseRedirect(product.buy_url)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "origin"
    return response


def _is_person(request: HttpRequest) -> bool:
    """Whether to count: a browser that goes there, and not too often."""
    headers = request.headers
    agent = headers.get("User-Agent", "")
    ahead = "prefetch" in headers.get("Sec-Purpose", headers.get("Purpose", ""))
    if request.method != "GET" or not agent or BOT.search(agent) or ahead:
        return False
    try:
        allow_request(request, "outbound")
    except TooOften:
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def elsewhere(request: HttpRequest, handle: str, product_id: int) -> HttpResponseBase:
    """At the desk: where the product is bought, how many went there, and its safety contact."""
    found = product_at_desk(actor_of(request), handle, product_id)
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    known = {"buy_url": found.buy_url, "safety_contact": found.safety_contact}
    form = ElsewhereForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            set_elsewhere(product=found, **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            messages.success(request, _("Saved."))
            return redirect("counter_elsewhere", handle, product_id)
    days = outbound_of(found.pk)
    context = {
        "product": found,
        "form": form,
        "days": days,
        "host": host_of(found.buy_url),
        "sum": sum(day.count for day in days),
    }
    return at_desk(request, desk, "elsewhere.html", context, status=422 if form.errors else 200)
