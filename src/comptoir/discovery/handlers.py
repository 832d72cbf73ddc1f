"""Acts become signals. Idempotent: an act told twice is one signal."""

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.discovery.models import Signal
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience
from comptoir.posts.events import PurchaseShared, PurchaseUnshared
from comptoir.reviews.events import (
    ProductKept,
    ProductRecommended,
    ProductUnkept,
    RecommendationWithdrawn,
)


def _note(actor_id: int, product_id: int, kind: str, audience: str) -> None:
    """Told late, an act may be of a person who left, or about a product that is gone: no signal."""
    if not Profile.objects.filter(pk=actor_id).exists():
        return
    if not Product.objects.filter(pk=product_id).exists():
        return
    Signal.objects.update_or_create(
        actor_id=actor_id,
        product_id=product_id,
        kind=kind,
        defaults={"audience": audience},
        create_defaults={"audience": audience, "at": clock.now()},
    )


def _forget(actor_id: int, product_id: int, kind: str) -> None:
    Signal.objects.filter(actor=actor_id, product=product_id, kind=kind).delete()


def on_product_kept(event: ProductKept) -> None:
    _note(event.profile_id, event.product_id, Signal.Kind.KEPT, event.audience)


def on_product_unkept(event: ProductUnkept) -> None:
    _forget(event.profile_id, event.product_id, Signal.Kind.KEPT)


def on_product_recommended(event: ProductRecommended) -> None:
    _note(event.profile_id, event.product_id, Signal.Kind.RECOMMENDED, event.audience)


def on_recommendation_withdrawn(event: RecommendationWithdrawn) -> None:
    _forget(event.profile_id, event.product_id, Signal.Kind.RECOMMENDED)


def on_purchase_shared(event: PurchaseShared) -> None:
    _note(event.profile_id, event.product_id, Signal.Kind.BOUGHT, event.audience)


def on_purchase_unshared(event: PurchaseUnshared) -> None:
    """The buyer took it back: for others it never was. It stays a signal for the buyer alone."""
    Signal.objects.filter(
        actor=event.profile_id, product=event.product_id, kind=Signal.Kind.BOUGHT
    ).update(audience=Audience.ME)
