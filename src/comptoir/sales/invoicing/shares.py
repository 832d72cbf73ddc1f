"""What an invoice says of its VAT, goods apart from services, as tax reports want it."""

from dataclasses import dataclass

from comptoir.sales.invoicing.content import Content
from comptoir.sales.pricing.division import divided


@dataclass(frozen=True, slots=True)
class NatureShare:
    """A VAT category and rate, of goods or of services; minor units."""

    category: str
    rate_bp: int
    service: bool
    net_minor: int
    vat_minor: int


def shares_by_nature(content: Content) -> list[NatureShare]:
    """The VAT of each share divided over its goods and its services, so that it adds up again.

    Delivery is of what is delivered: goods, where there are any.
    """
    found = []
    for share in content.shares:
        mine = [
            line
            for line in content.lines
            if (line.category, line.rate_bp) == (share.category, share.rate_bp)
        ]
        services = sum(line.net_minor for line in mine if line.service)
        if all(line.service for line in mine):
            services = share.net_minor
        nets = {0: share.net_minor - services, 1: services}
        kinds = {kind: net for kind, net in nets.items() if net} or {0: 0}
        vats = divided(share.vat_minor, kinds)
        found += [
            NatureShare(share.category, share.rate_bp, bool(kind), net, vats.get(kind, 0))
            for kind, net in kinds.items()
        ]
    return found
