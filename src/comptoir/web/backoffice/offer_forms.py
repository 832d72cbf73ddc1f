"""The form of an offer, and what it means."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.sales.models import Offer
from comptoir.sales.services.offers import MOST_PIECES, MOST_USES, OfferDraft
from comptoir.web.amounts import AmountField, typed_amount
from comptoir.web.backoffice.forms import InCurrency
from comptoir.web.formats import language

MOMENT = "%Y-%m-%dT%H:%M"
KINDS = [
    (Offer.Kind.PERCENT, _("A percentage off")),
    (Offer.Kind.AMOUNT, _("An amount off")),
    (Offer.Kind.FREE_DELIVERY, _("Free delivery")),
    (Offer.Kind.BUY_X_GET_Y, _("Some pieces bought, others given")),
]
AUDIENCES = [
    (Offer.Audience.EVERYONE, _("Everyone")),
    (Offer.Audience.FOLLOWERS, _("Those who follow your shop")),
    (Offer.Audience.SEGMENT, _("People you name")),
]
SCOPES = [
    (Offer.Scope.SHOP, _("Everything in your shop")),
    (Offer.Scope.PRODUCTS, _("Products you choose")),
]


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, required=False, widget=widget, input_formats=[MOMENT])


class _PercentField(forms.DecimalField):
    """A percentage, with a point or a comma in any language."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def _percent(label: Any) -> forms.DecimalField:
    return _PercentField(
        label=label, required=False, min_value=Decimal("0.01"), max_value=100, max_digits=5,
        decimal_places=2, localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


def _count(label: Any, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=most, help_text=hint,
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class OfferForm(InCurrency):
    """An offer as a shop writes it; the products chosen are boxes beside it."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("Buyers read it beside the reduction.")
    )
    kind = forms.ChoiceField(label=_("What it gives"), choices=KINDS, widget=forms.RadioSelect)
    percent = _percent(_("Percentage off"))
    amount = AmountField(label=_("Amount off"), required=False)
    buy_quantity = _count(_("Pieces bought"), MOST_PIECES)
    get_quantity = _count(_("Pieces given"), MOST_PIECES)
    get_percent = _percent(_("Reduction on them, in percent"))
    code = forms.CharField(
        label=_("Code"), max_length=30, required=False,
        help_text=_("Buyers type it. Without a code, the offer applies by itself."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("For whom"), choices=AUDIENCES, widget=forms.RadioSelect)
    people = forms.CharField(
        label=_("Their handles"), required=False, max_length=40_000,
        help_text=_("One after the other, such as @ines @malo."),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocapitalize": "none"}),
    )  # fmt: skip
    scope = forms.ChoiceField(label=_("On what"), choices=SCOPES, widget=forms.RadioSelect)
    minimum = AmountField(
        label=_("From an amount of"), required=False,
        help_text=_("What the goods it is for must cost, before reductions."),
    )  # fmt: skip
    starts = _moment(_("Starts"))
    ends = _moment(_("Ends"))
    limit_total = _count(_("Uses in all"), MOST_USES, _("Empty: without a limit."))
    limit_per_customer = _count(_("Uses by one buyer"), MOST_USES, _("Empty: without a limit."))

    def draft(self, product_ids: list[int]) -> OfferDraft:
        """What the clean form asks for; ``product_ids`` count when products are chosen."""
        values = self.cleaned_data
        shared = ("name", "kind", "code", "audience", "starts", "ends")
        counts = ("buy_quantity", "get_quantity", "limit_total", "limit_per_customer")
        return OfferDraft(
            **{name: values[name] for name in (*shared, *counts)},
            value=self._value(values),
            minimum_minor=values["minimum"] or 0,
            product_ids=product_ids if values["scope"] == Offer.Scope.PRODUCTS else None,
            people=values["people"].replace(",", " ").split(),
        )

    @staticmethod
    def _value(values: dict[str, Any]) -> int:
        """As in ``models.Offer``; 0, which is refused, for what was left empty."""
        if values["kind"] == Offer.Kind.AMOUNT:
            return int(values["amount"] or 0)
        parts = {Offer.Kind.PERCENT: "percent", Offer.Kind.BUY_X_GET_Y: "get_percent"}
        part = parts.get(values["kind"])
        return int((values[part] or 0) * 100) if part else 0


def words_of_none() -> dict[str, Any]:
    """What the form of a new offer says."""
    return {
        "kind": Offer.Kind.PERCENT,
        "audience": Offer.Audience.EVERYONE,
        "scope": Offer.Scope.SHOP,
        "get_percent": 100,
    }


def words_of(offer: Offer, people: list[str]) -> dict[str, Any]:
    """What the form says of an offer."""
    plain = ("name", "kind", "code", "audience", "scope", "limit_total", "limit_per_customer")
    part = Decimal(offer.value) / 100
    is_pieces = offer.kind == Offer.Kind.BUY_X_GET_Y
    return {
        **{name: getattr(offer, name) for name in plain},
        "percent": _plain(part) if offer.kind == Offer.Kind.PERCENT else None,
        "amount": _typed(offer.value, offer) if offer.kind == Offer.Kind.AMOUNT else "",
        "buy_quantity": offer.buy_quantity,
        "get_quantity": offer.get_quantity,
        "get_percent": _plain(part) if is_pieces else 100,
        "people": " ".join(f"@{handle}" for handle in people),
        "minimum": _typed(offer.minimum_minor, offer) if offer.minimum_minor else "",
        "starts": offer.starts and timezone.localtime(offer.starts),
        "ends": offer.ends and timezone.localtime(offer.ends),
    }


def _typed(minor: int, offer: Offer) -> str:
    return typed_amount(minor, offer.currency, language())


def _plain(part: Decimal) -> Decimal:
    return part.quantize(Decimal(1)) if part == part.to_integral() else part
