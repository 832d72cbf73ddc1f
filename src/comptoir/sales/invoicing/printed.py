"""The texts of an invoice's paper, in its language, as the typst template wants them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from comptoir.common.money import show_money
from comptoir.sales.invoicing.content import Content, Line, Party
from comptoir.sales.invoicing.facturx import unit_price
from comptoir.sales.invoicing.mentions import notes_of, paid_words, why_without_vat

Texts = dict[str, Any]


def invoice_paper(contents: Sequence[Content], shop_name: str) -> Texts:
    """The template's data for these documents, each in its own language, one after the other."""
    first = contents[0]
    with override(first.language):
        title = f"{_heading(first)} {first.number}" if len(contents) == 1 else _("Invoices")
        frame = {
            "title": f"{title} · {shop_name}",
            "author": first.seller.name,
            "language": first.language,
            "attachment": _("The data of this invoice (Factur-X)"),
        }
    return {**frame, "documents": [_document(one, shop_name) for one in contents]}


def _document(content: Content, shop_name: str) -> Texts:
    with override(content.language):
        return {
            "shop": shop_name,
            "heading": _heading(content),
            "number": content.number,
            "places": _places(content),
            "facts": _facts(content),
            "columns": [
                pgettext("invoice", "Description"),
                pgettext("invoice", "Quantity"),
                _("Unit price excl. VAT"),
                _("VAT"),
                _("Excl. VAT"),
                _("Incl. VAT"),
            ],
            "lines": [*_lines(content), *_charges(content)],
            "share_columns": [_("VAT rate"), _("Taxable amount"), _("VAT")],
            "shares": _shares(content),
            "mentions": [*_mentions(content), *_trial(content)],
            "sums": _sums(content),
            "total": [_total_words(content), _money(content, content.total_minor)],
            "settled": _settled(content),
            "notes": [note.words for note in notes_of(content)],
            "foot": _foot(content.seller),
        }


def _heading(content: Content) -> str:
    return _("Credit note") if content.is_credit else pgettext("document", "Invoice")


def _places(content: Content) -> list[Texts]:
    seller, buyer = content.seller, content.buyer
    about_seller = [
        *party_lines(seller, content.language),
        *_registration(seller),
        *([_("VAT %(number)s") % {"number": seller.vat_number}] if seller.vat_number else []),
    ]
    about_buyer = [
        *party_lines(buyer, content.language),
        *_registration(buyer),
        *([_("VAT %(number)s") % {"number": buyer.vat_number}] if buyer.vat_number else []),
    ]
    places = [
        {"label": _("Seller"), "lines": about_seller},
        {"label": _("Billed to"), "lines": about_buyer},
    ]
    if content.ship_to is not None:
        lines = party_lines(content.ship_to, content.language)
        places.append({"label": _("Delivered to"), "lines": lines})
    return places


def _registration(party: Party) -> list[str]:
    if not party.registration:
        return []
    known = {9: "SIREN", 14: "SIRET"} if party.siren else {}
    word = known.get(len("".join(party.registration.split())), "")
    return [f"{word} {party.registration}".strip()]


def party_lines(party: Party, language: str) -> list[str]:
    """Name and address, a line each; the country last."""
    town = f"{party.postcode} {party.city}".strip()
    country = str(Locale.parse(language).territories.get(party.country, party.country))
    lines = [_named(party), party.contact, *party.street, town, country]
    return [line for line in lines if line]


def _named(party: Party) -> str:
    """With the legal form, unless the name says it already."""
    said = not party.legal_form or party.legal_form in party.name.split()
    return party.name if said else f"{party.name}, {party.legal_form}"


def _facts(content: Content) -> list[list[str]]:
    facts = [
        [pgettext("document", "Date"), _day(content.issued_on, content.language)],
        [pgettext("document", "Order"), content.order_number],
    ]
    if content.is_credit:
        number, issued_on = content.preceding
        facts.append([_("Corrects invoice"), number])
        facts.append([_("of"), _day(issued_on, content.language)])
    else:
        facts.append([_("Ordered on"), _day(content.ordered_on, content.language)])
        facts.append([_("Delivery"), content.delivery])
    return facts


def _lines(content: Content) -> list[Texts]:
    return [
        {
            "title": line.title,
            "more": [*([line.options] if line.options else []), *_discount(content, line)],
            "cells": [
                str(line.quantity),
                _unit(content, line),
                _rate(line.rate_bp, content.language),
                _money(content, line.net_minor),
                _money(content, line.gross_minor),
            ],
        }
        for line in content.lines
    ]


def _discount(content: Content, line: Line) -> list[str]:
    if not line.discount_minor:
        return []
    amount = _money(content, line.discount_minor)
    return [_("Discount of %(amount)s excl. VAT") % {"amount": amount}]


def _unit(content: Content, line: Line) -> str:
    """With the decimals it takes, four at most on paper; the data has them all."""
    exact = Decimal(unit_price(line, content.currency))
    places = max(-int(exact.normalize().as_tuple().exponent), 0)
    least = len(unit_price(line, content.currency).partition(".")[2]) if places <= 2 else 2
    pattern = "#,##0." + "0" * min(least, 2) + "#" * max(0, min(places, 4) - 2)
    return str(format_decimal(exact, pattern.rstrip("."), locale=content.language))


def _charges(content: Content) -> list[Texts]:
    several = len(content.charges) > 1
    return [
        {
            "title": content.delivery or _("Delivery"),
            "more": [_("Share of the goods at %(rate)s") % {"rate": rate}] if several else [],
            "cells": [
                "",
                "",
                rate,
                _money(content, charge.net_minor),
                _money(content, charge.gross_minor),
            ],
        }
        for charge in content.charges
        for rate in [_rate(charge.rate_bp, content.language)]
    ]


def _shares(content: Content) -> list[list[str]]:
    return [
        [
            _rate(share.rate_bp, content.language),
            _money(content, share.net_minor),
            _money(content, share.vat_minor),
        ]
        for share in content.shares
    ]


def _mentions(content: Content) -> list[str]:
    found = [why_without_vat(content, share.category) for share in content.shares]
    return list(dict.fromkeys(one.words for one in found if one is not None))


def _trial(content: Content) -> list[str]:
    return [_("A trial: no money moved.")] if content.number.startswith("TEST-") else []


def _sums(content: Content) -> list[list[str]]:
    rows = [
        [_("Total excl. VAT"), _money(content, content.net_minor)],
        [_("VAT"), _money(content, content.vat_minor)],
    ]
    if content.rounding_minor:
        rows.append([_("Rounding"), _money(content, content.rounding_minor)])
    return rows


def _total_words(content: Content) -> str:
    return _("Given back, incl. VAT") if content.is_credit else _("Total incl. VAT")


def _settled(content: Content) -> str:
    day = _day(content.paid_on, content.language)
    how = paid_words(content.means)
    if content.is_credit and not how:
        return _("Given back on %(day)s.") % {"day": day}
    if content.is_credit:
        return _("Given back on %(day)s %(how)s.") % {"day": day, "how": how}
    return _("Paid on %(day)s %(how)s. Nothing is due.") % {"day": day, "how": how}


def _foot(seller: Party) -> str:
    said = [_named(seller), *_registration(seller), seller.vat_number, seller.email, seller.phone]
    return " · ".join(part for part in said if part)


def _money(content: Content, minor: int) -> str:
    return show_money(minor, content.currency, content.language).replace("-", "\N{MINUS SIGN}")


def _rate(basis_points: int, language: str) -> str:
    return str(format_decimal(Decimal(basis_points) / 100, locale=language)) + "\u00a0%"


def _day(iso: str, language: str) -> str:
    return str(format_date(date.fromisoformat(iso), "long", locale=language)) if iso else ""
