"""One's feed, the street window for visitors, and everyone's newest posts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comptoir.catalog.queries import newest_cards
from comptoir.common.keyset import Cursor, Page
from comptoir.people.actor import Actor
from comptoir.people.suggestions import suggestions_for
from comptoir.posts.queries import FeedPost, home_feed, newest_posts
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.streams import first, shelf_of, stream_of

WINDOW_POSTS = 6
WINDOW_PRODUCTS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The feed of those one follows; the window for visitors."""
    actor = actor_of(request)
    after = Cursor.parse(request.GET.get("after"))
    if not actor.signed_in:
        return _window(request, actor)
    if actor.profile_id is None:
        return redirect("operator" if actor.is_operator else "welcome")
    return _posts(request, "feed/home.html", actor, home_feed(actor, after))


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """Public posts of all, newest first."""
    actor = actor_of(request)
    after = Cursor.parse(request.GET.get("after"))
    return _posts(request, "feed/everyone.html", actor, newest_posts(actor, after))


def _posts(request: HttpRequest, template: str, actor: Actor, page: Page[FeedPost]) -> HttpResponse:
    context = {"stream": stream_of(actor, page), "path": request.path}
    if wants_fragment(request):
        return render(request, "feed/more.html", context)
    return render(request, template, {**context, "suggestions": suggestions_for(actor)})


def _window(request: HttpRequest, actor: Actor) -> HttpResponse:
    posts = first(newest_posts(actor).rows, WINDOW_POSTS)
    cards = Page(newest_cards(actor).rows[:WINDOW_PRODUCTS])
    context = {
        "stream": stream_of(actor, posts),
        "shelf": shelf_of(actor, cards),
        "suggestions": suggestions_for(actor),
    }
    return render(request, "feed/window.html", context)
