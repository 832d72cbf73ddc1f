"""The forms of how a shop delivers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.shops.models import DeliveryMethod, DeliveryZone
from comptoir.shops.services.delivery import MOST_DAYS, MOST_OF_PLACE
from comptoir.web.amounts import AmountField, minor_units, typed_amount
from comptoir.web.backoffice.forms import InCurrency
from comptoir.web.checkout.countries import countries
from comptoir.web.formats import language
from comptoir.web.weights import WeightField, grams, typed_weight

SPARE_ROWS = 3


class MethodForm(InCurrency):
    """One way of delivery; its lines of prices are ``BandForm``."""

    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(
        label=_("How"),
        choices=[
            (DeliveryMethod.Kind.POST, _("Sent to an address")),
            (DeliveryMethod.Kind.PICKUP, _("Fetched at the shop")),
        ],
        widget=forms.RadioSelect,
        initial=DeliveryMethod.Kind.POST,
    )
    place = forms.CharField(
        label=_("Where, and when it is open"),
        max_length=MOST_OF_PLACE,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Buyers read it before they order, on their order and in its mails."),
    )
    zone = forms.ChoiceField(label=_("Where"), required=False)
    price_by = forms.ChoiceField(
        label=_("Price"),
        choices=[
            (DeliveryMethod.PriceBy.FLAT, _("One price")),
            (DeliveryMethod.PriceBy.WEIGHT, _("By weight of the parcel")),
            (DeliveryMethod.PriceBy.AMOUNT, _("By amount of the goods")),
        ],
        widget=forms.RadioSelect,
        initial=DeliveryMethod.PriceBy.FLAT,
    )
    price = AmountField(label=_("One price"), required=False, help_text=_("0 is free."))
    free_from = AmountField(
        label=_("Free from"), required=False, help_text=_("When the goods come to that much.")
    )
    days_min = forms.IntegerField(
        label=_("Working days, at least"), min_value=0, max_value=MOST_DAYS, initial=1
    )
    days_max = forms.IntegerField(
        label=_("Working days, at most"), min_value=0, max_value=MOST_DAYS, initial=3
    )
    is_active = forms.BooleanField(label=_("Offered to buyers"), required=False, initial=True)

    def __init__(self, *args: Any, zones: Sequence[DeliveryZone] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 (for the type checker)
        zone.choices = [("", _("Everywhere")), *((str(z.pk), z.name) for z in zones)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        flat = values.get("price_by") == DeliveryMethod.PriceBy.FLAT
        if flat and values.get("price") is None and "price" not in self.errors:
            self.add_error("price", _("Write an amount such as 12.90."))
        return values


class BandForm(InCurrency):
    """A line of prices; one that is left empty is none."""

    up_to = forms.CharField(
        label=_("Up to"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    price = AmountField(label=_("Price"), required=False)

    def band(self, price_by: str, currency: str) -> tuple[int | None, int] | None:
        """(grams or minor units, price) of a valid form; ``None``: the line is empty.

        Adds an error, and gives ``None``, when what is typed is no limit.
        """
        up_to, price = self.cleaned_data.get("up_to", ""), self.cleaned_data.get("price")
        if not up_to and price is None:
            return None
        if price is None:
            self.add_error("price", _("Write an amount such as 12.90."))
            return None
        try:
            return (_limit(up_to, price_by, currency) if up_to else None), price
        except ValueError:
            weight = price_by == DeliveryMethod.PriceBy.WEIGHT
            message = _("Write a weight such as 500 g or 2 kg.")
            self.add_error("up_to", message if weight else _("Write an amount such as 12.90."))
            return None


def _limit(text: str, price_by: str, currency: str) -> int:
    """Raises: ValueError: no weight or no amount."""
    return grams(text) if price_by == DeliveryMethod.PriceBy.WEIGHT else minor_units(text, currency)


class TrialForm(InCurrency):
    """An address to try what is offered there."""

    country = forms.ChoiceField(label=_("Country"), initial="FR")
    postcode = forms.CharField(label=_("Postcode"), max_length=16, required=False)
    weight = WeightField(label=_("Weight"))
    goods = AmountField(label=_("Goods"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 (for the type checker)
        country.choices = countries(language()[:2])


def typed_limit(up_to: int | None, price_by: str, currency: str) -> str:
    """The limit of a band as it is typed."""
    if price_by == DeliveryMethod.PriceBy.WEIGHT:
        return typed_weight(up_to, language())
    return typed_amount(up_to, currency, language())
