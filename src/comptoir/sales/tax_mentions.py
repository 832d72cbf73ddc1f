"""What the law has written beside a total that is taxed otherwise than at home, and on its invoice.

Sources: art. 293 B of the French tax code; art. 138, 146, 196, 226 (11) and 284 of directive
2006/112/EC.
"""

from dataclasses import dataclass

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why there is no VAT: words for people, and a code of the VATEX list or ''."""

    words: str
    code: str


def tax_mention(scheme: str, country: str, *, digital: bool = False) -> str:
    """The sentence in the reader's language; '' for VAT of the seller's own country.

    ``scheme`` and ``country`` are the order's ``tax_scheme`` and ``tax_country``, or a quote's.
    ``digital``: nothing of it is sent, so that it is no export.
    """
    if scheme == "franchise" and country in FRANCE:
        return _("VAT not applicable, art. 293 B of the French tax code (CGI)")
    if scheme == "franchise":
        return _("VAT not applicable: small business (art. 284 of directive 2006/112/EC)")
    if scheme == "reverse_charge":
        return _("No VAT: the buyer accounts for it (art. 138 and 196 of directive 2006/112/EC)")
    if scheme == "export":
        service = _(
            "No VAT: service to a customer outside the European Union (art. 44 and 58 of directive"
            " 2006/112/EC)"
        )
        return service if digital else _("No VAT: export (art. 146 of directive 2006/112/EC)")
    if scheme == "oss":
        return _("VAT of %(country)s, by the one-stop shop") % {"country": _name(country)}
    return ""


def mention_to_buyer(scheme: str, country: str, vat_number: str, *, digital: bool = False) -> str:
    """The sentence to a buyer, who reads their own number in it where it is why."""
    said = tax_mention(scheme, country, digital=digital)
    if scheme == "reverse_charge" and vat_number:
        return f"{said} · {_('your VAT number: %(n)s') % {'n': vat_number}}"
    return said


def exemption_of(category: str, seller_country: str, *, services: bool = False) -> Exemption | None:
    """Of a VAT category (UNTDID 5305) without VAT, as the invoice says it; ``None`` for those that
    need no reason. ``seller_country``: whence it was sold, which is the order's ``tax_country``.
    ``services``: nothing of it is sent, so that it is no export."""
    french = seller_country in FRANCE
    if category == "G" and services:
        return Exemption(_service_abroad(french=french), "")
    if category == "E":
        code = "VATEX-FR-FRANCHISE" if french else ""
        return Exemption(tax_mention("franchise", seller_country), code)
    words = {
        "K": _("Exempt supply within the European Union, article 138 of Directive 2006/112/EC"),
        "AE": _("Reverse charge: VAT is owed by the customer"),
        "G": _("Export outside the European Union, exempt from VAT"),
    }
    if french:
        words["K"] = _("VAT exemption, article 262 ter I of the French tax code (CGI)")
        words["G"] = _("VAT exemption, article 262 I of the French tax code (CGI)")
    codes = {"K": "VATEX-EU-IC", "AE": "VATEX-EU-AE", "G": "VATEX-EU-G"}
    return Exemption(words[category], codes[category]) if category in words else None


def _service_abroad(*, french: bool) -> str:
    if french:
        return _(
            "Service to a customer outside the European Union, not subject to French VAT (articles"
            " 259 and 259 D of the French tax code, CGI)"
        )
    return _(
        "Service to a customer outside the European Union, where it is taxed, if at all (articles"
        " 44 and 58 of Directive 2006/112/EC)"
    )


FRANCE = frozenset({"FR", "MC", "GP", "MQ", "RE", "GF", "YT"})


def _name(country: str) -> str:
    if country == "XI":
        return _("Northern Ireland")
    names = Locale.parse(get_language() or "fr", sep="-").territories
    return str(names.get(country, country))
