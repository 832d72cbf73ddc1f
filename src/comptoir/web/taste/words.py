"""What people say of a product, those of the reader's own taste first."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.catalog.access import product_for
from comptoir.discovery.suggest import likeness
from comptoir.people.actor import Actor
from comptoir.reviews.queries import Opinion, Word, opinion_of
from comptoir.web.request import actor_of, wants_fragment

# From such a part of the nearest one's likeness on, somebody is said to share one's taste.
SHARES_TASTE = 0.25


@require_safe
def words(request: HttpRequest, product_id: int) -> HttpResponse:
    """All words, in that order; a script gets them alone, for the product's page."""
    actor = actor_of(request)
    product = product_for(actor, product_id)
    opinion = nearest_first(actor, opinion_of(actor, product_id))
    context = {"product": product, "card": product.card, "opinion": opinion, "ordered": True}
    if wants_fragment(request):
        return render(request, "product/opinion.html", context)
    return render(request, "taste/words.html", context)


def nearest_first(actor: Actor, opinion: Opinion) -> Opinion:
    """The same with its words in order of likeness, those with an interest last as before."""
    near = likeness(actor, [word.author.id for word in opinion.words])

    def place(word: Word) -> tuple[bool, float]:
        return bool(word.interest), -near[word.author.id]

    return replace(
        opinion,
        words=tuple(
            replace(word, alike=near[word.author.id] >= SHARES_TASTE)
            for word in sorted(opinion.words, key=place)
        ),
    )
