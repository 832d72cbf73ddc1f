"""Seller and buyer of an order, as an invoice names them."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override
from stdnum.fr import siren

from comptoir.sales.invoicing.content import Party
from comptoir.sales.models import Order
from comptoir.shops.identity import siren_of
from comptoir.shops.models import Shop

# "29200 Brest", "B-1000 Bruxelles", "1012 AB Amsterdam", "L-1111 Luxembourg"
TOWN = re.compile(r"((?:[A-Z]{1,2}[- ])?\d{4,5}(?: [A-Z]{2}(?= ))?) +(\D.*)")
STREET_LINES = 3


def seller_of(shop: Shop) -> Party:
    """The trader; its free address is taken apart as far as it can be read."""
    street, postcode, city = taken_apart(shop.legal_address)
    return Party(
        name=shop.legal_name or shop.profile.name,
        legal_form=shop.legal_form,
        street=street,
        postcode=postcode,
        city=city,
        country=shop.country,
        vat_number="" if shop.no_vat_number else shop.vat_number,
        registration=shop.registration,
        siren=siren_of(shop.country, shop.registration),
        email=shop.contact_email,
        phone=shop.contact_phone,
    )


def seller_of_credit(shop: Shop, invoiced: Party) -> Party:
    """Who takes back what ``invoiced`` billed: the same trader, as it is called now. What the shop
    is since, registered otherwise or in another country, owes nothing of that VAT; a number that
    the trader gave up was that of this VAT all the same."""
    now = seller_of(shop)
    if (now.country, _registered(now)) != (invoiced.country, _registered(invoiced)):
        return invoiced
    return replace(now, vat_number=now.vat_number or invoiced.vat_number)


def _registered(party: Party) -> str:
    return party.siren or party.registration


def buyer_of(order: Order) -> Party:
    """The company, with the person as its contact, or the person; at the counter nobody is asked
    for a name, and EN 16931 wants one (BR-07)."""
    number = _siren_in(order)
    return Party(
        name=order.company or order.recipient or _unnamed(order.language),
        contact=order.recipient if order.company else "",
        street=_street(order),
        postcode=order.postcode,
        city=order.city,
        country=order.country,
        vat_number=order.vat_number,
        registration=number,
        siren=number,
        email=order.email,
    )


def _siren_in(order: Order) -> str:
    """Of a French business, as its VAT number ends with it (art. 242 nonies A of annex II to the
    tax code); '' for others. Those of Monaco hold none."""
    digits = order.vat_number[-9:]
    french = order.vat_number.startswith("FR") and order.country != "MC"
    return digits if french and siren.is_valid(digits) else ""


def _unnamed(language: str) -> str:
    with override(language):
        return _("Customer at the counter")


def ship_to_of(order: Order) -> Party | None:
    """Where the parcel goes; ``None`` when nothing is sent."""
    if order.delivery_kind != "post":
        return None
    return Party(
        name=order.recipient,
        street=_street(order),
        postcode=order.postcode,
        city=order.city,
        country=order.country,
    )


def taken_apart(address: str) -> tuple[tuple[str, ...], str, str]:
    """(street lines, postcode, city) of an address in free text; '' for what it does not show."""
    parts = [part.strip() for part in re.split(r"[\n,]", address) if part.strip()]
    for place, part in enumerate(parts):
        town = TOWN.fullmatch(part)
        if town:
            rest = [*parts[:place], *parts[place + 1 :]]
            return _at_most(rest), town.group(1), town.group(2)
    return _at_most(parts), "", ""


def _at_most(lines: list[str]) -> tuple[str, ...]:
    kept, more = lines[: STREET_LINES - 1], lines[STREET_LINES - 1 :]
    return (*kept, ", ".join(more)) if more else tuple(kept)


def _street(order: Order) -> tuple[str, ...]:
    return tuple(line for line in (order.address1, order.address2) if line)
