"""What is wrong with a row, kept as a code so that each reader gets it in their own language."""

import dataclasses
from typing import Literal

from django.utils.translation import gettext_lazy as _

from comptoir.catalog.feeds.limits import MAX_FOUND

Severity = Literal["error", "warning"]

# code -> what was expected, said to the person who made the file.
EXPECTED = {
    "required": _("A value: this field is required."),
    "recommended": _("A value: the product reads better with it."),
    "id_too_long": _("An identifier of at most %(limit)s characters."),
    "duplicate_id": _("An identifier used once. It was already used in row %(first_row)s."),
    "price_unreadable": _("A price such as 12.90 EUR."),
    "price_ambiguous": _("A price that reads in one way only, such as 1299.00 EUR or 1.29 EUR."),
    "price_negative": _("A price above zero."),
    "price_zero": _("A price above zero."),
    "price_too_large": _("A price below %(limit)s."),
    "price_decimals": _("At most %(decimals)s digits after the decimal mark for %(currency)s."),
    "currency_missing": _("A currency, such as EUR, after the price."),
    "currency_unknown": _("A currency code of ISO 4217, such as EUR."),
    "currency_other": _("A price in %(currency)s, the currency of the shop."),
    "currency_ambiguous": _("A currency code such as USD: this sign stands for several."),
    "sale_not_lower": _("A sale price below the price; the sale was left out."),
    "sale_currency": _("A sale price in the same currency as the price; the sale was left out."),
    "sale_dates": _("Two dates such as 2026-01-07T08:00+01:00/2026-02-03T23:59+01:00."),
    "availability": _("One of: in_stock, out_of_stock, preorder, backorder."),
    "quantity": _("A whole number, zero or more."),
    "gtin": _("A barcode number with a right check digit; it was left out."),
    "url": _("A web address that begins with https:// or http://."),
    "too_many_images": _("At most %(limit)s more pictures; the others were left out."),
    "too_long": _("At most %(limit)s characters; the text was cut."),
    "control_characters": _("Text without control characters; they were left out."),
    "broken_characters": _("Text in UTF-8; some characters could not be read."),
    "condition": _("One of: new, refurbished, used."),
    "weight": _("A weight such as 1.2 kg."),
    "too_many_cells": _("As many cells as column names: %(columns)s. Is a quotation mark missing?"),
    "row_too_large": _("A row of at most %(limit)s characters."),
    "cell_too_large": _("Cells of at most %(limit)s characters. Is a quotation mark missing?"),
    "stray_quote": _("Quotation marks in pairs: one opens here and never closes."),
    "not_well_formed": _("Well-formed XML. The parser says: %(detail)s"),
    "not_sold_ahead": _("Something that can be sent now; until then it is shown as out of stock."),
    "made_by_hand": _("Another identifier: a product made by hand in the shop has this one."),
    "too_many_variants": _("At most %(limit)s variants of one product."),
}


@dataclasses.dataclass(frozen=True, slots=True)
class RowIssue:
    """One finding in one row.

    `row` counts as a spreadsheet does (the header is a row) in delimited files, and items from
    1 in XML. An `error` means that the row was refused, a `warning` that it was taken with a
    change. `found` is bounded to 200 characters.
    """

    row: int
    item_id: str
    field: str
    code: str
    found: str = ""
    severity: Severity = "error"
    params: dict[str, str | int] = dataclasses.field(default_factory=dict)

    @property
    def expected(self) -> str:
        """What was expected, in the language active now."""
        return expected_text(code=self.code, params=self.params)


def expected_text(*, code: str, params: dict[str, str | int]) -> str:
    """Render a stored `code` and its `params` in the language active now."""
    return str(EXPECTED[code]) % params


def quoted(value: str) -> str:
    """`value` short enough, and free enough of control characters, to be quoted in a report."""
    shown = "".join(c if c.isprintable() else "�" for c in value[: MAX_FOUND + 1])
    return shown if len(shown) <= MAX_FOUND else shown[: MAX_FOUND - 1] + "…"
