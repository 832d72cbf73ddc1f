"""The forms of who trades and on which terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.shops.identity import LENGTHS, Identity
from comptoir.shops.services.identify import MOST_TERMS
from comptoir.web.checkout.countries import countries
from comptoir.web.formats import language


def _line(name: str, label: Any, autocomplete: str = "off", **options: Any) -> forms.CharField:
    attrs = {"autocomplete": autocomplete, **options.pop("attrs", {})}
    return forms.CharField(
        label=label,
        max_length=LENGTHS[name],
        required=False,
        widget=forms.TextInput(attrs),
        **options,
    )


def _lines(name: str, label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 3, "autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=LENGTHS[name], required=False, widget=widget, **options
    )


class TraderForm(forms.Form):
    """Who trades behind the shop. Nothing is required here: it may be said in several visits,
    and ``shops.identity`` tells what is missing before the shop may sell."""

    country = forms.ChoiceField(label=_("Country"))
    legal_name = _line(
        "legal_name",
        _("Legal name"),
        "organization",
        help_text=_("The company’s, or your own first and last name."),
    )
    legal_form = _line(
        "legal_form",
        _("Legal form"),
        help_text=_("Such as SARL, SAS, EI (sole trader), association."),
    )
    legal_address = _lines("legal_address", _("Address"))
    registration = _line(
        "registration",
        _("Registration number"),
        help_text=_("SIREN or SIRET in France, or that of your country."),
    )
    vat_number = _line("vat_number", _("VAT number"), help_text=_("Such as FR 66 000 000 018."))
    no_vat_number = forms.BooleanField(label=_("We have no VAT number."), required=False)
    contact_email = forms.EmailField(
        label=_("E-mail for buyers"),
        max_length=254,
        required=False,
        help_text=_("News of orders goes there too."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    contact_phone = _line("contact_phone", _("Telephone"), "tel", attrs={"inputmode": "tel"})
    mediator_name = _line(
        "mediator_name",
        _("Consumer mediator"),
        help_text=_("In France, every trader belongs to one: its name."),
    )
    mediator_url = _line("mediator_url", _("The mediator’s website"), attrs={"inputmode": "url"})
    mediator_address = _lines("mediator_address", _("The mediator’s address"))
    safety_contact = _lines(
        "safety_contact",
        _("Product safety contact"),
        help_text=_(
            "Who answers for the safety of what you sell, where a product names no other: name,"
            " postal address, e-mail or website of the maker, or of its representative in the EU."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        country = self.fields["country"]
        assert isinstance(country, forms.ChoiceField)  # noqa: S101 (for the type checker)
        country.choices = countries(language()[:2])

    def identity(self) -> Identity:
        """What a valid form says."""
        return Identity(**self.cleaned_data)


class TermsForm(forms.Form):
    """The shop's own terms of sale."""

    text = forms.CharField(
        label=_("Your terms of sale"),
        max_length=MOST_TERMS,
        required=False,
        widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "What the law gives every buyer (withdrawal, guarantees, mediation) is said by this"
            " page anyway: write here what is particular to you."
        ),
    )
