"""Search, and the discovery page when nothing is asked."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.catalog.queries import newest_cards
from comptoir.common.keyset import Cursor, Page
from comptoir.discovery.asking import Asking, asking_of
from comptoir.discovery.search import (
    Found,
    ProfileFound,
    find_products,
    search_looks,
    search_posts,
    search_posts_mended,
    search_profiles,
    search_profiles_mended,
    suggest,
)
from comptoir.discovery.search.products import NOTHING
from comptoir.discovery.suggest import spoken_for
from comptoir.people.actor import Actor
from comptoir.posts.queries import FeedPost
from comptoir.web.live import told_if_new
from comptoir.web.request import actor_of, me_of, user_of, wants_fragment
from comptoir.web.search.addresses import SearchAddress
from comptoir.web.search.facet_labels import chosen_of, shown
from comptoir.web.search.forms import SearchForm
from comptoir.web.streams import shelf_of, shelf_of_suggestions, stream_of
from comptoir.web.taste.for_you import shelf_for
from comptoir.web.taste.near import near_of

FACES = 8
MANY_FACES = 48
LOOKS_AT_A_GLANCE = 6
PICKED = 6


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Products, looks, posts, people and shops that match ``q``; without it, what is new."""
    actor = actor_of(request)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "words": words, "path": request.path, "address": None}
    if form.errors or words:
        address = SearchAddress.of(request.GET, words)
        context |= {"address": address, "narrowing": request.headers.get("HX-Trigger") == "facets"}
        context |= _found(request, actor, address)
        name = "results"
    else:
        context |= _new(request, actor)
        name = "discover"
    if wants_fragment(request):
        return told_if_new(request, render(request, f"search/{name}.html", context))
    status = 422 if form.errors else 200
    return render(request, "search/page.html", {**context, "part": name}, status=status)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the box proposes for ``q``, at most eight rows; nothing for what is too long."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = suggest(actor_of(request), words)
    return render(request, "search/suggestions.html", {"found": found, "words": words})


def _found(request: HttpRequest, actor: Actor, address: SearchAddress) -> dict[str, object]:
    asking = asking_of(actor)
    if not asking.personal:
        address = replace(address, circle=False)
    kind, circle = address.kind, address.circle
    found = NOTHING
    if kind in {"", "products", "looks"}:
        found = find_products(actor, address.wish, asking)
    faces, name = _faces(actor, address, found)
    posts: Page[FeedPost] = Page([])
    said = ""
    if kind == "posts":
        posts, said = _posts(actor, address)
    elif kind == "looks" or (not kind and not address.choice and address.page == 1):
        posts = search_looks(actor, found, circle=circle, page=address.page)
    return _products(request, asking, address, found) | {
        "address": address,
        "personal": asking.personal,
        "faces": faces,
        "mended": found.mended or name or said,
        "looks": posts if kind != "posts" else Page([]),
        "at_a_glance": LOOKS_AT_A_GLANCE,
        "stream": stream_of(actor, posts) if kind == "posts" else None,
    }


def _faces(actor: Actor, address: SearchAddress, found: Found) -> tuple[list[ProfileFound], str]:
    """People and shops, and the words that were searched where those typed were mended: those
    called as it was typed; else as for the products; else only if there is nothing else to show.
    """
    kinds = {"": ("person", "shop"), "shops": ("shop",), "people": ("person",)}.get(address.kind)
    if not kinds or address.choice:
        return [], ""
    most, circle = MANY_FACES if address.kind else FACES, address.circle
    faces = search_profiles(actor, address.words, kinds=kinds, circle=circle, limit=most)
    if found.mended and not faces:
        faces = search_profiles(actor, found.mended, kinds=kinds, circle=circle, limit=most)
    if faces or address.exactly or found.ids:
        return faces, ""
    return search_profiles_mended(actor, address.words, kinds=kinds, circle=circle, limit=most)


def _posts(actor: Actor, address: SearchAddress) -> tuple[Page[FeedPost], str]:
    """Posts, and the words that were searched where those typed were mended."""
    words, circle, page = address.words, address.circle, address.page
    posts = search_posts(actor, words, circle=circle, page=page)
    if posts.rows or address.exactly:
        return posts, ""
    return search_posts_mended(actor, words, circle=circle, page=page)


def _products(
    request: HttpRequest, asking: Asking, address: SearchAddress, found: Found
) -> dict[str, object]:
    if address.kind not in {"", "products"}:
        return {"found": NOTHING, "shelf": None, "facets": (), "chosen": ()}
    place = user_of(request).profile.place if me_of(request) is not None else ""
    facets = shown(found.facets, place)
    return {
        "found": found,
        "shelf": shelf_of_suggestions(
            actor_of(request),
            spoken_for(asking, found.ids),
            personal=asking.personal,
            asking=asking,
        ),
        "facets": facets,
        "chosen": chosen_of(facets, address),
        "next": address.on_page(found.next_page) if found.next_page else "",
    }


def _new(request: HttpRequest, actor: Actor) -> dict[str, object]:
    after = Cursor.parse(request.GET.get("after"))
    newest = shelf_of(actor, newest_cards(actor, after))
    if after is not None:
        return {"shelf": newest, "near": None, "picked": None}
    asking = asking_of(actor)
    picked = shelf_for(actor, asking, size=PICKED)
    return {"shelf": newest, "near": near_of(actor, each=4, asking=asking), "picked": picked}
