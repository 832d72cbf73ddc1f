"""What was agreed, as several letters say it: goods and sums, address, who sells."""

from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from comptoir.common.letter import Row, Rows
from comptoir.sales.letters.matter import Matter
from comptoir.sales.models import Order
from comptoir.shops.models import Shop


def goods(matter: Matter) -> Rows:
    """Lines, delivery, VAT by rate and, last, the total."""
    page, order = matter.page, matter.order
    rows = [
        Row(
            f"{line.quantity} × {' · '.join(filter(None, [line.title, line.options]))}",
            matter.money(line.total_minor),
        )
        for line in page.lines
    ]
    rows.append(Row(order.delivery_name, matter.money(order.delivery_minor)))
    rows += [
        Row(
            _("of which VAT at %(rate)s%%") % {"rate": rate_shown(s.rate_bp, matter.language)},
            matter.money(s.vat_minor),
        )
        for s in page.vat_shares
        if s.vat_minor
    ]
    return Rows((*rows, Row(_("Total"), matter.money(order.total_minor), strong=True)))


def rate_shown(basis_points: int, language: str) -> str:
    """550 is "5.5", or «5,5» in French; without the sign."""
    return str(format_decimal(Decimal(basis_points) / 100, locale=language))


def address_line(order: Order) -> str:
    town = f"{order.postcode} {order.city}".strip()
    parts = [order.recipient, order.address1, order.address2, town]
    return ", ".join(part for part in parts if part)


def trader(shop: Shop) -> tuple[str, ...]:
    """Who sold it, as the law asks a confirmation to say."""
    known = [shop.legal_name, shop.legal_address, shop.registration, shop.contact_email]
    said = " · ".join(part for part in [*known, shop.contact_phone] if part)
    return (_("Sold by %(trader)s") % {"trader": said},) if said else ()
