"""Reads about shops."""

from comptoir.people.actor import Actor
from comptoir.shops.models import DeliveryMethod, Shop, StaffMember


def desks_of(actor: Actor) -> list[StaffMember]:
    """Where the actor works, with each shop's profile; the oldest first."""
    if not actor.signed_in:
        return []
    rows = StaffMember.objects.filter(user=actor.user_id).select_related("shop__profile__avatar")
    return list(rows.order_by("created_at"))


def delivery_methods_of(shop_id: int) -> list[DeliveryMethod]:
    """The ways that shop delivers now, in its own order."""
    rows = DeliveryMethod.objects.filter(shop=shop_id, is_active=True)
    return list(rows.order_by("position", "id"))


def shop_of(profile_id: int) -> Shop | None:
    """The shop behind a profile, if there is one."""
    return Shop.objects.filter(pk=profile_id).first()
