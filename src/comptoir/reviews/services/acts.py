"""Keeping and recommending a product. Saying it twice is the same as once."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.sellers import sells_any
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_text
from comptoir.common.outbox import emit, emit_all
from comptoir.people.actor import Actor
from comptoir.people.models import Profile
from comptoir.people.models.interest import Interest
from comptoir.people.models.profile import Audience
from comptoir.reviews.events import (
    ProductKept,
    ProductRecommended,
    ProductUnkept,
    RecommendationWithdrawn,
)
from comptoir.reviews.models import Keep, Recommendation

WIDEST_FIRST = (Audience.EVERYONE, Audience.FOLLOWERS, Audience.ME)


def _own_profile(actor: Actor) -> int:
    if actor.profile_id is None:
        raise NotVisible
    return actor.profile_id


def _checked(audience: str) -> str:
    if audience not in Audience.values:
        raise Refused("bad_audience", _("Choose who may see this."))
    return audience


def _locked_keeps_audience(profile_id: int) -> str:
    """Locked, so that no keep slips in with the old audience while the person changes it."""
    rows = Profile.objects.select_for_update(no_key=True)
    return rows.values_list("keeps_audience", flat=True).get(pk=profile_id)


@transaction.atomic
def keep_product(*, actor: Actor, product_id: int, audience: str | None = None) -> None:
    """Keeps a product that the actor may see, for ``audience`` (``None``: the person's default).

    Raises:
        Refused: ``bad_audience``.
    """
    profile_id = _own_profile(actor)
    if audience is None:
        audience = _locked_keeps_audience(profile_id)
    Keep.objects.update_or_create(
        profile_id=profile_id,
        product_id=product_id,
        defaults={"audience": _checked(audience)},
        create_defaults={"audience": audience, "created_at": clock.now()},
    )
    emit(ProductKept(profile_id=profile_id, product_id=product_id, audience=audience))


@transaction.atomic
def set_keeps_audience(*, actor: Actor, audience: str) -> None:
    """Changes who sees what the actor keeps, from now on and already.

    Keeps that had the former audience, and any seen by more people than ``audience``, take the new
    one; a keep that its person made for fewer people stays so. Unchanged, nothing is touched.

    Raises:
        Refused: ``bad_audience``.
    """
    profile_id = _own_profile(actor)
    narrower = WIDEST_FIRST[WIDEST_FIRST.index(_checked(audience)) :]
    former = _locked_keeps_audience(profile_id)
    if former == audience:
        return
    Profile.objects.filter(pk=profile_id).update(keeps_audience=audience)
    stay = [kept for kept in narrower if kept != former]
    moved = Keep.objects.filter(profile=profile_id).exclude(audience__in=stay)
    products = list(moved.select_for_update(no_key=True).values_list("product_id", flat=True))
    Keep.objects.filter(profile=profile_id, product__in=products).update(audience=audience)
    # One event for each keep: they stay in order with the keep's own, whichever came before.
    emit_all(
        ProductKept(profile_id=profile_id, product_id=product_id, audience=audience)
        for product_id in products
    )


@transaction.atomic
def unkeep_product(*, actor: Actor, product_id: int) -> None:
    """Keeps the product no more."""
    profile_id = _own_profile(actor)
    gone, _kinds = Keep.objects.filter(profile=profile_id, product=product_id).delete()
    if gone:
        emit(ProductUnkept(profile_id=profile_id, product_id=product_id))


@transaction.atomic
def recommend_product(
    *,
    actor: Actor,
    product_id: int,
    word: str = "",
    audience: str = Audience.EVERYONE,
    interest: str = Interest.NONE,
) -> Recommendation:
    """Recommends a product that the actor may see, with a word; replaces an earlier one.

    ``interest``: what they had for it. Whoever works at the shop has one, said or not.

    Raises:
        Refused: ``bad_audience``, ``bad_interest``, ``text_too_long``.
    """
    profile_id = _own_profile(actor)
    if interest not in Interest.values:
        raise Refused("bad_interest", _("Say whether you had something for it."))
    if sells_any(profile_id, [product_id]):
        interest = Interest.OWN
    said = {
        "word": clean_text(word, max_length=500),
        "audience": _checked(audience),
        "interest": interest,
    }
    row, _new = Recommendation.objects.update_or_create(
        profile_id=profile_id,
        product_id=product_id,
        defaults=said,
        create_defaults={**said, "created_at": clock.now()},
    )
    emit(
        ProductRecommended(
            profile_id=profile_id, product_id=product_id, audience=audience, interest=interest
        )
    )
    return row


@transaction.atomic
def withdraw_recommendation(*, actor: Actor, product_id: int) -> None:
    """Recommends the product no more."""
    profile_id = _own_profile(actor)
    rows = Recommendation.objects.filter(profile=profile_id, product=product_id)
    gone, _kinds = rows.delete()
    if gone:
        emit(RecommendationWithdrawn(profile_id=profile_id, product_id=product_id))
