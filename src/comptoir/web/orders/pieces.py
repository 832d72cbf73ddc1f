"""What forms about an order send: numbers of pieces by line (``pieces-12=2``) and amounts."""

import re
from collections.abc import Collection, Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from comptoir.common.errors import Refused
from comptoir.web.amounts import minor_units

NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)
NOTHING_CHOSEN = "nothing_chosen"
OF_A_NUMBER = {"bad_quantity", "more_than_bought", "more_than_left"}


def pieces_in(data: QueryDict, lines: Iterable[int], name: str = "pieces") -> dict[int, int]:
    """How many of each of ``lines``; a field that is missing or empty is 0.

    Raises:
        Refused: ``bad_quantity``, not a whole number, with the ``line_id`` and the ``field``.
    """
    return {line: _number(data, f"{name}-{line}", line) for line in lines}


def _number(data: QueryDict, name: str, line: int) -> int:
    typed = data.get(name, "").strip()
    if not typed:
        return 0
    if not NUMBER.fullmatch(typed):
        message = _("Write a number of pieces such as 1.")
        raise Refused("bad_quantity", message, line_id=line, field=name)
    return int(typed)


def wrong_pieces(refusal: Refused | None, shown: Collection[int]) -> dict[int, str]:
    """What to say beside the number of pieces of a line, of the lines that the form shows: of the
    first where nothing was chosen. Empty when the refusal is of something else."""
    if refusal is not None and refusal.code == NOTHING_CHOSEN:
        return {line: str(refusal.message) for line in list(shown)[:1]}
    return beside_line(refusal, OF_A_NUMBER, shown)


def beside_line(
    refusal: Refused | None, codes: Collection[str], shown: Collection[int]
) -> dict[int, str]:
    """What to say beside the line that the refusal names, if it has one of these codes."""
    if refusal is None or refusal.code not in codes:
        return {}
    line = refusal.details.get("line_id")
    return {line: str(refusal.message)} if isinstance(line, int) and line in shown else {}


def wrong_fields(refusal: Refused | None, shown: Collection[str]) -> dict[str, str]:
    """What to say beside the field that a refusal is about, by its name (``pieces-12``,
    ``shelf-12``, ``amount-12``, ``delivery``), of the fields that the form shows."""
    if refusal is None:
        return {}
    name = _field_of(refusal)
    return {name: str(refusal.message)} if name in shown else {}


def _field_of(refusal: Refused) -> str:
    said = refusal.details
    if "field" in said:
        return str(said["field"])
    if (amount := said.get("amount_of")) is not None:
        return "delivery" if amount == "delivery" else f"amount-{amount}"
    if "shelf_of" in said:
        return f"shelf-{said['shelf_of']}"
    return f"pieces-{said.get('line_id')}" if refusal.code in OF_A_NUMBER else ""


def amount_in(data: QueryDict, name: str, currency: str) -> int | None:
    """An amount in minor units; ``None`` when the field is missing or empty.

    Raises:
        Refused: ``bad_amount``, with the ``field``.
    """
    text = data.get(name, "").strip()
    if not text:
        return None
    try:
        return minor_units(text, currency)
    except ValueError as error:
        message = _("Write an amount such as 12.90.")
        raise Refused("bad_amount", message, field=name) from error
