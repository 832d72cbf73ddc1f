"""A town in which everything is somebody's: what the walk through all routes asks for."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.catalog.models import ProductPicture
from comptoir.catalog.services.import_upload import import_upload
from comptoir.media.models import Picture
from comptoir.people.models.profile import Audience
from comptoir.posts.services import write_comment
from comptoir.sales.services import ship_order
from tests import cast
from tests.circle import says
from tests.sales.buying import at_bank, basket, charge_of, order_of, work

# What belongs to Inès, to Zoé's shop or to their dealings, and must reach none of the others.
SECRETS = (
    "3 rue des Lices",
    "ines@example.org",
    "6A-SECRET",
    "catalogue-secret.csv",
    "Entre nous seulement",
    "Une réponse entre nous",
)


def build() -> dict[str, Any]:
    """Makes it; returns the value of each argument that a route can have."""
    zinc, ines, malo = cast.maison_zinc(), cast.ines(), cast.malo()
    cast.atelier_brume()
    bowl = cast.product(zinc, "Bol")
    cover = Picture.objects.create(
        status="ready", sha256="ab" * 32, width=640, height=480, colour="#aabbcc"
    )
    place = ProductPicture.objects.create(product=bowl, picture=cover, position=0)
    variant = cast.variant_of(bowl)
    bought = basket((variant, 1), actor=ines.actor).sent()
    at_bank(bought, "approve")
    work()
    order = order_of(bought)
    ship_order(order=order, carrier="Colissimo", tracking="6A-SECRET")
    post = says(ines, "Entre nous seulement", bowl, audience=Audience.ME)
    comment = write_comment(actor=ines.actor, post=post, text="Une réponse entre nous")
    run = import_upload(
        shop=zinc,
        file=io.BytesIO(b"id,title\n1,Bol\n"),
        file_name="catalogue-secret.csv",
        started_by=cast.zoe().user,
    )
    return {
        "handle": zinc.profile.handle,
        "reference": order.number,
        "bank": charge_of(bought).reference,
        "key": order.key,
        "product_id": bowl.pk,
        "place_id": place.pk,
        "variant_id": variant.pk,
        "run_id": run.pk,
        "post_id": post.pk,
        "comment_id": comment.pk,
        "line_id": order.lines.get().pk,
        "profile_id": malo.profile.pk,
        "provider": "sandbox",
        "token": "nothing-to-confirm",
        "uidb36": "1",
        "upload": SimpleUploadedFile("x.csv", b"id\n1\n"),
    }
