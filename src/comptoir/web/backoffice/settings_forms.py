"""The forms of a shop's settings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.shops.models import DeliveryMethod
from comptoir.web.amounts import AmountField
from comptoir.web.backoffice.forms import InCurrency

MOST_DAYS = 120


class TraderForm(forms.Form):
    """Who trades behind the shop, as the law asks it to be shown to buyers."""

    legal_name = forms.CharField(label=_("Legal name"), max_length=120, required=False)
    legal_address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )
    registration = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        required=False,
        help_text=_("SIRET in France, or that of your country."),
    )
    contact_email = forms.EmailField(
        label=_("E-mail for buyers"),
        max_length=254,
        required=False,
        help_text=_("News of orders goes there too."),
    )
    contact_phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)


class DeliveryForm(InCurrency):
    """One way of delivery."""

    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(
        label=_("How"),
        choices=[
            (DeliveryMethod.Kind.POST, _("By post")),
            (DeliveryMethod.Kind.PICKUP, _("Pick-up")),
        ],
    )
    price = AmountField(label=_("Price"))
    free_from = AmountField(label=_("Free from"), required=False)
    days_min = forms.IntegerField(
        label=_("Days, at least"), min_value=0, max_value=MOST_DAYS, initial=1
    )
    days_max = forms.IntegerField(
        label=_("Days, at most"), min_value=0, max_value=MOST_DAYS, initial=3
    )
    is_active = forms.BooleanField(label=_("Offered to buyers"), required=False, initial=True)
