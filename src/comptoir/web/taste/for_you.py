"""For you: what one's circle speaks for; for a visitor, what is loved by many different people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from comptoir.catalog.access import product_for
from comptoir.common.errors import NotVisible
from comptoir.discovery.asking import Asking, asking_of
from comptoir.discovery.preferences import count_of_signals
from comptoir.discovery.suggest import MOST, for_you
from comptoir.people.actor import ANYONE, Actor
from comptoir.reviews.services import keep_product
from comptoir.web.gates import signed_in
from comptoir.web.live import told_if_new
from comptoir.web.request import actor_of, wants_data, wants_fragment
from comptoir.web.streams import Shelf, shelf_of_suggestions
from comptoir.web.taste.data import shelf_data
from comptoir.web.taste.near import near_of
from comptoir.web.whole_numbers import whole_number

PAGE = 24
# As data: two or three screens of a telephone, which asks for what follows when it is near.
DATA_PAGE = 12
# With so many acts that count, one's circle is found.
ENOUGH = 3
PICKED = 9


@require_safe
def for_you_page(request: HttpRequest) -> HttpResponse:
    """The page; a script gets the list alone, and what is past ``?from=`` of it. Who asks for JSON
    gets the list as data."""
    actor = actor_of(request)
    start = min(whole_number(request.GET.get("from", ""), digits=4) or 0, MOST)
    asking = asking_of(actor)
    if wants_data(request):
        return _as_data(shelf_for(actor, asking, start=start, size=DATA_PAGE))
    answer = _drawn(request, asking, shelf_for(actor, asking, start=start), start)
    patch_vary_headers(answer, ["Accept"])
    return answer


def _as_data(shelf: Shelf) -> HttpResponse:
    then = f"{reverse('for_you')}?from={shelf.next}" if shelf.next else None
    answer = JsonResponse(shelf_data(shelf, then), json_dumps_params={"ensure_ascii": False})
    patch_vary_headers(answer, ["Accept"])
    return answer


def _drawn(request: HttpRequest, asking: Asking, shelf: Shelf, start: int) -> HttpResponse:
    actor, personal = actor_of(request), asking.personal
    context = {"shelf": shelf, "start": start}
    if wants_fragment(request):
        return told_if_new(request, render(request, "taste/for_you_rows.html", context))
    begins = personal and not start and count_of_signals(actor, ENOUGH) < ENOUGH
    context |= {
        "personal": personal,
        "begins": begins,
        "picks": picks_for(actor, shelf) if begins else None,
        "near": near_of(actor, asking=asking),
    }
    return render(request, "taste/for_you.html", context)


def shelf_for(actor: Actor, asking: Asking, *, start: int = 0, size: int = PAGE) -> Shelf:
    """A page of suggestions; as a visitor's when the actor wants none of their circle."""
    found = for_you(actor, limit=size, offset=start, asking=asking)
    then = str(start + size) if len(found) == size and start + size < MOST else None
    return shelf_of_suggestions(actor, found, then, personal=asking.personal, asking=asking)


def picks_for(actor: Actor, shelf: Shelf) -> Shelf:
    """What a newcomer may begin with: things loved by many, which they do not keep yet."""
    found = [one for one in for_you(ANYONE, limit=2 * PICKED) if one.product_id not in shelf.kept]
    return shelf_of_suggestions(actor, found[:PICKED], personal=False)


@require_POST
@signed_in
def keep_picks(request: HttpRequest) -> HttpResponse:
    """Keeps the things that a newcomer ticked."""
    actor = actor_of(request)
    for text in request.POST.getlist("product")[:PICKED]:
        product_id = whole_number(text)
        try:
            product_for(actor, product_id or 0)
        except NotVisible:
            continue
        keep_product(actor=actor, product_id=product_id or 0)
    return redirect("for_you")
