"""State machines declared as tables, and the one way to change a state: ``transition()``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Conflict


class UnknownTransition(Exception):
    """The table has no such edge: a programming error, never a race."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of one model's field and the edges between them, checked when declared."""

    name: str
    field: str
    edges: Mapping[str, frozenset[str]]

    def __post_init__(self) -> None:
        states = set(self.edges)
        unknown = {to for targets in self.edges.values() for to in targets} - states
        if unknown:
            raise ValueError(f"{self.name}: edges lead to undeclared states {sorted(unknown)}")

    @property
    def states(self) -> list[str]:
        return list(self.edges)


def transition(
    row: models.Model, machine: Machine, to: str, *, come_from: str | None = None, **changes: Any
) -> None:
    """Moves ``row`` to state ``to`` by compare-and-set, with ``changes`` in the same UPDATE.

    The row must still be in ``come_from`` (by default, the state the instance was read in).

    Raises:
        UnknownTransition: the table has no such edge.
        Conflict: ``state_changed``, someone else moved the row first; nothing was written.
    """
    origin = come_from or getattr(row, machine.field)
    if to not in machine.edges.get(origin, frozenset()):
        raise UnknownTransition(f"{machine.name}: {origin} → {to}")
    fields = {machine.field: to, **changes}
    moved = type(row)._default_manager.filter(pk=row.pk, **{machine.field: origin}).update(**fields)
    if not moved:
        raise Conflict("state_changed", _("This was changed by someone else in the meantime."))
    for name, value in fields.items():
        setattr(row, name, value)
