"""Whether a browser may be led to an order from a page that others can open.

The receipt of a withdrawal opens by a key of its own, which the shop has too, and which is passed
on with the receipt; with the order's one acts as its buyer. A browser that withdrew from the page
of the order holds that already, and is remembered for an hour; one that came by the link asked for
with a number and an address is not: its mail leads to the order.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from comptoir.sales.models import Order
from comptoir.web.request import actor_of

COOKIE = "__Host-withdrew" if settings.BEHIND_TLS else "withdrew"
SALT = "web.orders.known"
SECONDS = 3600


def remember_order(response: HttpResponseBase, order: Order) -> None:
    """Of the browser that is answered: it came from the order's page."""
    response.set_signed_cookie(
        COOKIE,
        str(order.pk),
        salt=SALT,
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def order_known_to(request: HttpRequest, order: Order) -> str:
    """The address of the order's page, if this is its buyer, or a browser that came from there;
    else ''."""
    if order.buyer_id is not None:
        known = order.buyer_id == actor_of(request).profile_id
    else:
        came = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=SECONDS)
        known = came == str(order.pk)
    return reverse("order", args=[order.key]) if known else ""
