"""The form of the sheet."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.sales.services.address import Address
from comptoir.sales.services.purchase import MOST_LINES, MOST_PIECES
from comptoir.web.checkout.keys import CheckoutKeyField
from comptoir.web.fixed_fields import fixed_fields

BIGGEST_ID = 2**63 - 1
LINE = r"[1-9]\d{0,18}\.[1-9]\d{0,2}"
LINES = re.compile(rf"{LINE}(-{LINE}){{0,{MOST_LINES - 1}}}", re.ASCII)
IN_SHEET = (
    *("quantity", "delivery", "email", "recipient", "address1", "address2", "postcode", "city"),
    *("country", "company", "vat_number", "code", "pay", "consent"),
)
CODES = re.compile(r"[\s,;]+")


def _text(most: int, *, required: bool = False) -> forms.CharField:
    return forms.CharField(max_length=most, required=required)


def lines_in(text: str) -> list[tuple[int, int]]:
    """(Variant id, quantity) pairs of "12.2-45.1"; empty for ''.

    Raises:
        ValidationError: it is nothing of the kind.
    """
    if not text:
        return []
    if not LINES.fullmatch(text):
        raise forms.ValidationError(_("Choose something to buy first."))
    pairs = [pair.split(".") for pair in text.split("-")]
    return [(min(int(variant), BIGGEST_ID), int(pieces)) for variant, pieces in pairs]


def lines_text(lines: Iterable[tuple[int, int]]) -> str:
    """The pairs as ``lines_in`` reads them."""
    return "-".join(f"{variant}.{quantity}" for variant, quantity in lines)


@fixed_fields
class LineForm(forms.Form):
    """What the sheet is opened with: a variant, several in ``lines``, or all that the basket holds
    of a shop; and how it comes."""

    lines = _text(2400)
    variant = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)
    shop = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)
    delivery = forms.IntegerField(min_value=0, max_value=BIGGEST_ID, required=False)

    def clean_lines(self) -> list[tuple[int, int]]:
        """See ``lines_in``."""
        return lines_in(self.cleaned_data["lines"])


@fixed_fields
class CheckoutForm(forms.Form):
    """What is bought, how it comes, to whom, how it is paid.

    Prices never come from here but ``expected_total``, which is only compared with what the shop
    asks. One variant with its quantity, or ``lines`` such as "12.2-45.1" (variant.quantity) and
    ``basket``, signed, where they come from, of ``shop``. ``codes_seen``: those that the total
    shown reckons with.
    """

    checkout_key = CheckoutKeyField()
    expected_total = forms.IntegerField(min_value=0, max_value=BIGGEST_ID)
    lines = _text(2400)
    basket = _text(120)
    shop = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)
    variant = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)
    quantity = forms.IntegerField(
        min_value=1,
        max_value=MOST_PIECES,
        required=False,
        error_messages={
            "invalid": gettext_lazy("Write a whole number."),
            "min_value": gettext_lazy("Buy at least one."),
            "max_value": gettext_lazy("At most 999 in one order."),
        },
    )
    delivery = forms.IntegerField(
        min_value=0,
        max_value=BIGGEST_ID,
        error_messages={"required": gettext_lazy("Choose how to receive the order.")},
    )
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "invalid": gettext_lazy("Write an e-mail address that can receive the confirmation.")
        },
    )
    recipient = _text(120, required=True)
    address1 = _text(200)
    address2 = _text(200)
    postcode = _text(16)
    city = _text(100)
    country = _text(2)
    code = _text(200)
    codes_seen = _text(200)
    company = _text(120)
    vat_number = _text(30)
    pay = _text(80)
    keep = forms.BooleanField(required=False)
    consent = forms.BooleanField(required=False)
    consent_asked = forms.BooleanField(required=False)

    def clean_lines(self) -> list[tuple[int, int]]:
        """(Variant id, quantity) pairs; empty for a sheet of one variant."""
        return lines_in(self.cleaned_data["lines"])

    def clean(self) -> dict[str, Any]:
        """A sheet of one variant says how many; what is given at once is asked for expressly."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        single = not values.get("lines")
        if single and values.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("Write a whole number."))
        if values.get("consent_asked") and not values.get("consent"):
            self.add_error("consent", _("Tick this to receive it at once."))
        return values

    def typed(self, name: str) -> Any:
        """What a field of text shows, as it came; a ``BoundField`` for each takes a third of the
        sheet's form."""
        return (self.data if self.is_bound else self.initial).get(name)

    def first_wrong(self, *, delivers: bool, several: bool) -> str:
        """The first field that is wrong, as they follow one another in the sheet, or ''. The sheet
        shows no way of delivery where there is none (the country tells why), and no quantity of
        several things."""
        wrong = set(self.errors) - ({"quantity"} if several else set())
        if "delivery" in wrong and not delivers:
            wrong = wrong - {"delivery"} | {"country"}
        return next((name for name in IN_SHEET if name in wrong), "")

    def keep_errors_of(self, *names: str) -> None:
        """What is wrong with other fields is not said yet."""
        for name in set(self.errors) - set(names):
            del self.errors[name]

    def address(self) -> Address:
        """The address, '' for what was not sent or is wrong."""
        names = ("recipient", "address1", "address2", "postcode", "city", "country")
        return Address(**{name: self.cleaned_data.get(name, "") for name in names})


def codes_in(text: str) -> list[str]:
    """The codes that were typed, in order: "ETE24, noel" gives both."""
    return [code for code in CODES.split(text.strip()) if code]


def provider_and_instrument(pay: str) -> tuple[str, str]:
    """ "sandbox:page" gives both; '' stands for the shop's first way."""
    provider, _colon, instrument = pay.partition(":")
    return provider, instrument
