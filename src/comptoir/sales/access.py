"""The only way in to orders from pages.

An order has an unguessable key, and its pages stand behind that key signed (``links``). A guest's
order is open to whoever holds the signed link: the one in the confirmation mail is the guest's only
proof. A member's order is open to that member alone, link or not; if the account is deleted, the
order becomes a guest's.
"""

import re

from django.db.models import Q

from comptoir.common.errors import NotVisible
from comptoir.people.actor import Actor
from comptoir.sales.models import Offer, Order, Return, ReturnLabel
from comptoir.shops.access import Right, desk_for

MOST_ID = 2**63  # what an address says may be larger than any key
UNPAID = re.compile(r"o([0-9]{1,18})")


def order_for(actor: Actor, key: str) -> Order:
    """The order of that key, which the caller took out of a signed address, with its shop's
    profile, for its buyer or the guest.

    Raises:
        NotVisible: there is none, or it is a member's and the actor is not that member.
    """
    order = Order.objects.select_related("shop__profile").filter(key=key).first()
    if order is None or (order.buyer_id is not None and order.buyer_id != actor.profile_id):
        raise NotVisible
    return order


def order_at_desk(
    actor: Actor, shop_handle: str, reference: str, right: Right = Right.SEE_ORDERS
) -> Order:
    """An order of the shop where the actor works with ``right``, by ``Order.reference``.

    Raises:
        NotVisible: not their shop, not their right, or not that shop's order.
    """
    shop = desk_for(actor, shop_handle, right)
    unpaid = UNPAID.fullmatch(reference)
    named = Q(pk=int(unpaid[1])) if unpaid else Q(number=reference) & ~Q(number="")
    order = Order.objects.select_related("shop__profile").filter(named, shop=shop).first()
    if order is None:
        raise NotVisible
    return order


def offer_at_desk(actor: Actor, shop_handle: str, offer_id: int) -> Offer:
    """An offer of the shop where the actor may make offers.

    Raises:
        NotVisible: not their shop, not their right, or not that shop's offer.
    """
    shop = desk_for(actor, shop_handle, Right.OFFERS)
    offer = Offer.objects.select_related("shop").filter(pk=offer_id, shop=shop).first()
    if offer is None:
        raise NotVisible
    return offer


def return_of(order: Order, return_id: int) -> Return:
    """A return of an order that one may see.

    Raises:
        NotVisible: the order has no such return.
    """
    found = None
    if return_id < MOST_ID:
        found = Return.objects.select_related("order").filter(pk=return_id, order=order).first()
    if found is None:
        raise NotVisible
    return found


def label_of(order: Order, return_id: int) -> bytes:
    """The carrier's label of a return: a PDF.

    Raises:
        NotVisible: there is none.
    """
    label = ReturnLabel.objects.filter(giving_back=return_of(order, return_id)).first()
    if label is None:
        raise NotVisible
    return bytes(label.content)
