"""Who trades behind a shop and on which terms: the page that the law asks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.common.errors import NotVisible
from comptoir.people.access import profile_for
from comptoir.people.faces import face_of
from comptoir.sales.guarantee import guarantee_frame
from comptoir.sales.letters.law import model_form
from comptoir.shops.queries import delivery_methods_of, shop_of, terms_of
from comptoir.web.request import actor_of


@require_safe
def legal(request: HttpRequest, handle: str) -> HttpResponse:
    """Trader, mediator, safety contact, delivery, withdrawal, and the shop's own terms."""
    profile = profile_for(actor_of(request), handle)
    shop = shop_of(profile.pk)
    if shop is None:
        raise NotVisible
    context = {
        "face": face_of(profile),
        "shop": shop,
        "deliveries": delivery_methods_of(shop.pk),
        "terms": terms_of(shop.pk),
        "guarantee": guarantee_frame(shop.country),
        "form": model_form(shop) if shop.legal_name else (),
    }
    return render(request, "profile/legal.html", context)
