"""The short form that opens a shop."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenShopForm(forms.Form):
    """Name, handle, and what it sells: enough to open; the rest is said later at the counter."""

    name = forms.CharField(
        label=_("Name of your shop"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=31,
        help_text=_("The address of your shop here. 3 to 30 letters a–z, digits or underscores."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    sells = forms.CharField(
        label=_("What do you sell?"),
        max_length=200,
        help_text=_("In a few words, as you would say it over the counter."),
        widget=forms.Textarea({"rows": 2}),
    )
    place = forms.CharField(
        label=_("Where are you? (optional)"),
        max_length=80,
        required=False,
        help_text=_("Town or region."),
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
