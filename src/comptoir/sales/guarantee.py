"""The frame about the legal guarantees of goods that French terms of sale must show.

Source: annex to article D211-2 of the French consumer code (decree 2022-946). The French words are
the law's own; the English ones translate them.
"""

from django.utils.translation import gettext as _

from comptoir.sales.tax_mentions import FRANCE


def guarantee_frame(country: str) -> tuple[str, ...]:
    """Paragraph by paragraph, for what a trader in ``country`` (ISO 3166-1) sells; none where
    French law asks for none."""
    return (*_first(), *_cases(), *_last()) if country in FRANCE else ()


def _first() -> tuple[str, ...]:
    return (
        _(
            "The consumer has two years from the delivery of the goods to obtain the legal"
            " guarantee of conformity if a lack of conformity appears. During this time the"
            " consumer need only establish that the lack of conformity exists, and not the date"
            " on which it appeared."
        ),
        _(
            "Where the contract of sale provides for digital content or a digital service to be"
            " supplied continuously for more than two years, the legal guarantee applies to"
            " this digital content or service throughout the period of supply. During this time"
            " the consumer need only establish that the lack of conformity of the digital"
            " content or service exists, and not the date on which it appeared."
        ),
        _(
            "The legal guarantee of conformity obliges the trader, where applicable, to provide"
            " all the updates that are needed to keep the goods in conformity."
        ),
        _(
            "The legal guarantee of conformity gives the consumer the right to have the goods"
            " repaired or replaced within thirty days of asking for it, free of charge and"
            " without major inconvenience."
        ),
        _(
            "If the goods are repaired under the legal guarantee of conformity, the initial"
            " guarantee is extended by six months."
        ),
        _(
            "If the consumer asks for the goods to be repaired and the seller imposes their"
            " replacement, the legal guarantee of conformity is renewed for two years from the"
            " date of the replacement."
        ),
    )


def _cases() -> tuple[str, ...]:
    return (
        _(
            "The consumer may obtain a lower price and keep the goods, or end the contract and"
            " be wholly refunded against the return of the goods, if:"
        ),
        _("1. the trader refuses to repair or to replace the goods;"),
        _("2. the goods are repaired or replaced after more than thirty days;"),
        _(
            "3. repairing or replacing the goods causes the consumer major inconvenience, in"
            " particular where the consumer finally bears the cost of taking back or removing"
            " the goods that are not in conformity, or of installing the goods that were"
            " repaired or came in their place;"
        ),
        _(
            "4. the lack of conformity remains although the seller tried in vain to bring the"
            " goods into conformity."
        ),
    )


def _last() -> tuple[str, ...]:
    return (
        _(
            "The consumer also has the right to a lower price or to end the contract where the"
            " lack of conformity is so serious that it justifies this at once. The consumer need"
            " not then ask for the goods to be repaired or replaced first."
        ),
        _("The consumer may not end the sale if the lack of conformity is minor."),
        _(
            "Any time in which the goods cannot be used because they are repaired or replaced"
            " suspends what was left of the guarantee, until the goods are delivered again in"
            " working order."
        ),
        _("These rights follow from articles L. 217-1 to L. 217-32 of the French consumer code."),
        _(
            "A seller who obstructs the legal guarantee of conformity in bad faith is liable to"
            " a civil fine of up to 300,000 euros, which may be raised to ten per cent of the"
            " average annual turnover (article L. 241-5 of the French consumer code)."
        ),
        _(
            "The consumer also has the legal guarantee against hidden defects under articles"
            " 1641 to 1649 of the French civil code, for two years from the discovery of the"
            " defect. This guarantee gives the right to a lower price if the goods are kept, or"
            " to a whole refund against their return."
        ),
    )
