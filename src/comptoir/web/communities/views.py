"""Communities of taste: what is loved in them, who joined, and why one was placed there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.common.errors import Refused
from comptoir.common.keyset import Cursor, Page
from comptoir.discovery.communities.access import community_for
from comptoir.discovery.communities.queries import (
    CommunityView,
    Shared,
    communities_for,
    joined_members,
    loved_in,
    placed_by,
    view_of,
)
from comptoir.discovery.services.communities import (
    join_community,
    leave_community,
    rename_community,
)
from comptoir.people.actor import Actor
from comptoir.posts.queries import posts_by_some
from comptoir.web.gates import operator_only, signed_in
from comptoir.web.request import actor_of, back_to, wants_fragment
from comptoir.web.streams import first, shelf_of_ids, stream_of

ON_A_ROW = 4
ON_THE_PAGE = 24
FACES = 12
SPEAKING = 200  # members whose posts are looked through
POSTS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A community in the list, with a few products loved there."""

    community: CommunityView
    products: Sequence[ProductCard]


@require_safe
def all_communities(request: HttpRequest) -> HttpResponse:
    """One's own, then all of them."""
    actor = actor_of(request)
    shown = communities_for(actor)
    loved = loved_in(actor, shown, each=ON_A_ROW)
    cards = cards_of(actor, [one.product_id for row in loved.values() for one in row])
    rows = [Row(one, _cards(cards, loved[one.id])) for one in shown]
    context = {
        "mine": [row for row in rows if row.community.mine in {"found", "joined"}],
        "others": [row for row in rows if row.community.mine not in {"found", "joined"}],
    }
    return render(request, "communities/all.html", context)


@require_safe
def one_community(request: HttpRequest, community: str) -> HttpResponse:
    """One community, as the actor may see it."""
    actor = actor_of(request)
    found = view_of(actor, community_for(actor, community))
    loved = loved_in(actor, [found], each=ON_THE_PAGE)[found.id]
    people = joined_members(actor, found, most=SPEAKING)
    ids = [one.product_id for one in loved]
    authors = [row.face.id for row in people.rows]
    posts = posts_by_some(actor, authors, ids) if authors and ids else Page([])
    why = placed_by(actor, found) if found.mine in {"found", "joined"} else []
    context = {
        "found": found,
        "shelf": shelf_of_ids(actor, Page(ids)),
        "loved": {one.product_id: one.people for one in loved},
        "stream": stream_of(actor, first(posts.rows, POSTS)),
        "people": people.rows[:FACES],
        "more_people": len(people.rows) > FACES,
        "why": _why(actor, why),
    }
    return render(request, "communities/show.html", context)


@require_safe
@signed_in
def members(request: HttpRequest, community: str) -> HttpResponse:
    """Everybody who joined, the latest first."""
    actor = actor_of(request)
    found = view_of(actor, community_for(actor, community))
    rows = joined_members(actor, found, Cursor.parse(request.GET.get("after")))
    context = {"found": found, "people": rows, "path": request.path}
    fragment = wants_fragment(request)
    name = "profile/people_rows.html" if fragment else "communities/members.html"
    return render(request, name, context)


@require_POST
@signed_in
def join(request: HttpRequest, community: str) -> HttpResponseBase:
    """From now on the others see that one is here."""
    actor = actor_of(request)
    there = community_for(actor, community)
    try:
        if join_community(actor=actor, community=there):
            messages.success(request, _("You joined “%(name)s”.") % {"name": str(there)})
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect(back_to(request, f"/communities/{community}"))


@require_POST
@signed_in
def leave(request: HttpRequest, community: str) -> HttpResponseBase:
    """Out, for as long as one does not join again."""
    actor = actor_of(request)
    there = community_for(actor, community)
    if leave_community(actor=actor, community=there):
        messages.success(
            request, _("You left “%(name)s”; you will not be placed there again.") % {"name": there}
        )
    return redirect(
        "communities" if there.ended_at else back_to(request, f"/communities/{community}")
    )


@require_POST
@operator_only
def rename(request: HttpRequest, community: str) -> HttpResponseBase:
    """The operator's own name for it."""
    actor = actor_of(request)
    try:
        rename_community(
            actor=actor,
            community=community_for(actor, community),
            name=request.POST.get("name", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("community", community)


def _cards(cards: dict[int, ProductCard], loved: Sequence[Shared]) -> list[ProductCard]:
    return [cards[one.product_id] for one in loved if one.product_id in cards]


def _why(actor: Actor, acts: Sequence[Shared]) -> list[tuple[ProductCard, int]]:
    cards = cards_of(actor, [act.product_id for act in acts])
    return [(cards[act.product_id], act.people) for act in acts if act.product_id in cards]
