"""The form of a product that is bought elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.services.elsewhere import LONGEST


class ElsewhereForm(forms.Form):
    """Where it is bought, and who answers for its safety."""

    buy_url = forms.CharField(
        label=_("Its address on your own site"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "With an address, the button here reads “Buy on your-site.com” and leads there. Leave"
            " it empty to sell it here."
        ),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    safety_contact = forms.CharField(
        label=_("Its maker, or who answers for it in the EU"),
        max_length=300,
        required=False,
        help_text=_("Name, postal address, e-mail or website. Empty: your shop’s own contact."),
        widget=forms.Textarea({"rows": 3}),
    )
