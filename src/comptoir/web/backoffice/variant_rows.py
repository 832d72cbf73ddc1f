"""The table of variants: each row is a form of its own."""

from dataclasses import dataclass

from django.http import QueryDict

from comptoir.catalog.desk import DeskVariant
from comptoir.web.amounts import typed_amount
from comptoir.web.backoffice.forms import VariantForm
from comptoir.web.formats import language
from comptoir.web.weights import typed_weight


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A variant beside its form; ``moved``: pieces were sold since the person looked."""

    variant: DeskVariant
    form: VariantForm
    moved: bool = False


def rows_of(variants: list[DeskVariant], currency: str) -> list[VariantRow]:
    """A row a variant, its form filled with what is true now."""
    return [VariantRow(variant, _fresh(variant, currency)) for variant in variants]


def with_refused(
    rows: list[VariantRow], refused: VariantForm, variant_id: int, *, moved: bool
) -> list[VariantRow]:
    """The same rows, with the refused form at its variant."""
    return [
        VariantRow(row.variant, refused, moved) if row.variant.id == variant_id else row
        for row in rows
    ]


def variant_form(data: QueryDict, variant_id: int, currency: str) -> VariantForm:
    """The form that was sent for a variant."""
    return VariantForm(data, currency=currency, auto_id=_ids(variant_id))


def _fresh(variant: DeskVariant, currency: str) -> VariantForm:
    count = variant.available if variant.tracked else None
    initial = {
        "price": typed_amount(variant.price_minor, currency, language()),
        "sale_price": typed_amount(variant.sale_price_minor, currency, language()),
        "stock": count,
        "seen": count,
        "weight": typed_weight(variant.weight_grams, language()),
    }
    return VariantForm(initial=initial, currency=currency, auto_id=_ids(variant.id))


def _ids(variant_id: int) -> str:
    return f"id_{variant_id}_%s"
