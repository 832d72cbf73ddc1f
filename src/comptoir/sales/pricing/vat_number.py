"""The buyer's VAT number, as it is typed on the sheet."""

from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused
from comptoir.common.vat_number import read_vat_number


def check_vat_number(typed: str) -> str:
    """The number in its printed form, such as "FR40303265045"; '' for none.

    Raises:
        Refused: ``bad_vat_number`` with ``fields``.
    """
    if not typed.strip():
        return ""
    number = read_vat_number(typed)
    if number is None:
        message = _("This VAT number is not right: check it, or leave it empty.")
        raise Refused("bad_vat_number", message, fields=["vat_number"])
    return number.text
