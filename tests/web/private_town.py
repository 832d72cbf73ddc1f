"""A town in which everything is somebody's: what the walk through all routes asks for."""

import io
from typing import Any

from comptoir.catalog.models import Product, ProductPicture
from comptoir.catalog.services.import_upload import import_upload
from comptoir.media.models import Picture
from comptoir.people.models.profile import Audience
from comptoir.posts.services import write_comment
from comptoir.sales.services import ship_order
from tests import cast
from tests.circle import says
from tests.sales.buying import at_bank, basket, charge_of, order_of, work
from tests.sales.offering import offer

# What belongs to Inès, to Zoé's shop or to their dealings, and must reach none of the others.
SECRETS = (
    "3 rue des Lices",
    "ines@example.org",
    "6A-SECRET",
    "catalogue-secret.csv",
    "Entre nous seulement",
    "Une réponse entre nous",
    "SECRET-CODE",
)


def build() -> dict[str, Any]:
    """Makes it; returns the value of each argument that a route can have."""
    cast.atelier_brume()
    bowl = cast.product(cast.maison_zinc(), "Bol")
    run = import_upload(
        shop=cast.maison_zinc(),
        file=io.BytesIO(b"id,title\n1,Bol\n"),
        file_name="catalogue-secret.csv",
        started_by=cast.zoe().user,
    )
    return {
        **_sold(bowl),
        **_said(bowl),
        "handle": "maison_zinc",
        "method_id": cast.by_post(cast.maison_zinc()).pk,
        "zone_id": cast.zone(cast.maison_zinc()).pk,
        "product_id": bowl.pk,
        "file_id": cast.file_of(cast.product(cast.maison_zinc(), "Patron")).pk,
        "place_id": _shown(bowl).pk,
        "variant_id": cast.variant_of(bowl).pk,
        "run_id": run.pk,
        "offer_id": offer(cast.maison_zinc(), code="SECRET-CODE").pk,
        "profile_id": cast.malo().profile.pk,
        "provider": "sandbox",
        "letter": "order_paid",
        "language": "fr",
        "form": "html",
        "token": "nothing-to-confirm",
        "uidb36": "1",
    }


def _shown(bowl: Product) -> ProductPicture:
    cover = Picture.objects.create(
        status="ready", sha256="ab" * 32, width=640, height=480, colour="#aabbcc"
    )
    return ProductPicture.objects.create(product=bowl, picture=cover, position=0)


def _sold(bowl: Product) -> dict[str, Any]:
    """Inès bought it, and it is on its way."""
    bought = basket((cast.variant_of(bowl), 1), actor=cast.ines().actor).sent()
    at_bank(bought, "approve")
    work()
    order = order_of(bought)
    ship_order(order=order, carrier="Colissimo", tracking="6A-SECRET")
    return {
        "reference": order.number,
        "bank": charge_of(bought).reference,
        "key": order.key,
        "line_id": order.lines.get().pk,
    }


def _said(bowl: Product) -> dict[str, Any]:
    """Inès wrote of it, to herself."""
    post = says(cast.ines(), "Entre nous seulement", bowl, audience=Audience.ME)
    comment = write_comment(actor=cast.ines().actor, post=post, text="Une réponse entre nous")
    return {"post_id": post.pk, "comment_id": comment.pk}
