from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """What one looks for, in a few words."""

    q = forms.CharField(
        required=False,
        max_length=200,
        label=_("Search products, people and shops"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
