"""The form of the sheet."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.sales.services.address import Address
from comptoir.web.checkout.countries import countries
from comptoir.web.formats import language

MOST_PIECES = 999
BIGGEST_ID = 2**63 - 1


def _line(label: Any, most: int, autocomplete: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.TextInput({"autocomplete": autocomplete}),
    )


class LineForm(forms.Form):
    """What the sheet is opened with."""

    variant = forms.IntegerField(min_value=1, max_value=BIGGEST_ID)
    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)


class CheckoutForm(forms.Form):
    """What is bought, how it comes, to whom. Prices never come from here but ``expected_total``,
    which is only compared with what the shop asks."""

    checkout_key = forms.UUIDField(widget=forms.HiddenInput)
    expected_total = forms.IntegerField(min_value=0, max_value=BIGGEST_ID, widget=forms.HiddenInput)
    variant = forms.IntegerField(
        label=_("Variant"), min_value=1, max_value=BIGGEST_ID, widget=forms.Select
    )
    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=1,
        max_value=MOST_PIECES,
        error_messages={
            "invalid": _("Write a whole number."),
            "min_value": _("Buy at least one."),
            "max_value": _("At most 999 in one order."),
        },
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    delivery = forms.IntegerField(
        min_value=1,
        max_value=BIGGEST_ID,
        error_messages={"required": _("Choose how to receive the order.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The confirmation goes there."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    recipient = _line(_("Name"), 120, "name", required=True)
    address1 = _line(_("Address"), 200, "address-line1")
    address2 = _line(_("Building, floor"), 200, "address-line2")
    postcode = _line(_("Postcode"), 16, "postal-code")
    city = _line(_("Town"), 100, "address-level2")
    country = forms.ChoiceField(
        label=_("Country"), required=False, widget=forms.Select({"autocomplete": "country"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 (for the type checker)
        country.choices = countries(language()[:2])

    def address(self) -> Address:
        """The address of a valid form."""
        values = self.cleaned_data
        names = ("recipient", "address1", "address2", "postcode", "city")
        return Address(**{name: values[name] for name in names}, country=values["country"] or "FR")


def new_checkout_key() -> str:
    """Made when a sheet opens: however often it is sent, it makes one order."""
    return str(uuid.uuid4())
