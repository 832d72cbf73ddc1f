"""The forms of a shop's settings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptoir.catalog.desk import DeskCategory
from comptoir.common.vat_rates import standard_rate
from comptoir.shops.models import Shop
from comptoir.web.backoffice.forms import WITHDRAWAL, offer_rates
from comptoir.web.formats import percent


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


class ManyForm(forms.Form):
    """Something for many products at once: "=" and the category, or "all"."""

    of = forms.ChoiceField(label=_("For which products"))

    def offer(self, categories: Sequence[tuple[str, str]]) -> None:
        """Lets one choose among them, (name, what is told of it), or all."""
        field = self.fields["of"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        named = [(f"={name}", told) for name, told in categories]
        field.choices = [("", _("Choose")), *named, ("all", _("All my products"))]

    def category(self) -> str | None:
        """The one chosen of a valid form; ``None``: all."""
        chosen: str = self.cleaned_data["of"]
        return chosen.removeprefix("=") if chosen.startswith("=") else None

    def given(self) -> dict[str, Any]:
        """What a valid form gives them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "of"}


class RateForm(ManyForm):
    """A VAT rate."""

    vat_rate_bp = forms.TypedChoiceField(label=_("VAT"), coerce=int)

    def __init__(
        self, *args: Any, country: str, categories: Sequence[DeskCategory], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        usual = standard_rate(country)
        self.initial.setdefault("vat_rate_bp", usual)
        offer_rates(self, country, usual)
        self.offer([(each.name, f"{_told(each)} · {_rates(each)}") for each in categories])


class ExceptionForm(ManyForm):
    """An exception to the right to withdraw; downloads have their own."""

    withdrawal = forms.ChoiceField(
        label=_("Changing one's mind"),
        choices=[(value, told) for value, told in WITHDRAWAL if value != "digital"],
        required=False,
        help_text=_("Buyers read it before they buy. Only what the law excepts may be excepted."),
    )

    def __init__(self, *args: Any, categories: Sequence[DeskCategory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer([(each.name, _told(each)) for each in categories])


def _told(category: DeskCategory) -> str:
    many = ngettext("%(num)s product", "%(num)s products", category.products)
    name = category.name or _("Without a category")
    return f"{name} · {many % {'num': category.products}}"


def _rates(category: DeskCategory) -> str:
    return ", ".join(f"{percent(rate)} %" for rate in category.rates_bp)
