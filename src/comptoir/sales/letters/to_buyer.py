"""Letters to the buyer. Each is called with the buyer's language in force."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Letter, Part, Words
from comptoir.sales.letters.agreed import address_line, goods, trader
from comptoir.sales.letters.matter import Matter
from comptoir.sales.links import order_link


def paid(matter: Matter) -> Letter:
    """The order is paid."""
    return _confirmation(matter)


def paid_late(matter: Matter) -> Letter:
    """The order had expired when the money came, and is fulfilled all the same."""
    late = _("Your payment came after the time to pay, but everything was still there.")
    return _confirmation(matter, Words(late))


def _confirmation(matter: Matter, *more: Part) -> Letter:
    order, names = matter.order, {"shop": matter.shop_name, "number": matter.order.number}
    thanks = _("Thank you! %(shop)s received your order %(number)s and prepares it.") % names
    delivery = _("It will be sent to: %(address)s.") % {"address": address_line(order)}
    if order.delivery_kind == "pickup":
        delivery = _("You collect it at the shop: a mail tells you when it is ready.")
    subject = _("Your order %(number)s at %(shop)s") % names
    return _letter(matter, subject, Words(thanks), *more, Words(delivery), goods(matter))


def sent(matter: Matter) -> Letter:
    """The order is shipped, or ready at the shop."""
    order, names = matter.order, {"shop": matter.shop_name, "number": matter.order.number}
    if order.delivery_kind == "pickup":
        ready = Words(_("Your order %(number)s is ready at the shop.") % names)
        return _letter(matter, _("%(shop)s has your order ready") % names, ready)
    parts = [Words(_("Your order %(number)s is on its way.") % names)]
    if order.tracking:
        code = f"{order.carrier} {order.tracking}".strip()
        parts.append(Words(_("Tracking number: %(tracking)s") % {"tracking": code}))
    return _letter(matter, _("%(shop)s sent your order") % names, *parts)


def cancelled(matter: Matter) -> Letter:
    """The shop called a paid order off."""
    names = {"shop": matter.shop_name, "number": matter.order.number}
    return _letter(
        matter,
        _("Your order %(number)s is cancelled") % names,
        Words(_("%(shop)s had to cancel your order %(number)s. We are sorry.") % names),
        Words(_("What you paid is given back to you.")),
    )


def money_too_late(matter: Matter) -> Letter:
    """The money came after the order was given up: it goes back."""
    amount = matter.money(matter.refund().amount_minor)
    came = _("Your payment of %(amount)s reached us after your order was cancelled.")
    return _letter(
        matter,
        _("Your payment is given back"),
        Words(came % {"amount": amount}),
        Words(_("We cannot fulfil it any more, so the whole amount is given back to you.")),
    )


def refunded(matter: Matter) -> Letter:
    """The provider gave the money back."""
    amount = matter.money(matter.refund().amount_minor)
    return _letter(
        matter,
        _("Your refund"),
        Words(_("%(amount)s was given back to you, the way you paid.") % {"amount": amount}),
        Words(_("Depending on your bank, it takes a few days until you see it.")),
    )


def _letter(matter: Matter, subject: str, *parts: Part) -> Letter:
    return Letter(
        language=matter.language,
        subject=subject,
        sender=matter.shop_name,
        greeting=_("Hello %(name)s,") % {"name": matter.order.recipient},
        parts=(*parts, Action(_("See your order"), order_link(matter.order.key))),
        closing=trader(matter.shop),
    )
