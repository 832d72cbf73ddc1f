"""The pictures of a product, one by one, in the back office."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Product, ProductPicture
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line

MOST_PICTURES = 20
MOST_ALT = 300


@transaction.atomic
def add_picture(*, product: Product, picture_id: int, alt: str = "") -> None:
    """Puts a stored picture after the others.

    Raises:
        Refused: ``too_many_pictures``, ``text_too_long``.
    """
    Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    places = ProductPicture.objects.filter(product=product)
    if places.count() >= MOST_PICTURES:
        raise Refused("too_many_pictures", _("A product shows up to twenty pictures."))
    last: int | None = places.aggregate(last=Max("position"))["last"]
    ProductPicture.objects.create(
        product=product,
        picture_id=picture_id,
        position=0 if last is None else last + 1,
        alt=clean_line(alt, max_length=MOST_ALT),
    )
    Product.objects.filter(pk=product.pk).update(updated_at=clock.now())


@transaction.atomic
def describe_picture(*, product: Product, place_id: int, alt: str) -> None:
    """Says in words what the picture shows; ``place_id`` is ``ProductPicture``'s key.

    Raises:
        NotVisible: not a picture of that product.
        Refused: ``text_too_long``.
    """
    words = clean_line(alt, max_length=MOST_ALT)
    if not ProductPicture.objects.filter(pk=place_id, product=product).update(alt=words):
        raise NotVisible


@transaction.atomic
def remove_picture(*, product: Product, place_id: int) -> None:
    """Takes the picture off the product; the next one becomes the cover if it was first.

    Raises:
        NotVisible: not a picture of that product.
    """
    gone, _kinds = ProductPicture.objects.filter(pk=place_id, product=product).delete()
    if not gone:
        raise NotVisible
