"""Weights as people type them in forms, and as forms show them again."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.services.variants import MAX_GRAMS

TYPED = re.compile(r"(\d{1,7}(?:[.,]\d{1,3})?)(kg|g)?", re.ASCII | re.IGNORECASE)


def grams(text: str) -> int:
    """``grams("2,5 kg")`` is 2500; without a unit it is grams.

    Raises:
        ValueError: no weight, or not a whole number of grams, or more than ten tonnes.
    """
    found = TYPED.fullmatch(re.sub(r"[\s\u00a0\u202f]", "", text))
    if found is None:
        raise ValueError("no weight")
    whole = Decimal(found[1].replace(",", ".")) * (1000 if (found[2] or "").lower() == "kg" else 1)
    if whole != int(whole) or whole > MAX_GRAMS:
        raise ValueError("not whole grams, or too many")
    return int(whole)


def typed_weight(weight: int | None, language_code: str = "en") -> str:
    """The text of an input for that weight: "500 g", "2.5 kg"; '' for ``None``."""
    if weight is None:
        return ""
    if weight < 1000:
        return f"{weight} g"
    text = f"{Decimal(weight) / 1000:f}"
    return f"{text.replace('.', ',') if language_code.startswith('fr') else text} kg"


class WeightField(forms.CharField):
    """A weight, cleaned to grams (``None`` when empty)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, required=False, **options)
        self.widget.attrs.update({"autocomplete": "off"})

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return grams(text)
        except ValueError as error:
            raise ValidationError(_("Write a weight such as 500 g or 2 kg.")) from error
