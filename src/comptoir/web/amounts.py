"""Amounts of money as people type them in forms, and as forms show them again."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comptoir.common.money import decimals

TYPED = re.compile(r"(\d{1,9})(?:[.,](\d{1,3}))?", re.ASCII)
ORNAMENT = re.compile(r"[\s\u00a0\u202f€$£]|EUR", re.IGNORECASE)


def minor_units(text: str, currency: str) -> int:
    """``minor_units("12,9", "EUR")`` is 1290; spaces and the common signs are passed over.

    Raises:
        ValueError: not a plain amount, or with more decimals than the currency has.
    """
    found = TYPED.fullmatch(ORNAMENT.sub("", text))
    if found is None:
        raise ValueError("not an amount")
    whole, part = found[1], found[2] or ""
    places = decimals(currency)
    if len(part) > places:
        raise ValueError("too many decimals")
    return int(whole + part.ljust(places, "0"))


def typed_amount(minor: int | None, currency: str, language: str = "en") -> str:
    """The text of an input for that amount: "12.90", or "12,90" in French; '' for ``None``."""
    if minor is None:
        return ""
    text = str(Decimal(minor).scaleb(-decimals(currency)))
    return text.replace(".", ",") if language.startswith("fr") else text


class AmountField(forms.CharField):
    """An amount in ``currency``, cleaned to minor units (``None`` when empty and not required)."""

    default_error_messages = {"amount": _("Write an amount such as 12.90.")}
    currency = "EUR"

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: object) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return minor_units(text, self.currency)
        except ValueError as error:
            raise ValidationError(self.error_messages["amount"], code="amount") from error
