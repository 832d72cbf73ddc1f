"""Forms of what comes after an order."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.web.orders.returning import ASKED


class AskWithdrawalForm(forms.Form):
    """Which order one would like to withdraw from."""

    number = forms.CharField(
        label=_("Order number"),
        max_length=20,
        help_text=_("Such as 2026-00042: it stands in the mails about your order."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail address of the order"), widget=forms.EmailInput({"autocomplete": "email"})
    )


class AskReturnForm(forms.Form):
    """Why something comes back; how many of what are fields of their own. The page draws the
    controls of what replaces it and of its photos, whose files are read apart, by itself."""

    reason = forms.ChoiceField(
        label=_("Why?"), choices=list(ASKED.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What is the matter?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    exchange = forms.IntegerField(required=False, widget=forms.HiddenInput)
    photos = forms.Field(required=False, widget=forms.HiddenInput)
