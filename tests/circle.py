"""What people of the cast do about each other and about products, in a few words."""

from comptoir.catalog.models import Product
from comptoir.common.outbox import emit
from comptoir.config.wiring import dispatcher
from comptoir.people.models.profile import Audience
from comptoir.people.services import follow
from comptoir.posts.events import PurchaseShared
from comptoir.posts.models import Post, ProductTag
from comptoir.posts.services import TagDraft, publish_post
from comptoir.reviews.services import keep_product, recommend_product
from comptoir.shops.models import Shop
from tests.cast import Person


def follows(who: Person, whom: Person | Shop) -> None:
    profile_id = whom.pk if isinstance(whom, Shop) else whom.profile.pk
    follow(actor=who.actor, profile_id=profile_id)


def says(
    who: Person,
    text: str,
    *shown: Product,
    audience: str = Audience.EVERYONE,
    as_shop: Shop | None = None,
) -> Post:
    """A post, showing products under it."""
    return publish_post(
        actor=who.actor,
        text=text,
        tags=[TagDraft(product.pk) for product in shown],
        audience=audience,
        as_profile_id=as_shop.pk if as_shop else None,
    )


def shows_bought(who: Person, product: Product) -> Post:
    """A purchase that ``who`` shares, without the order behind it; the handlers hear of it."""
    post = Post.objects.create(author=who.profile, kind=Post.Kind.PURCHASE)
    ProductTag.objects.create(post=post, product=product)
    emit(
        PurchaseShared(
            post_id=post.pk, profile_id=who.profile.pk, product_id=product.pk, audience="everyone"
        )
    )
    dispatcher().deliver_all()
    return post


def keeps(who: Person, product: Product, audience: str = Audience.EVERYONE) -> None:
    """Keeps it, and the handlers hear of it."""
    keep_product(actor=who.actor, product_id=product.pk, audience=audience)
    dispatcher().deliver_all()


def recommends(
    who: Person, product: Product, word: str = "", audience: str = Audience.EVERYONE
) -> None:
    """Recommends it, and the handlers hear of it."""
    recommend_product(actor=who.actor, product_id=product.pk, word=word, audience=audience)
    dispatcher().deliver_all()
