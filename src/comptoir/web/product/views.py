"""A product's page: pictures, offer, shop, and what people say and do about it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.catalog.access import product_for
from comptoir.catalog.queries import ProductView, VariantView, shop_cards
from comptoir.common.keyset import Page
from comptoir.discovery.reasons import Reason, reasons_for
from comptoir.people.actor import Actor
from comptoir.posts.queries import FeedPost, posts_showing
from comptoir.reviews.queries import Opinion, opinion_of
from comptoir.web.elsewhere.links import host_of, way_out
from comptoir.web.offers_shown import ProductOffers, offers_of_product
from comptoir.web.product.structured import structured
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.streams import Shelf, first, kept_in

MORE = 6
POSTS = 6


@dataclass(frozen=True, slots=True)
class ProductPage:
    """All that the page shows: eight queries at most in all, with the session's two."""

    product: ProductView
    opinion: Opinion
    reason: Reason
    posts: Page[FeedPost]
    more: Shelf
    offers: ProductOffers


@require_safe
def show_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """The page; ``?variant=`` chooses one beforehand."""
    page = page_of_product(actor_of(request), product_id)
    context = {
        "page": page,
        "product": page.product,
        "chosen": chosen(page.product, request.GET.get("variant", "")),
        "data": structured(page.product, page.offers.pieces, settings.PUBLIC_URL),
        "elsewhere": _elsewhere(page.product),
    }
    return render(request, "product/show.html", context)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where it is bought instead: our signed address, and the name of the site."""

    address: str
    host: str


def _elsewhere(product: ProductView) -> Elsewhere | None:
    if not product.buy_url:
        return None
    return Elsewhere(way_out(product.card.id), host_of(product.buy_url))


def page_of_product(actor: Actor, product_id: int) -> ProductPage:
    view = product_for(actor, product_id)
    others = [c for c in shop_cards(view.card.shop_id).rows if c.id != product_id][:MORE]
    reasons = reasons_for(actor, [product_id, *(card.id for card in others)])
    return ProductPage(
        product=view,
        opinion=opinion_of(actor, product_id),
        reason=reasons[product_id],
        posts=first(posts_showing(actor, product_id).rows, POSTS),
        more=Shelf(others, None, reasons, kept_in(reasons)),
        offers=offers_of_product(actor, view),
    )


def chosen(product: ProductView, asked: str) -> VariantView | None:
    """The variant asked for, else the first that can be bought, else the first."""
    variants = product.variants
    named = next((v for v in variants if str(v.id) == asked), None)
    return named or next((v for v in variants if v.in_stock), variants[0] if variants else None)


@require_safe
def share_product(request: HttpRequest, product_id: int) -> HttpResponse:
    """Ways to show the product to others: its link, or a post."""
    context = {"product": product_for(actor_of(request), product_id)}
    name = "share_sheet" if wants_fragment(request) else "share"
    return render(request, f"product/{name}.html", context)
