"""The forms of bills."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.sales.services.bills import MINUTES
from comptoir.web.amounts import AmountField
from comptoir.web.backoffice.forms import InCurrency
from comptoir.web.checkout.forms import BIGGEST_ID
from comptoir.web.checkout.keys import CheckoutKeyField

LASTING = {
    5: _("5 minutes"),
    15: _("15 minutes"),
    30: _("half an hour"),
    120: _("2 hours"),
    1440: _("a day"),
}


class BillForm(InCurrency):
    """A bill as the counter makes it: an amount, or products chosen below."""

    amount = AmountField(label=_("Amount"), required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=80,
        required=False,
        help_text=_("Such as “Table 4”. The buyer sees it."),
    )
    vat_rate_bp = forms.TypedChoiceField(label=_("VAT"), coerce=int)
    minutes = forms.TypedChoiceField(
        label=_("Can be paid for"),
        choices=[(many, LASTING[many]) for many in MINUTES],
        coerce=int,
        initial=30,
    )


class AmountForm(InCurrency):
    """The amount that the seller said, typed by the buyer."""

    amount = AmountField(label=_("The amount that you were told"))


class PayForm(forms.Form):
    """What the phone sends to pay a bill."""

    checkout_key = CheckoutKeyField()
    expected_total = forms.IntegerField(min_value=0, max_value=BIGGEST_ID, widget=forms.HiddenInput)
    pay = forms.CharField(max_length=80, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Only if you want the receipt by mail."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
