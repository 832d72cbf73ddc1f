"""Reads about shops."""

from django.db.models import Max, Min

from comptoir.common.rows import the_row
from comptoir.people.actor import Actor
from comptoir.people.models import Profile
from comptoir.shops.access import RIGHTS, Right
from comptoir.shops.delivery_terms import DELIVERY_TERMS_SQL, DeliveryTerms, delivery_terms
from comptoir.shops.identity import IDENTITY_FIELDS, Identity, missing_in
from comptoir.shops.models import DeliveryMethod, DeliveryZone, Role, Shop, ShopTerms, StaffMember


def desks_of(actor: Actor) -> list[StaffMember]:
    """Where the actor works, with each shop's profile; the oldest first."""
    if not actor.signed_in:
        return []
    rows = StaffMember.objects.filter(user=actor.user_id).select_related("shop__profile__avatar")
    return list(rows.order_by("created_at"))


def delivery_methods_of(shop_id: int) -> list[DeliveryMethod]:
    """The ways that shop delivers now, in its own order; see ``all_delivery_methods_of``."""
    return [method for method in all_delivery_methods_of(shop_id) if method.is_active]


def all_delivery_methods_of(shop_id: int) -> list[DeliveryMethod]:
    """The ways that shop delivers or delivered, those in use first, each with its zone and the
    ``lowest`` and ``highest`` price of its bands (``None`` without bands), in one query."""
    rows = DeliveryMethod.objects.filter(shop=shop_id).select_related("zone")
    priced = rows.annotate(lowest=Min("rates__price_minor"), highest=Max("rates__price_minor"))
    return list(priced.order_by("-is_active", "position", "id"))


def delivery_terms_of(shop_id: int) -> DeliveryTerms:
    """How that shop delivers now, in one statement."""
    (terms,) = the_row(f"SELECT {DELIVERY_TERMS_SQL}", {"shop": shop_id})
    return delivery_terms(terms)


def delivery_zones_of(shop_id: int) -> list[DeliveryZone]:
    """The zones of that shop in its own order, everywhere else last."""
    rows = DeliveryZone.objects.filter(shop=shop_id).order_by("is_rest", "position", "id")
    return list(rows)


def shop_of(profile_id: int) -> Shop | None:
    """The shop behind a profile, if there is one."""
    return Shop.objects.filter(pk=profile_id).first()


def identity_of(shop: Shop) -> Identity:
    """Who trades, as far as it was said."""
    return Identity(**{name: getattr(shop, name) for name in IDENTITY_FIELDS})


def missing_identity(shop: Shop) -> tuple[str, ...]:
    """The fields that the shop must still say before it may sell; empty: it is identified."""
    return missing_in(identity_of(shop))


def terms_of(shop_id: int) -> ShopTerms | None:
    """The shop's own terms of sale, if it wrote any."""
    return ShopTerms.objects.filter(pk=shop_id).first()


def voices_of(actor: Actor) -> list[Profile]:
    """The shops in whose name the actor may speak now, the oldest first."""
    return [
        desk.shop.profile
        for desk in desks_of(actor)
        if Right.SPEAK in RIGHTS[desk.role] and not desk.shop.profile.is_suspended
    ]


def shops_owned_by(actor: Actor) -> list[Shop]:
    """Shops that only the actor owns and that are not closed."""
    owned = [desk for desk in desks_of(actor) if desk.role == Role.OWNER]
    others = StaffMember.objects.filter(
        shop__in=[desk.shop_id for desk in owned], role=Role.OWNER
    ).exclude(user=actor.user_id)
    shared = set(others.values_list("shop_id", flat=True))
    return [
        desk.shop
        for desk in owned
        if desk.shop_id not in shared and desk.shop.status != Shop.Status.CLOSED
    ]
