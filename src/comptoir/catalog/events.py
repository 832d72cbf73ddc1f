"""What happened in the catalogue, for those above it."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class CatalogueImported(Event):
    """An import is done; counts are of variants."""

    name: ClassVar[str] = "catalog.CatalogueImported"
    run_id: int
    shop_id: int
    created: int
    updated: int
    withdrawn: int

    def aggregate(self) -> str:
        return f"shop:{self.shop_id}"
