"""What is said of any payment that a buyer makes at a page of its provider."""

from django.utils.translation import gettext as _

from comptoir.sales.adapters.provider import Awaited


class Hosted:
    """The buyer leaves for the provider's page."""

    hosted = True

    def awaited(self, *, shop: str, until: str, recipient: str) -> Awaited:
        """The page has not said yet what became of it."""
        said = _(
            "Your order is kept for you. This page changes by itself when the bank has answered."
        )
        return Awaited(_("Waiting for the bank"), said)

    def under_way(self) -> str:
        """Of a provider that has said nothing, nobody knows what it took."""
        return _("If the bank has taken anything, it is given back.")
