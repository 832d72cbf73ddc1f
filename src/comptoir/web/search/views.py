"""Search, and the discovery page when nothing is asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.catalog.queries import newest_cards
from comptoir.common.keyset import Cursor, Page
from comptoir.discovery.search import search_products, search_profiles
from comptoir.people.actor import Actor
from comptoir.people.suggestions import suggestions_for
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.search.forms import SearchForm
from comptoir.web.streams import shelf_of


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Products, people and shops that match ``q``; without it, what is new."""
    actor = actor_of(request)
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "words": words, "path": request.path}
    if form.errors or words:
        context |= _found(actor, words)
        name = "results"
    else:
        context |= _new(request, actor)
        name = "discover"
    if wants_fragment(request):
        return render(request, f"search/{name}.html", context)
    status = 422 if form.errors else 200
    return render(request, "search/page.html", {**context, "part": name}, status=status)


def _found(actor: Actor, words: str) -> dict[str, object]:
    products = Page(search_products(actor, words))
    return {"shelf": shelf_of(actor, products), "faces": search_profiles(actor, words)}


def _new(request: HttpRequest, actor: Actor) -> dict[str, object]:
    after = Cursor.parse(request.GET.get("after"))
    newest = shelf_of(actor, newest_cards(actor, after))
    return {"shelf": newest, "suggestions": suggestions_for(actor, each=6)}
