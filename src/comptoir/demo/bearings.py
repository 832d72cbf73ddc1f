"""What the loading of a town has found or made so far."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

from comptoir.common import clock
from comptoir.demo.records import Town
from comptoir.people.actor import Actor
from comptoir.shops.models import Shop

Advance = Callable[[int, int | None], None]  # done so far, total (None: not known)


@dataclass
class Bearings:
    """Rows by the names of the data files: actors and shops by handle, products by ref, pictures by
    the key of their drawing. `web` is who follows whom."""

    town: Town
    web: list[tuple[str, str]]
    pictures: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    shops: dict[str, Shop] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)

    def profile_id(self, handle: str) -> int:
        """The profile of a person or a shop."""
        if handle in self.shops:
            return self.shops[handle].profile_id
        found = self.actors[handle].profile_id
        if found is None:
            raise LookupError(f"{handle} has not joined")
        return found

    def speaker(self, handle: str) -> tuple[Actor, int]:
        """Who types for that person or shop, and as which profile."""
        owner = self.town.owners.get(handle, handle)
        return self.actors[owner], self.profile_id(handle)


def days_ago(days: float) -> AbstractContextManager[None]:
    """Within the block, services write as if it were `days` earlier."""
    return clock.travelled(timedelta(days=-days))
