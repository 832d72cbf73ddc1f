"""The page of a person or a shop: what they say, keep, recommend or sell."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.catalog.collections import collections_of
from comptoir.catalog.queries import ProductCard, cards_of, shop_cards
from comptoir.common.errors import NotVisible
from comptoir.common.keyset import Cursor, Page
from comptoir.people.access import profile_for
from comptoir.people.actor import Actor
from comptoir.people.models import Profile
from comptoir.people.queries import followed_by, followers_of, head_of
from comptoir.posts.queries import posts_of
from comptoir.reviews.queries import kept_by, recommended_by
from comptoir.reviews.showcase import shown_by
from comptoir.shops.access import Right, may
from comptoir.shops.models import Shop
from comptoir.shops.queries import delivery_methods_of, shop_of
from comptoir.web.offers_shown import offers_of_shop
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.streams import shelf_of, shelf_of_ids, stream_of

STRIP = 8


@require_safe
def show_profile(request: HttpRequest, handle: str) -> HttpResponse:
    """Posts, newest first."""
    actor, profile, after = actor_of(request), _profile(request, handle), _after(request)
    stream = stream_of(actor, posts_of(actor, profile.pk, after))
    context = {"stream": stream, "path": request.path}
    if after is None and not wants_fragment(request):
        context |= {"showcase": _showcase(actor, profile.pk)}
    return _page(request, profile, "posts", context)


def _showcase(actor: Actor, profile_id: int) -> list[ProductCard]:
    """The first products that the profile puts forward; one query when there are none."""
    ids = shown_by(profile_id)[:STRIP]
    cards = cards_of(actor, ids)
    return [cards[product_id] for product_id in ids if product_id in cards]


@require_safe
def kept(request: HttpRequest, handle: str) -> HttpResponse:
    """The products that a person keeps and lets the viewer see."""
    actor, profile, after = actor_of(request), _profile(request, handle), _after(request)
    _only(profile, Profile.Kind.PERSON)
    shelf = shelf_of_ids(actor, kept_by(actor, profile.pk, after))
    return _page(request, profile, "kept", {"shelf": shelf, "path": request.path})


@require_safe
def recommended(request: HttpRequest, handle: str) -> HttpResponse:
    """The products that a person recommends, with their words."""
    actor, profile, after = actor_of(request), _profile(request, handle), _after(request)
    _only(profile, Profile.Kind.PERSON)
    advice = recommended_by(actor, profile.pk, after)
    ids = Page([row.product_id for row in advice.rows], advice.next)
    words = {row.product_id: row for row in advice.rows}
    context = {"shelf": shelf_of_ids(actor, ids), "words": words, "path": request.path}
    return _page(request, profile, "recommended", context)


@require_safe
def products(request: HttpRequest, handle: str) -> HttpResponse:
    """A shop's catalogue, newest first."""
    actor, profile, after = actor_of(request), _profile(request, handle), _after(request)
    _only(profile, Profile.Kind.SHOP)
    shelf = shelf_of(actor, shop_cards(profile.pk, after))
    context = {"shelf": shelf, "path": request.path, "collections": collections_of(profile.pk)}
    return _page(request, profile, "products", context)


@require_safe
def about(request: HttpRequest, handle: str) -> HttpResponse:
    """Who trades behind a shop, and how it delivers."""
    profile = _profile(request, handle)
    _only(profile, Profile.Kind.SHOP)
    context = {"deliveries": delivery_methods_of(profile.pk)}
    return _page(request, profile, "about", context)


@require_safe
def followers(request: HttpRequest, handle: str) -> HttpResponse:
    """Who follows, newest first."""
    profile = _profile(request, handle)
    rows = followers_of(actor_of(request), profile.pk, _after(request))
    return _page(request, profile, "followers", {"people": rows, "path": request.path})


@require_safe
def following(request: HttpRequest, handle: str) -> HttpResponse:
    """Whom one follows, newest first."""
    profile = _profile(request, handle)
    rows = followed_by(actor_of(request), profile.pk, _after(request))
    return _page(request, profile, "following", {"people": rows, "path": request.path})


def _profile(request: HttpRequest, handle: str) -> Profile:
    return profile_for(actor_of(request), handle)


def _after(request: HttpRequest) -> Cursor | None:
    return Cursor.parse(request.GET.get("after"))


def _only(profile: Profile, kind: Profile.Kind) -> None:
    if profile.kind != kind:
        raise NotVisible


def _page(
    request: HttpRequest, profile: Profile, tab: str, context: dict[str, Any]
) -> HttpResponse:
    if wants_fragment(request) and "path" in context:
        return render(request, f"profile/{tab}_rows.html", context)
    shop: Shop | None = shop_of(profile.pk) if profile.kind == Profile.Kind.SHOP else None
    head = head_of(actor_of(request), profile)
    works_here = shop is not None and may(actor_of(request), shop.pk, Right.SEE_ORDERS)
    arrange = reverse("my_showcase") if head.is_me else ""
    if works_here:
        arrange = reverse("counter_showcase", args=[profile.handle])
    context.setdefault("showcase", [])
    context |= {
        "may_arrange": arrange,
        "profile": profile,
        "head": head,
        "shop": shop,
        "works_here": works_here,
        "tab": tab,
        "offers": offers_of_shop(actor_of(request), shop.pk) if shop is not None else (),
    }
    return render(request, f"profile/{tab}.html", context)
