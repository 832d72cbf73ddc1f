"""What is written to buyers and shops, in their language."""

from decimal import Decimal

from babel.numbers import format_decimal
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.common.money import show_money
from comptoir.people.models import User
from comptoir.sales.letter import Letter
from comptoir.sales.links import desk_link, order_link
from comptoir.sales.models import Order
from comptoir.sales.queries import OrderPage
from comptoir.shops.models import Role, Shop


def confirm_to_buyer(page: OrderPage, *, late: bool) -> None:
    """The order is paid. ``late``: it had expired, and is fulfilled all the same."""
    order, name = page.order, page.shop.profile.name
    with override(order.language):
        sentences = [
            _("Thank you! %(shop)s received your order %(number)s and prepares it.")
            % {"shop": name, "number": order.number}
        ]
        if late:
            sentences.append(
                _("Your payment came after the time to pay, but everything was still there.")
            )
        sentences.append(_delivery_sentence(order))
        _to_buyer(
            order,
            _("Your order %(number)s at %(shop)s") % {"number": order.number, "shop": name},
            sentences,
            rows=_rows(page, order.language),
            closing=_trader(page.shop),
        )


def tell_shop_of_order(page: OrderPage) -> None:
    """A new order waits at the desk; in the owner's language, to the shop's contact address."""
    order, shop = page.order, page.shop
    to, language = shop_mailbox(shop)
    if not to:
        return
    with override(language):
        Letter(
            language=language,
            subject=_("New order %(number)s") % {"number": order.number},
            greeting=_("Hello,"),
            sentences=[
                _("%(recipient)s ordered at %(shop)s, and the order is paid.")
                % {"recipient": order.recipient, "shop": shop.profile.name},
                f"{order.delivery_name} · {_address(order)}",
            ],
            rows=_rows(page, language),
            link=desk_link(shop.profile.handle, order.number),
            link_text=_("Prepare the order"),
        ).send(to)


def tell_buyer_of_parcel(order: Order) -> None:
    """The order is shipped, or ready at the shop."""
    with override(order.language):
        sentences = [
            _("Your order %(number)s is ready at the shop.") % {"number": order.number}
            if order.delivery_kind == "pickup"
            else _("Your order %(number)s is on its way.") % {"number": order.number}
        ]
        if order.tracking:
            sentences.append(
                _("Tracking number: %(tracking)s")
                % {"tracking": f"{order.carrier} {order.tracking}".strip()}
            )
        subject = _("%(shop)s sent your order") % {"shop": order.shop.profile.name}
        if order.delivery_kind == "pickup":
            subject = _("%(shop)s has your order ready") % {"shop": order.shop.profile.name}
        _to_buyer(order, subject, sentences)


def tell_buyer_of_cancellation(order: Order) -> None:
    """The shop called a paid order off."""
    with override(order.language):
        sentences = [
            _("%(shop)s had to cancel your order %(number)s. We are sorry.")
            % {"shop": order.shop.profile.name, "number": order.number},
            _("What you paid is given back to you."),
        ]
        subject = _("Your order %(number)s is cancelled") % {"number": order.number}
        _to_buyer(order, subject, sentences)


def tell_buyer_of_late_capture(order: Order, amount_minor: int) -> None:
    """The money came after the order was given up: it goes back."""
    with override(order.language):
        amount = show_money(amount_minor, order.currency, order.language)
        sentences = [
            _("Your payment of %(amount)s reached us after your order was cancelled.")
            % {"amount": amount},
            _("We cannot fulfil it any more, so the whole amount is given back to you."),
        ]
        _to_buyer(order, _("Your payment is given back"), sentences)


def tell_buyer_of_refund(order: Order, amount_minor: int) -> None:
    """The provider gave the money back."""
    with override(order.language):
        sentences = [
            _("%(amount)s was given back to you, the way you paid.")
            % {"amount": show_money(amount_minor, order.currency, order.language)},
            _("Depending on your bank, it takes a few days until you see it."),
        ]
        _to_buyer(order, _("Your refund"), sentences)


def shop_mailbox(shop: Shop) -> tuple[list[str], str]:
    """Where the shop reads its mail (contact address, else its owners'), and its language."""
    owners = list(User.objects.filter(staff_of__shop=shop, staff_of__role=Role.OWNER))
    language = next((owner.language for owner in owners if owner.language), "")
    to = [shop.contact_email] if shop.contact_email else [owner.email for owner in owners]
    return to, language or settings.LANGUAGE_CODE


def _to_buyer(
    order: Order,
    subject: str,
    sentences: list[str],
    rows: list[tuple[str, str]] | None = None,
    closing: list[str] | None = None,
) -> None:
    Letter(
        language=order.language,
        subject=subject,
        greeting=_("Hello %(name)s,") % {"name": order.recipient},
        sentences=sentences,
        rows=rows or [],
        link=order_link(order.key),
        link_text=_("See your order"),
        closing=closing or [],
    ).send([order.email])


def _rows(page: OrderPage, language: str) -> list[tuple[str, str]]:
    """Lines, delivery, VAT by rate and, last, the total."""
    order = page.order

    def shown(minor: int) -> str:
        return show_money(minor, order.currency, language)

    rows = [
        (
            f"{line.quantity} × {' · '.join(filter(None, [line.title, line.options]))}",
            shown(line.total_minor),
        )
        for line in page.lines
    ]
    rows.append((order.delivery_name, shown(order.delivery_minor)))
    rows += [
        (
            _("of which VAT at %(rate)s%%") % {"rate": _rate(s.rate_bp, language)},
            shown(s.vat_minor),
        )
        for s in page.vat_shares
        if s.vat_minor
    ]
    return [*rows, (_("Total"), shown(order.total_minor))]


def _rate(basis_points: int, language: str) -> str:
    """550 is "5.5", or «5,5» in French; without the sign."""
    return str(format_decimal(Decimal(basis_points) / 100, locale=language))


def _delivery_sentence(order: Order) -> str:
    if order.delivery_kind == "pickup":
        return _("You collect it at the shop: a mail tells you when it is ready.")
    return _("It will be sent to: %(address)s.") % {"address": _address(order)}


def _address(order: Order) -> str:
    town = f"{order.postcode} {order.city}".strip()
    parts = [order.recipient, order.address1, order.address2, town]
    return ", ".join(part for part in parts if part)


def _trader(shop: Shop) -> list[str]:
    """Who sold it, as the law asks a confirmation to say."""
    known = [shop.legal_name, shop.legal_address, shop.registration, shop.contact_email]
    said = " · ".join(part for part in [*known, shop.contact_phone] if part)
    return [_("Sold by %(trader)s") % {"trader": said}] if said else []
