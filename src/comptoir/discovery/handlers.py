"""Acts become signals. Idempotent: an act told twice is one signal.

Nothing that was paid for is one: neither words with an interest, nor what people say and do about
the products of a shop they work for.
"""

from collections.abc import Sequence

from comptoir.catalog.models import Product
from comptoir.catalog.sellers import sells_any
from comptoir.common import clock
from comptoir.discovery.likes import settle_likes, settle_likes_of_post
from comptoir.discovery.live.changes import log_changes
from comptoir.discovery.models import Change, Signal
from comptoir.discovery.search.spelling import forget_name
from comptoir.people.events import (
    PersonLeft,
    ProfileBlocked,
    ProfileFollowed,
    ProfileRestored,
    ProfileSuspended,
    ProfileUnfollowed,
)
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience
from comptoir.posts.events import (
    PostLiked,
    PostUnliked,
    PurchaseShared,
    PurchaseUnshared,
    ShowingChanged,
)
from comptoir.posts.shared_purchases import (
    SharedPurchase,
    shared_purchases,
    shown_bought,
    shown_liked,
)
from comptoir.reviews.acts import acts_on
from comptoir.reviews.events import (
    ProductKept,
    ProductRecommended,
    ProductUnkept,
    RecommendationWithdrawn,
)
from comptoir.sales.events import OrderCancelled, OrderPaid, OrderRefunded
from comptoir.sales.purchases import lines_that_stand, ordered_from, products_of_order
from comptoir.shops.events import StaffJoined, StaffLeft
from comptoir.shops.staff import works_at

AT_A_TIME = 1000
WIDEST_FIRST = (Audience.EVERYONE, Audience.FOLLOWERS, Audience.ME)


def _note(actor_id: int, product_id: int, kind: str, audience: str) -> None:
    """Told late, an act may be of a person who left, or about a product that is gone: no signal.

    A signal that its person had forgotten stays so.
    """
    if not Profile.objects.filter(pk=actor_id).exists():
        return
    if not Product.objects.filter(pk=product_id).exists():
        return
    if sells_any(actor_id, [product_id]):
        return
    Signal.objects.update_or_create(
        actor_id=actor_id,
        product_id=product_id,
        kind=kind,
        defaults={"audience": audience},
        create_defaults={"audience": audience, "at": clock.now()},
    )
    log_changes(Change.Kind.ACT, [(actor_id, product_id)])


def _forget(actor_id: int, product_id: int, kind: str) -> None:
    Signal.objects.filter(actor=actor_id, product=product_id, kind=kind).delete()
    log_changes(Change.Kind.ACT, [(actor_id, product_id)])


def on_product_kept(event: ProductKept) -> None:
    _note(event.profile_id, event.product_id, Signal.Kind.KEPT, event.audience)


def on_product_unkept(event: ProductUnkept) -> None:
    _forget(event.profile_id, event.product_id, Signal.Kind.KEPT)


def on_product_recommended(event: ProductRecommended) -> None:
    if event.interest:
        _forget(event.profile_id, event.product_id, Signal.Kind.RECOMMENDED)
    else:
        _note(event.profile_id, event.product_id, Signal.Kind.RECOMMENDED, event.audience)


def on_recommendation_withdrawn(event: RecommendationWithdrawn) -> None:
    _forget(event.profile_id, event.product_id, Signal.Kind.RECOMMENDED)


def on_purchase_shared(event: PurchaseShared) -> None:
    _settle_bought(event.profile_id, [event.product_id])


def on_purchase_unshared(event: PurchaseUnshared) -> None:
    """The buyer took it back: for others it never was. It stays a signal for the buyer alone."""
    _settle_bought(event.profile_id, [event.product_id])


def on_like_changed(event: PostLiked | PostUnliked) -> None:
    settle_likes(event.product_id, [event.profile_id])


def on_showing_changed(event: ShowingChanged) -> None:
    settle_likes_of_post(event.post_id, event.product_id)


def on_order_paid(event: OrderPaid) -> None:
    """What a member bought counts for them, and for them alone unless they share it."""
    _on_order(event)


def on_order_cancelled(event: OrderCancelled) -> None:
    _on_order(event)


def on_order_refunded(event: OrderRefunded) -> None:
    _on_order(event)


def _on_order(event: OrderPaid | OrderCancelled | OrderRefunded) -> None:
    if event.buyer_id is not None:
        _settle_bought(event.buyer_id, products_of_order(event.order_id))


def _settle_bought(profile_id: int, product_ids: Sequence[int]) -> None:
    """Makes the signals of what a person bought say what orders and posts say now.

    Read from the rows and not from the event, since the events of an order and of a post come in
    any order. The person's row is locked, so that two of them do not write over each other.
    """
    if not Profile.objects.select_for_update(no_key=True).filter(pk=profile_id).exists():
        return
    lines = lines_that_stand(profile_id, product_ids)
    shared = shared_purchases(profile_id, product_ids)
    for product_id in product_ids:
        audience = _audience(set(lines.get(product_id, ())), shared.get(product_id, ()))
        if audience is None:
            _forget(profile_id, product_id, Signal.Kind.BOUGHT)
        else:
            _note(profile_id, product_id, Signal.Kind.BOUGHT, audience)


def _audience(lines: set[int], shared: Sequence[SharedPurchase]) -> str | None:
    """Who may know that it was bought; ``None``: it is no signal.

    A post whose order came to nothing shares nothing; one with an interest makes the purchase
    itself suspect, whoever else may know of it.
    """
    told = [post for post in shared if post.line_id is None or post.line_id in lines]
    if any(post.interest for post in told) or not (told or lines):
        return None
    known = {post.audience for post in told} | {Audience.ME.value}
    return next(str(audience) for audience in WIDEST_FIRST if audience in known)


def on_staff_changed(event: StaffJoined | StaffLeft) -> None:
    """Who works for a shop says nothing of its products for as long as they do.

    Read from the rows and not from the event. The person's row is locked against being referred
    to, so that a signal that is being written is waited for.
    """
    person = Profile.objects.select_for_update().filter(user=event.user_id).first()
    if person is None:
        return
    if works_at(event.user_id, event.shop_id):
        _hush(person.pk, event.shop_id)
        return
    for act in acts_on(person.pk, event.shop_id):
        if isinstance(act, ProductKept):
            on_product_kept(act)
        else:
            on_product_recommended(act)
    bought = ordered_from(person.pk, event.shop_id) | shown_bought(person.pk, event.shop_id)
    _settle_bought(person.pk, sorted(bought))
    for product_id in sorted(shown_liked(person.pk, event.shop_id)):
        settle_likes(product_id, [person.pk])


def _hush(profile_id: int, shop_id: int) -> None:
    """Deletes what somebody said of a shop's products. What they had forgotten is silent as it is,
    and must be known to be so if it is ever told again."""
    rows = Signal.objects.filter(actor=profile_id, product__shop=shop_id, forgotten=False)
    products = sorted(set(rows.values_list("product_id", flat=True)))
    for start in range(0, len(products), AT_A_TIME):
        some = products[start : start + AT_A_TIME]
        rows.filter(product__in=some).delete()
        log_changes(Change.Kind.ACT, [(profile_id, product_id) for product_id in some])


def on_follow_changed(event: ProfileFollowed | ProfileUnfollowed) -> None:
    log_changes(Change.Kind.FOLLOW, [(event.follower_id, event.followee_id)])


def on_profile_blocked(event: ProfileBlocked) -> None:
    """Who blocks neither follows nor is followed any more."""
    both = [(event.blocker_id, event.blocked_id), (event.blocked_id, event.blocker_id)]
    log_changes(Change.Kind.FOLLOW, both)


def on_profile_changed(event: ProfileSuspended | ProfileRestored | PersonLeft) -> None:
    if event.profile_id is None:
        return
    log_changes(Change.Kind.PERSON, [(event.profile_id, 0)])
    if not isinstance(event, ProfileRestored):
        forget_name(event.profile_id)
