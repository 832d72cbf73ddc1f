"""What was agreed, as several letters say it: goods and sums, address, who sells."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.common.letter import Row, Rows
from comptoir.sales.letters.matter import Matter, Pieces
from comptoir.sales.models import OrderLine
from comptoir.sales.tax_mentions import mention_to_buyer


def goods(matter: Matter) -> Rows:
    """Lines with their discounts, the offers that made them, delivery, VAT by rate or why there is
    none, and the total."""
    order = matter.order
    rows = [_line(matter, line) for line in matter.lines]
    if matter.offers.names:
        rows.append(Row(_("Offers"), matter.offers.named, note=matter.offers.note))
    if order.delivery_kind != "digital" or order.delivery_minor:
        rows.append(Row(order.delivery_name, matter.money(order.delivery_minor)))
    why = mention_to_buyer(
        order.tax_scheme,
        order.tax_country,
        order.vat_number,
        digital=order.delivery_kind == "digital",
    )
    total = Row(_("Total"), matter.money(order.total_minor), note=why, strong=True)
    vat = [
        Row(
            _("of which VAT at %(rate)s%%") % {"rate": rate_shown(share.rate_bp, matter.language)},
            matter.money(share.vat_minor),
        )
        for share in matter.vat_shares
        if share.vat_minor
    ]
    return Rows((*rows, *vat, total))


def _line(matter: Matter, line: OrderLine) -> Row:
    notes = []
    if line.quantity > 1:
        notes.append(_("%(price)s each") % {"price": matter.money(line.unit_minor)})
    if line.discount_minor:
        notes.append(
            _("discount of %(sum)s taken off") % {"sum": matter.money(line.discount_minor)}
        )
    return Row(named(line, line.quantity), matter.money(line.total_minor), ", ".join(notes))


def named(line: OrderLine, quantity: int) -> str:
    """ "2 × Corkscrew · walnut"."""
    return f"{quantity} × {' · '.join(filter(None, [line.title, line.options]))}"


def contents(pieces: tuple[Pieces, ...]) -> str:
    """What is in a parcel or comes back, in one line."""
    return ", ".join(named(each.line, each.quantity) for each in pieces)


def how_many(pieces: tuple[Pieces, ...]) -> str:
    many = sum(each.quantity for each in pieces)
    return ngettext("%(num)s piece", "%(num)s pieces", many) % {"num": many}


def rate_shown(basis_points: int, language: str) -> str:
    """550 is "5.5", or «5,5» in French; without the sign."""
    return str(format_decimal(Decimal(basis_points) / 100, locale=language))


def address_line(matter: Matter) -> str:
    """Where the order goes, in one line; the country when it is not the shop's."""
    order = matter.order
    town = f"{order.postcode} {order.city}".strip()
    abroad = order.country != matter.shop.country
    names = Locale.parse(matter.language).territories
    country = str(names.get(order.country, order.country)) if abroad else ""
    parts = [order.company, order.recipient, order.address1, order.address2, town, country]
    return ", ".join(part for part in parts if part)


def where_fetched(matter: Matter) -> list[Row]:
    """Where an order is fetched, and when, in one line; none for other orders."""
    where = matter.order.collected_at(matter.shop)
    return [Row(_("Where"), said) for said in _in_one_line(where) if said]


def trader(matter: Matter) -> tuple[str, ...]:
    """Who sold it, in the small print under every letter."""
    shop = matter.shop
    form = shop.legal_form if shop.legal_form not in shop.legal_name.split() else ""
    name = " ".join(filter(None, [shop.legal_name, form]))
    known = [name, *_in_one_line(shop.legal_address), shop.registration]
    known += [_("VAT number %(n)s") % {"n": shop.vat_number}] if shop.vat_number else []
    said = " · ".join(part for part in [*known, shop.contact_email, shop.contact_phone] if part)
    return (_("Sold by %(trader)s") % {"trader": said},) if said else ()


def _in_one_line(text: str) -> list[str]:
    return [", ".join(line.strip() for line in text.splitlines() if line.strip())]
