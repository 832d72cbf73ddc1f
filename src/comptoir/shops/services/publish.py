"""A shop that was prepared begins to sell."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.shops.events import ShopPublished
from comptoir.shops.models import DeliveryMethod, Shop
from comptoir.shops.states import SHOP


@transaction.atomic
def publish_shop(*, shop: Shop, sends: bool = True) -> None:
    """Anybody may buy from now on. What was bought in test is ``sales``' to undo first. ``sends``:
    it sells what has to reach its buyers, and not downloads alone.

    Raises:
        Conflict: ``not_preparing``, it is open already, or closed.
        Refused: ``not_identified``, ``no_delivery``.
    """
    if shop.status != Shop.Status.PREPARING:
        raise Conflict("not_preparing", _("This shop is not being prepared any more."))
    if not shop.is_identified:
        raise Refused("not_identified", _("Say first who trades: the law asks it of every shop."))
    if sends and not DeliveryMethod.objects.filter(shop=shop, is_active=True).exists():
        raise Refused("no_delivery", _("Say first how orders reach their buyers."))
    transition(shop, SHOP, Shop.Status.OPEN, published_at=clock.now())
    emit(ShopPublished(shop_id=shop.pk))
