"""The operator lets a shop sell, or stops it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.people.actor import Actor
from comptoir.shops.events import ShopAdmitted, ShopClosed
from comptoir.shops.models import Shop
from comptoir.shops.states import SHOP


@transaction.atomic
def admit_shop(*, actor: Actor, handle: str) -> None:
    """The shop sells from now on; one that has not said who trades goes back to its preparation.

    Raises:
        NotVisible: the actor is not the operator, or there is no such shop.
        Conflict: ``shop_status``, it sells already; ``not_identified``.
    """
    shop = _shop(actor, handle)
    if not shop.is_identified and shop.status == Shop.Status.CLOSED:
        _move(shop, Shop.Status.PREPARING)
        return
    if not shop.is_identified:
        raise Conflict("not_identified", _("This shop has not said yet who trades."))
    _move(shop, Shop.Status.OPEN, published_at=shop.published_at or clock.now())
    emit(ShopAdmitted(shop_id=shop.pk))


@transaction.atomic
def close_shop(*, actor: Actor, handle: str) -> None:
    """The shop shows itself and sells nothing; its orders are still fulfilled.

    Raises:
        NotVisible: the actor is not the operator, or there is no such shop.
        Conflict: ``shop_status``, it is closed already.
    """
    shop = _shop(actor, handle)
    _move(shop, Shop.Status.CLOSED)
    emit(ShopClosed(shop_id=shop.pk))


def _move(shop: Shop, to: str, **changes: Any) -> None:
    if to not in SHOP.edges[shop.status]:
        raise Conflict("shop_status", _("This shop's state was changed already."))
    transition(shop, SHOP, to, **changes)


def _shop(actor: Actor, handle: str) -> Shop:
    rows = Shop.objects.filter(profile__handle=handle.lower())
    shop = rows.first() if actor.is_operator else None
    if shop is None:
        raise NotVisible
    return shop
