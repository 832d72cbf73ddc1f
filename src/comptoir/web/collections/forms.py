"""The form of a collection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.web.amounts import AmountField
from comptoir.web.backoffice.forms import InCurrency


class CollectionForm(InCurrency):
    """Its words, and the rule that fills it."""

    title = forms.CharField(label=_("Title"), max_length=80)
    intro = forms.CharField(label=_("A word about it"), max_length=300, required=False)
    brand = forms.CharField(label=_("All of this brand"), max_length=100, required=False)
    category = forms.CharField(
        label=_("All of this category"),
        max_length=300,
        required=False,
        help_text=_("Or its beginning: “Kitchen” takes “Kitchen > Bowls” too."),
    )
    most = AmountField(label=_("All up to this price"), required=False)
