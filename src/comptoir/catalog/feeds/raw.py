"""A row as it stands in the file, under the names we know, not yet read for meaning."""

from dataclasses import dataclass, field

from comptoir.catalog.feeds.issues import RowIssue, Severity


@dataclass(slots=True)
class RawRow:
    """`values` maps canonical names (`headers.canonical`) to text; `more_images` is in order.

    `refusal` is set when the row could not even be parted into fields; `warnings` say what was
    mended so that it could.
    """

    number: int
    values: dict[str, str] = field(default_factory=dict)
    more_images: list[str] = field(default_factory=list)
    warnings: list[RowIssue] = field(default_factory=list)
    refusal: RowIssue | None = None


def refused_row(
    number: int, field_name: str, code: str, found: str = "", **params: str | int
) -> RawRow:
    """A row that could not be parted into fields."""
    severity: Severity = "error"
    return RawRow(number, refusal=RowIssue(number, "", field_name, code, found, severity, params))
