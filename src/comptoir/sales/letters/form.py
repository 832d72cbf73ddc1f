"""How letters about orders begin and end."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Letter, Part
from comptoir.sales.letters.agreed import trader
from comptoir.sales.letters.matter import Matter
from comptoir.sales.links import desk_link, order_link


def to_the_buyer(matter: Matter, subject: str, *parts: Part, first: int | None = None) -> Letter:
    """A letter in the shop's name, with the link to the order after ``first`` parts (or all)."""
    link = Action(_("See your order"), order_link(matter.order.key))
    at = len(parts) if first is None else first
    name = matter.order.recipient  # none is asked at the counter
    return Letter(
        language=matter.language,
        subject=subject,
        sender=matter.shop_name,
        greeting=_("Hello %(name)s,") % {"name": name} if name else _("Hello,"),
        parts=(*parts[:at], link, *parts[at:]),
        closing=trader(matter),
    )


def to_the_shop(matter: Matter, subject: str, deed: str, *parts: Part) -> Letter:
    """A letter of the place to the shop, with the link to the order at its desk."""
    order = matter.order
    link = desk_link(matter.shop.profile.handle, order.reference)
    return Letter(
        language=matter.language,
        subject=subject,
        sender="",
        greeting=_("Hello,"),
        parts=(*parts, Action(deed, link)),
    )
