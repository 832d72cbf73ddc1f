"""The forms of a shop's settings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.shops.models import Shop


class TaxForm(forms.Form):
    """Which VAT the shop charges."""

    vat_regime = forms.ChoiceField(
        label=_("VAT"),
        choices=[
            (Shop.VatRegime.NORMAL, _("We charge VAT: our prices contain it")),
            (
                Shop.VatRegime.FRANCHISE,
                _("Small seller: we charge no VAT (in France, art. 293 B of the tax code)"),
            ),
        ],
        widget=forms.RadioSelect,
    )
    oss = forms.BooleanField(
        label=_("We declare by the one-stop shop (OSS)"),
        required=False,
        help_text=_(
            "Consumers elsewhere in the European Union then pay the VAT of their country, within "
            "the same price. Needed once you sell there for more than €10,000 a year in all; "
            "below, leave it off and charge the VAT of your country."
        ),
    )
