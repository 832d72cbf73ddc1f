"""What the law has written beside a total that is taxed otherwise than at home.

Sources: art. 293 B of the French tax code; art. 138, 146, 196, 226 (11) and 284 of directive
2006/112/EC.
"""

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def tax_mention(scheme: str, country: str) -> str:
    """The sentence in the reader's language; '' for VAT of the seller's own country.

    ``scheme`` and ``country`` are the order's ``tax_scheme`` and ``tax_country``, or a quote's.
    """
    if scheme == "franchise" and country in FRANCE:
        return _("VAT not applicable, art. 293 B of the French tax code (CGI)")
    if scheme == "franchise":
        return _("VAT not applicable: small business (art. 284 of directive 2006/112/EC)")
    if scheme == "reverse_charge":
        return _("No VAT: the buyer accounts for it (art. 138 and 196 of directive 2006/112/EC)")
    if scheme == "export":
        return _("No VAT: export (art. 146 of directive 2006/112/EC)")
    if scheme == "oss":
        return _("VAT of %(country)s, by the one-stop shop") % {"country": _name(country)}
    return ""


FRANCE = frozenset({"FR", "MC", "GP", "MQ", "RE", "GF", "YT"})


def _name(country: str) -> str:
    if country == "XI":
        return _("Northern Ireland")
    names = Locale.parse(get_language() or "fr", sep="-").territories
    return str(names.get(country, country))
