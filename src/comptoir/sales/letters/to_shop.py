"""Letters to the shop, in its owner's language, which is in force when they are written."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Letter, Part, Words
from comptoir.sales.letters.agreed import address_line, goods
from comptoir.sales.letters.matter import Matter
from comptoir.sales.links import desk_link


def paid(matter: Matter) -> Letter:
    """A new order waits at the desk."""
    order = matter.order
    names = {"recipient": order.recipient, "shop": matter.shop_name, "number": order.number}
    return _letter(
        matter,
        _("New order %(number)s") % names,
        _("Prepare the order"),
        Words(_("%(recipient)s ordered at %(shop)s, and the order is paid.") % names),
        Words(f"{order.delivery_name} · {address_line(order)}"),
        goods(matter),
    )


def _letter(matter: Matter, subject: str, deed: str, *parts: Part) -> Letter:
    link = desk_link(matter.shop.profile.handle, matter.order.number or matter.order.key)
    return Letter(
        language=matter.language,
        subject=subject,
        sender="",
        greeting=_("Hello,"),
        parts=(*parts, Action(deed, link)),
    )
