"""Whole numbers that come without a form's field: in the names of inputs, in addresses."""

DIGITS = 18  # what is a key of a row, and fits in one


def whole_number(typed: str, *, digits: int = DIGITS) -> int | None:
    """The number; ``None`` for anything but 1 to ``digits`` of the digits 0 to 9."""
    if typed.isascii() and typed.isdecimal() and len(typed) <= digits:
        return int(typed)
    return None
