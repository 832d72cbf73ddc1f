"""The forms of where a shop is paid."""

from django import forms
from django.utils.translation import gettext_lazy as _

PLAIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}


class BankAccountForm(forms.Form):
    """The shop's bank account; whether it can be one is the service's to say."""

    holder = forms.CharField(
        label=_("Account holder"),
        max_length=70,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    iban = forms.CharField(label=_("IBAN"), max_length=42, widget=forms.TextInput(PLAIN))
    bic = forms.CharField(
        label=_("BIC"), max_length=20, required=False, widget=forms.TextInput(PLAIN)
    )


class StatementForm(forms.Form):
    """A bank statement."""

    file = forms.FileField(
        label=_("Bank statement"),
        help_text=_("CAMT.053 (XML) or CSV, at most 5 MB. The file itself is not kept."),
        widget=forms.ClearableFileInput({"accept": ".xml,.csv,.txt"}),
    )


class EntryForm(forms.Form):
    """Which transfer some money pays."""

    reference = forms.CharField(
        label=_("Reference of the transfer"), max_length=40, widget=forms.TextInput(PLAIN)
    )
