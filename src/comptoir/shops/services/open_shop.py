"""Opening a shop, and its settings."""

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.people.handles import check_handle
from comptoir.people.models import Profile
from comptoir.people.services.join import create_profile
from comptoir.shops.events import ShopOpened
from comptoir.shops.models import DeliveryMethod, Role, Shop, StaffMember

SHOPS_PER_PERSON = 10


@transaction.atomic
def open_shop(
    *,
    actor: Actor,
    name: str,
    handle: str,
    sells: str,
    currency: str = "EUR",
    bio: str = "",
    place: str = "",
) -> Shop:
    """Opens a shop that the actor owns, with a profile and two ways of delivery to start from.

    Raises:
        NotVisible: the actor is not signed in.
        Refused: ``handle_form``, ``handle_reserved``, ``name_missing``, ``sells_missing``,
            ``too_many_shops``.
        Conflict: ``handle_taken``.
    """
    if actor.user_id is None:
        raise NotVisible
    kept = check_handle(handle)
    shop_name, what = clean_line(name, max_length=60), clean_line(sells, max_length=200)
    if not shop_name:
        raise Refused("name_missing", _("Give your shop a name."))
    if not what:
        raise Refused("sells_missing", _("Say in a few words what you sell."))
    owned = StaffMember.objects.filter(user=actor.user_id, role=Role.OWNER).count()
    if owned >= SHOPS_PER_PERSON:
        raise Refused("too_many_shops", _("You already own ten shops."))
    profile = create_profile(
        kind=Profile.Kind.SHOP, handle=kept, name=shop_name, bio=bio or what, place=place
    )
    shop = Shop.objects.create(profile=profile, sells=what, currency=currency)
    StaffMember.objects.create(shop=shop, user_id=actor.user_id, role=Role.OWNER)
    DeliveryMethod.objects.bulk_create(first_delivery_methods(shop))
    emit(ShopOpened(shop_id=shop.pk))
    return shop


def first_delivery_methods(shop: Shop) -> list[DeliveryMethod]:
    """Home delivery and pick-up, with usual prices, for the shop to adjust; not saved."""
    return [
        DeliveryMethod(
            shop=shop,
            kind="post",
            name=gettext("Home delivery"),
            price_minor=590,
            free_from_minor=6000,
            days_min=2,
            days_max=4,
            position=0,
        ),
        DeliveryMethod(
            shop=shop,
            kind="pickup",
            name=gettext("Pick up at the shop"),
            price_minor=0,
            days_min=0,
            days_max=2,
            position=1,
        ),
    ]
