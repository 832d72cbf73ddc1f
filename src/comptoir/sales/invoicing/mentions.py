"""What the law wants written on an invoice, in words and in codes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from comptoir.sales.invoicing.content import Content


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why there is no VAT: words for people, and a code of the VATEX list or ''."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Note:
    """A mention; ``subject`` is a code of UNTDID 4451."""

    subject: str
    words: str


def exemption_of(category: str, seller_country: str) -> Exemption | None:
    """Of a VAT category without VAT; ``None`` for those that need no reason."""
    french = seller_country == "FR"
    if category == "E":
        return (
            Exemption(
                _("VAT not applicable, article 293 B of the French tax code (CGI)"),
                "VATEX-FR-FRANCHISE",
            )
            if french
            else Exemption(_("Special scheme for small enterprises, no VAT charged"), "")
        )
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


def notes_of(content: Content) -> list[Note]:
    """The mentions of one trader's invoice to another in France (art. L441-9 Code de commerce), and
    what shows that the VAT is another country's."""
    notes = []
    if content.seller.country == "FR" and content.for_business and not content.is_credit:
        notes += [
            Note("PMT", _("Fixed compensation for recovery costs in case of late payment: 40 €.")),
            Note("PMD", _("Late payment penalties: three times the legal interest rate.")),
            Note("AAB", _("No discount for early payment.")),
        ]
    if content.tax_scheme == "oss":
        notes.append(
            Note("TXD", _("VAT of %(country)s, by the one-stop shop.")
                 % {"country": content.tax_country})
        )  # fmt: skip
    return notes


def paid_words(means: str) -> str:
    """How it was paid, in words."""
    known = {
        "stripe": _("by card"),
        "sandbox": _("at the test bank"),
        "transfer": _("by bank transfer"),
        "cash": _("in cash"),
    }
    return known.get(means, means)
