"""The forms of the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.services.products import MAX_STOCK
from comptoir.common.vat_rates import rates_by_country, standard_rate
from comptoir.web.amounts import AmountField
from comptoir.web.formats import percent
from comptoir.web.weights import WeightField

VAT_RATES = [
    (2000, _("20% (most things)")),
    (1000, _("10%")),
    (550, _("5.5% (food, books)")),
    (210, _("2.1%")),
    (0, _("No VAT")),
]
WITHDRAWAL = [
    ("", _("14 days to withdraw, as the law says")),
    ("personalised", _("None: it is made to the buyer's own order")),
    ("perishable", _("None: it spoils quickly")),
    ("sealed", _("Only while sealed: hygiene or health")),
    ("digital", _("None: it is given at once, with the buyer's consent")),
]


class ParcelForm(forms.Form):
    """How the parcel travels."""

    carrier = forms.CharField(
        label=_("Carrier"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"list": "carriers", "autocomplete": "off"}),
    )
    tracking = forms.CharField(
        label=_("Tracking number"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class WordsForm(forms.Form):
    """What a product is called and said to be."""

    title = forms.CharField(label=_("Title"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    brand = forms.CharField(label=_("Brand or maker"), max_length=100, required=False)
    category = forms.CharField(
        label=_("Category"),
        max_length=300,
        required=False,
        help_text=_("Such as Kitchen > Bowls."),
    )
    withdrawal = forms.ChoiceField(
        label=_("Changing one's mind"),
        choices=WITHDRAWAL,
        required=False,
        help_text=_("Buyers read it before they buy. Only what the law excepts may be excepted."),
    )


class EditProductForm(WordsForm):
    """A product's words and its rate of VAT, which no feed says.

    The rates are those of the shop's country, and the one that the product has.
    """

    vat_rate_bp = forms.TypedChoiceField(
        label=_("VAT"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, country: str = "FR", current_bp: int = 2000, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_rates(self, country, current_bp)


def offer_rates(form: forms.Form, country: str, current_bp: int) -> None:
    """Lets one choose among the VAT rates of the shop's country, and the one that there is."""
    field = form.fields["vat_rate_bp"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
    field.choices = vat_choices(country, current_bp)


def vat_choices(country: str, current_bp: int) -> list[tuple[int, str]]:
    """Rates in basis points with their words, the highest first."""
    words = dict(VAT_RATES) if country == "FR" else {0: _("No VAT")}
    rates = rates_by_country().get(country)
    known = set(rates.all) if rates is not None else set(words)
    return [
        (rate, str(words.get(rate, f"{percent(rate)} %")))
        for rate in sorted({*known, *words, current_bp}, reverse=True)
    ]


class NewProductForm(WordsForm):
    """A product made by hand; its variants are rows of their own."""

    vat_rate_bp = forms.TypedChoiceField(label=_("VAT"), coerce=int)
    option1 = forms.CharField(label=_("First option"), max_length=40, required=False)
    option2 = forms.CharField(label=_("Second option"), max_length=40, required=False)

    def __init__(self, *args: Any, country: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = standard_rate(country)
        self.initial.setdefault("vat_rate_bp", usual)
        offer_rates(self, country, usual)


class InCurrency(forms.Form):
    """A form whose amounts are in the shop's currency."""

    def __init__(self, *args: Any, currency: str = "EUR", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, AmountField):
                field.currency = currency


class _StockField(forms.IntegerField):
    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=MAX_STOCK, required=False, widget=widget, **options)


class VariantRowForm(InCurrency):
    """A variant to make."""

    value1 = forms.CharField(label=_("First option"), max_length=60, required=False)
    value2 = forms.CharField(label=_("Second option"), max_length=60, required=False)
    price = AmountField(label=_("Price"))
    stock = _StockField(label=_("Pieces"))
    weight = WeightField(label=_("Weight"))


class VariantForm(InCurrency):
    """A variant's price and count; ``seen`` is the count that the person had before them."""

    price = AmountField(label=_("Price"))
    sale_price = AmountField(label=_("Sale price"), required=False)
    stock = _StockField(label=_("Pieces"))
    weight = WeightField(label=_("Weight"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AltForm(forms.Form):
    """What a picture shows, for those who cannot see it."""

    alt = forms.CharField(label=_("What it shows"), max_length=300, required=False)


class ImportForm(forms.Form):
    """A catalogue file."""

    file = forms.FileField(
        label=_("Catalogue file"),
        help_text=_(
            "A product feed for Google Merchant, Meta or Pinterest: XML, CSV or TSV, also gzipped."
            " Up to 200 MB."
        ),
        widget=forms.FileInput({"accept": ".xml,.rss,.atom,.csv,.tsv,.txt,.gz"}),
    )
    pictures = forms.BooleanField(label=_("Fetch the pictures too"), required=False, initial=True)
