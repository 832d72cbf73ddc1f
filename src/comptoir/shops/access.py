"""Who may do what at a shop's desk."""

from enum import StrEnum

from comptoir.common.errors import NotVisible
from comptoir.people.actor import Actor
from comptoir.shops.models import Role, Shop, StaffMember


class Right(StrEnum):
    """What a member of staff may be allowed to do."""

    SEE_ORDERS = "see_orders"
    FIGURES = "figures"  # what the shop turns over
    SHIP = "ship"
    CANCEL = "cancel"
    REFUND = "refund"  # and what comes back: returns, exchanges
    EDIT_CATALOGUE = "edit_catalogue"
    IMPORT = "import"
    SPEAK = "speak"
    OFFERS = "offers"
    TAKE_CASH = "take_cash"
    BANK = "bank"  # statements, transfers, and money given back by hand
    EXPORT = "export"
    INVOICES = "invoices"
    STOCK = "stock"
    STAFF = "staff"
    SETTINGS = "settings"


RIGHTS: dict[str, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.MANAGER: frozenset(Right) - {Right.SETTINGS, Right.STAFF},
    Role.PACKER: frozenset({Right.SEE_ORDERS, Right.SHIP, Right.TAKE_CASH, Right.STOCK}),
    Role.SUPPORT: frozenset({Right.SEE_ORDERS, Right.REFUND, Right.SPEAK, Right.INVOICES}),
}


def desk_for(actor: Actor, handle: str, right: Right) -> Shop:
    """The shop of that handle, for a member of its staff who has the right.

    Raises:
        NotVisible: no such shop, or the actor does not work there, or lacks the right.
    """
    member = (
        StaffMember.objects.select_related("shop__profile__avatar")
        .filter(shop__profile__handle=handle.lower(), user=actor.user_id)
        .first()
        if actor.signed_in
        else None
    )
    if member is None or right not in RIGHTS[member.role]:
        raise NotVisible
    return member.shop


def may(actor: Actor, shop_id: int, right: Right) -> bool:
    """Whether the actor works at that shop with that right."""
    if not actor.signed_in:
        return False
    roles = StaffMember.objects.filter(shop=shop_id, user=actor.user_id)
    return any(right in RIGHTS[role] for role in roles.values_list("role", flat=True))


def rights_at(actor: Actor, shop_id: int) -> frozenset[Right]:
    """All that the actor may do at that shop; empty for those who do not work there."""
    if not actor.signed_in:
        return frozenset()
    roles = StaffMember.objects.filter(shop=shop_id, user=actor.user_id)
    return frozenset().union(*(RIGHTS[role] for role in roles.values_list("role", flat=True)))
