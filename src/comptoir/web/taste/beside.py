"""Shelves beside a product: what is like it, and what was bought together with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.catalog.access import product_for
from comptoir.discovery.preferences import is_personalised
from comptoir.discovery.suggest import bought_together, like_this
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.streams import shelf_of_suggestions

BOUGHT = 6
ALIKE = 12


@require_safe
def beside(request: HttpRequest, product_id: int) -> HttpResponse:
    """Both shelves; a script gets them alone, for the product's page."""
    actor = actor_of(request)
    product = product_for(actor, product_id)
    bought = bought_together(actor, product_id, limit=BOUGHT)
    shown = {one.product_id for one in bought}
    alike = [one for one in like_this(actor, product_id, limit=ALIKE + BOUGHT)
             if one.product_id not in shown][:ALIKE]  # fmt: skip
    # One reading of cards and reasons for both.
    both = shelf_of_suggestions(actor, [*bought, *alike], personal=is_personalised(actor))
    context = {
        "product": product,
        "shelf": both,
        "people": {one.product_id: one.people for one in [*alike, *bought]},
        "bought": [card for card in both.products if card.id in shown],
        "alike": [card for card in both.products if card.id not in shown],
    }
    name = "shelves" if wants_fragment(request) else "beside"
    return render(request, f"taste/{name}.html", context)
