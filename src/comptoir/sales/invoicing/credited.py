"""What of an invoice is left to be credited, by VAT rate and category."""

from collections.abc import Iterable, Mapping
from typing import Any

from comptoir.sales.invoicing.amounts import Left

Group = tuple[int, str]


def left_of(invoice: Mapping[str, Any], credited: Iterable[Mapping[str, Any]]) -> dict[Group, Left]:
    """``invoice`` and the credit notes issued for it, as ``as_json`` keeps them."""
    left = _sums(invoice)
    for note in credited:
        for group, sums in _sums(note).items():
            before = left.get(group, (0, 0, 0))
            left[group] = tuple(max(0, a - b) for a, b in zip(before, sums, strict=True))
    return {group: Left(*sums) for group, sums in left.items()}


def _sums(content: Mapping[str, Any]) -> dict[Group, tuple[int, ...]]:
    """Gross, net and VAT by group."""
    found: dict[Group, tuple[int, ...]] = {}
    for part in [*content["lines"], *content["charges"]]:
        _add(found, part, (part["gross_minor"], 0, 0))
    for share in content["shares"]:
        _add(found, share, (0, share["net_minor"], share["vat_minor"]))
    return found


def _add(found: dict[Group, tuple[int, ...]], part: Mapping[str, Any], more: Iterable[int]) -> None:
    group = part["rate_bp"], part["category"]
    found[group] = tuple(a + b for a, b in zip(found.get(group, (0, 0, 0)), more, strict=True))
