"""The offers that took something off an order's goods, by the names that its buyer read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from comptoir.sales.models import Offer, OfferUse, Order


@dataclass(frozen=True, slots=True)
class UsedOffers:
    """Names in the order of their making; ``shared``: one of them is of several pieces together."""

    names: tuple[str, ...] = ()
    shared: bool = False

    @property
    def named(self) -> str:
        return ", ".join(self.names)

    @property
    def note(self) -> str:
        """Why a piece that was given has a price; '' where none was."""
        words = _(
            "What an offer takes off several pieces is shared over all of them, by their price."
        )
        return words if self.shared else ""


NO_OFFERS = UsedOffers()


def used_offers(order: Order) -> UsedOffers:
    """One query, none where nothing was taken off."""
    if not order.discount_minor:
        return NO_OFFERS
    used = OfferUse.objects.filter(order=order).exclude(offer__kind=Offer.Kind.FREE_DELIVERY)
    rows = list(used.order_by("offer").values_list("offer__name", "offer__kind"))
    shared = any(kind == Offer.Kind.BUY_X_GET_Y for _name, kind in rows)
    return UsedOffers(tuple(name for name, _kind in rows), shared)


def codes_of(order: Order) -> list[str]:
    """The codes that counted in an order, one that was called off too."""
    used = OfferUse.objects.filter(order=order).exclude(offer__code="")
    return list(used.order_by("offer").values_list("offer__code", flat=True))
