"""What a person thought of a shop's products, as signals read it."""

from collections.abc import Iterator

from comptoir.reviews.events import ProductKept, ProductRecommended
from comptoir.reviews.models import Keep, Recommendation


def acts_on(profile_id: int, shop_id: int) -> Iterator[ProductKept | ProductRecommended]:
    """What stands now, told as it was when it happened; read some at a time."""
    of = {"profile": profile_id, "product__shop": shop_id}
    for keep in Keep.objects.filter(**of).order_by("id").iterator():
        yield ProductKept(profile_id, keep.product_id, keep.audience)
    for said in Recommendation.objects.filter(**of).order_by("id").iterator():
        yield ProductRecommended(profile_id, said.product_id, said.audience, said.interest)
