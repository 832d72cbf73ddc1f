"""What one does about a product: keep it, recommend it, take that back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.catalog.access import product_for
from comptoir.common.errors import Refused
from comptoir.reviews.queries import opinion_of
from comptoir.reviews.services import (
    keep_product,
    recommend_product,
    unkeep_product,
    withdraw_recommendation,
)
from comptoir.web.answers import done, leave_for, wants_on
from comptoir.web.gates import signed_in
from comptoir.web.product.forms import RecommendForm
from comptoir.web.request import actor_of, wants_fragment


@require_POST
@signed_in
def keep(request: HttpRequest, product_id: int) -> HttpResponse:
    """Keeps (``on=1``, for ``audience`` if given) or keeps no more (``on=0``)."""
    actor = actor_of(request)
    product_for(actor, product_id)
    if wants_on(request):
        audience = request.POST.get("audience") or None
        keep_product(actor=actor, product_id=product_id, audience=audience)
    else:
        unkeep_product(actor=actor, product_id=product_id)
    return done(request, f"/products/{product_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def recommend(request: HttpRequest, product_id: int) -> HttpResponse:
    """Recommends the product with a word, or changes the word said before."""
    actor = actor_of(request)
    product = product_for(actor, product_id)
    opinion = opinion_of(actor, product_id)
    said = {
        "word": opinion.my_word,
        "audience": opinion.my_audience,
        "interest": opinion.my_interest,
    }
    form = RecommendForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            recommend_product(actor=actor, product_id=product_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("word", str(refusal.message))
        else:
            return leave_for(request, f"/products/{product_id}")
    context = {"product": product, "opinion": opinion, "form": form}
    name = "recommend_sheet" if wants_fragment(request) else "recommend"
    return render(request, f"product/{name}.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def withdraw(request: HttpRequest, product_id: int) -> HttpResponse:
    """Takes one's recommendation back."""
    withdraw_recommendation(actor=actor_of(request), product_id=product_id)
    return leave_for(request, f"/products/{product_id}")
