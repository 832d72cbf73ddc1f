"""Why one sees a product, and what one may say about it: less of it, not this person, not this."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from comptoir.catalog.access import product_for
from comptoir.common.errors import NotVisible
from comptoir.discovery.preferences import preferences_of
from comptoir.discovery.services import (
    drop_person,
    forget_signal,
    less_of,
    more_again,
    remember_signal,
    take_back_person,
)
from comptoir.people.access import profile_for
from comptoir.people.actor import Actor
from comptoir.people.models import Profile
from comptoir.web.answers import wants_on
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of, back_to, wants_fragment
from comptoir.web.taste.causes import causes_of


@require_safe
def why_page(request: HttpRequest, product_id: int) -> HttpResponse:
    """The people, their acts, and how much each weighs; as a page or in the sheet."""
    actor = actor_of(request)
    product = product_for(actor, product_id)
    context = {
        "product": product,
        "causes": causes_of(actor, product),
        "dropped": preferences_of(actor).dropped,
        "here": f"/products/{product_id}/why",
        "sheet": wants_fragment(request),
    }
    name = "why_sheet" if context["sheet"] else "why"
    return render(request, f"taste/{name}.html", context)


@require_POST
@signed_in
def want_less(request: HttpRequest, product_id: int) -> HttpResponse:
    """Less of the product (``what=product``), its shop or its category."""
    actor = actor_of(request)
    product = product_for(actor, product_id)
    what = request.POST.get("what")
    if what == "shop":
        less_of(actor=actor, shop_id=product.card.shop_id)
    elif what == "category" and product.category:
        less_of(actor=actor, category=product.category)
    else:
        less_of(actor=actor, product_id=product_id)
    return redirect(back_to(request, f"/products/{product_id}/why"))


@require_POST
@signed_in
def want_again(request: HttpRequest, less_id: int) -> HttpResponse:
    """Takes back a wish for less."""
    more_again(actor=actor_of(request), less_of_id=less_id)
    return redirect(back_to(request, "/settings/taste"))


@require_POST
@signed_in
def drop(request: HttpRequest, handle: str) -> HttpResponse:
    """Leaves a person out of one's circle of taste (``on=1``), or takes them in again."""
    actor = actor_of(request)
    if wants_on(request):
        profile = profile_for(actor, handle)
        if profile.kind != Profile.Kind.PERSON:
            raise NotVisible
        drop_person(actor=actor, person_id=profile.pk)
    else:
        take_back_person(actor=actor, person_id=_dropped(actor, handle))
    return redirect(back_to(request, "/settings/taste"))


def _dropped(actor: Actor, handle: str) -> int:
    """Among those dropped, since one who blocks the actor meanwhile is not to be found else."""
    for face in preferences_of(actor).dropped:
        if face.handle == handle.lower():
            return face.id
    raise NotVisible


@require_POST
@signed_in
def signal(request: HttpRequest, product_id: int, kind: str) -> HttpResponse:
    """One's own act moves no ranking any more (``on=0``), or does again (``on=1``)."""
    actor = actor_of(request)
    act = remember_signal if wants_on(request) else forget_signal
    act(actor=actor, product_id=product_id, kind=kind)
    return redirect(back_to(request, "/settings/taste"))
