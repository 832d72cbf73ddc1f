"""What the law wants written on an invoice besides why there is no VAT (``sales.tax_mentions``)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.invoicing.content import Content
from comptoir.sales.tax_mentions import Exemption, exemption_of, tax_mention


@dataclass(frozen=True, slots=True)
class Note:
    """A mention; ``subject`` is a code of UNTDID 4451."""

    subject: str
    words: str


def notes_of(content: Content) -> list[Note]:
    """The mentions of one trader's invoice to another in France (art. L441-9 Code de commerce), and
    what shows that the VAT is another country's; before these, the offers
    that its discounts come from."""
    notes = []
    if content.offers:
        notes.append(Note("AAI", _("Offers: %(names)s") % {"names": content.offers}))
    if content.seller.country == "FR" and content.for_business and not content.is_credit:
        notes += [
            Note("PMT", _("Fixed compensation for recovery costs in case of late payment: 40 €.")),
            Note("PMD", _("Late payment penalties: three times the legal interest rate.")),
            Note("AAB", _("No discount for early payment.")),
        ]
    if content.tax_scheme == "oss":
        notes.append(Note("TXD", f"{tax_mention('oss', content.tax_country)}."))
    return notes


def why_without_vat(content: Content, category: str) -> Exemption | None:
    """The reason of one of its VAT categories; ``None`` for those that need none."""
    services = all(line.service for line in content.lines if line.category == category)
    return exemption_of(category, content.tax_country, services=services)


def paid_words(means: str) -> str:
    """How it was paid, in words; by its name at a provider that is not there any more."""
    return PROVIDERS[means].paid_how() if means in PROVIDERS else means
