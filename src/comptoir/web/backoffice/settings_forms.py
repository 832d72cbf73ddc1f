"""The forms of a shop's settings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.shops.models import DeliveryMethod
from comptoir.web.amounts import AmountField
from comptoir.web.backoffice.forms import InCurrency

MOST_DAYS = 120


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
