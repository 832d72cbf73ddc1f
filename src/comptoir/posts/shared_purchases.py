"""What people showed that they bought, and what posts they like show, as signals read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from comptoir.posts.models import Post, ProductTag


@dataclass(frozen=True, slots=True)
class SharedPurchase:
    """A post that says "I bought this". ``line_id``: the order's line; ``None`` once that is gone,
    or when the purchase came from elsewhere."""

    line_id: int | None
    audience: str
    interest: str


def shown_bought(profile_id: int, shop_id: int) -> set[int]:
    """The products of a shop that a person shared having bought."""
    tags = ProductTag.objects.filter(
        post__author=profile_id, post__kind=Post.Kind.PURCHASE, product__shop=shop_id
    )
    return set(tags.values_list("product_id", flat=True))


def shown_liked(profile_id: int, shop_id: int) -> set[int]:
    """The products of a shop in posts that a person likes."""
    tags = ProductTag.objects.filter(post__reactions__profile=profile_id, product__shop=shop_id)
    return set(tags.values_list("product_id", flat=True))


def shared_purchases(
    profile_id: int, product_ids: Iterable[int]
) -> dict[int, tuple[SharedPurchase, ...]]:
    """The posts by which a person shared having bought these products, by product."""
    tags = ProductTag.objects.filter(
        post__author=profile_id, post__kind=Post.Kind.PURCHASE, product__in=list(product_ids)
    )
    found: dict[int, list[SharedPurchase]] = {}
    for tag in tags.select_related("post"):
        post = tag.post
        said = SharedPurchase(post.order_line_id, post.audience, post.interest)
        found.setdefault(tag.product_id, []).append(said)
    return {product_id: tuple(posts) for product_id, posts in found.items()}
