"""Those who follow the shop, and its own posts."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from comptoir.catalog.queries import cards_of
from comptoir.common.keyset import Cursor
from comptoir.people.actor import ANYONE
from comptoir.people.queries import followers_of
from comptoir.posts.queries import posts_of
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of, wants_fragment


@require_GET
@signed_in
def followers(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Who follows the shop, newest first."""
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    after = Cursor.parse(request.GET.get("after"))
    page = followers_of(actor_of(request), desk.shop.pk, after)
    template = "follower_rows.html" if wants_fragment(request) else "followers.html"
    return at_desk(request, desk, template, {"page": page})


@require_GET
@signed_in
def posts(request: HttpRequest, handle: str) -> HttpResponseBase:
    """What the shop said, newest first; from here one writes as the shop."""
    desk = desk_of(request, handle, Right.SPEAK)
    after = Cursor.parse(request.GET.get("after"))
    page = posts_of(actor_of(request), desk.shop.pk, after)
    tagged = (product for post in page.rows for product in post.product_ids)
    shown = cards_of(ANYONE, tagged)
    template = "post_rows.html" if wants_fragment(request) else "posts.html"
    return at_desk(request, desk, template, {"page": page, "products": shown})
