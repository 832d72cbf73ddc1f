"""The place as one process knows it: a snapshot, with what changed since laid over.

One thread changes it at a time; kernels read meanwhile. What everybody's acts add up to (counts,
lengths) follows each change; trust is made anew with each snapshot, and at once in a small place.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from comptoir.discovery.live.assemble import trust_of
from comptoir.discovery.live.changes import Standing
from comptoir.discovery.live.edges import I32, I64, SPARE, Edges
from comptoir.discovery.live.flags import OWN_BITS, PUBLIC
from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.live.snapshot import Snapshot
from comptoir.discovery.live.world import F64, Pairs, Viewer, World, known_actors

# Up to so many people, trust is computed again as soon as somebody follows somebody.
SMALL = 5_000
Array = TypeVar("Array", bound=NDArray[Any])


class Ids:
    """Rows of ids: those of the snapshot by search, later ones by a table."""

    def __init__(self, base: I64) -> None:
        self._base = base
        self._later: dict[int, int] = {}
        self._later_ids: list[int] = []

    def __len__(self) -> int:
        return len(self._base) + len(self._later_ids)

    def row(self, one: int) -> int:
        """−1 for an id that is not known."""
        at = int(np.searchsorted(self._base, one))
        if at < len(self._base) and self._base[at] == one:
            return at
        return self._later.get(one, -1)

    def row_made(self, one: int) -> int:
        """The id's row, a new one if it has none."""
        found = self.row(one)
        if found < 0:
            found = self._later[one] = len(self)
            self._later_ids.append(one)
        return found

    def unknown(self, ids: Iterable[int]) -> int:
        """How many different ones of these have no row."""
        return len({one for one in ids if self.row(one) < 0})

    def rows(self, ids: "Sequence[int] | I64") -> I32:
        """Rows of those that are known."""
        asked = np.asarray(ids, np.int64)
        found = np.full(len(asked), -1, np.int32)
        if len(self._base):
            at = np.searchsorted(self._base, asked)
            known = self._base.take(at, mode="clip") == asked
            found[known] = at[known]
        if self._later:
            for place in np.flatnonzero(found < 0).tolist():
                found[place] = self._later.get(int(asked[place]), -1)
        return found[found >= 0]

    def one(self, row: int) -> int:
        known = len(self._base)
        return int(self._base[row]) if row < known else self._later_ids[row - known]

    def ids(self, rows: "list[int] | I32") -> list[int]:
        known, which = len(self._base), np.asarray(rows, np.int32)
        if not len(which) or int(which.max()) < known:
            return [int(one) for one in self._base[which].tolist()]
        return [
            int(self._base[row]) if row < known else self._later_ids[int(row) - known]
            for row in rows
        ]


class Place:
    """A snapshot and the changes since. ``state`` grows with every change that was laid over;
    ``whole``: it began with people, so that what it does not know there is not."""

    def __init__(self, snapshot: Snapshot, settings: LiveSettings = LIVE) -> None:
        self.settings, self.position, self.state = settings, snapshot.position, 0
        self.seen: set[int] = set()
        self.people, self.products = Ids(snapshot.people), Ids(snapshot.products)
        people, products = len(self.people), len(self.products)
        self.whole = people > 0
        self.acts = Edges(snapshot.acts, snapshot.actors, people, products)
        self.follows = Edges(snapshot.follows, snapshot.followers, people, people)
        self._pairs = (snapshot.pairs_ptr, snapshot.pairs_to, snapshot.pairs_worth)
        # Copies: these change with every act, so they are each process's own.
        self._counts = snapshot.counts.copy()
        self._fame = np.maximum(self._counts, 1) ** -self.settings.blend.peers.discount
        self._follower_counts = snapshot.follower_counts.copy()
        self._lengths = np.column_stack([snapshot.taste, snapshot.circle])
        self._trust, self._silent = snapshot.trust.copy(), snapshot.silent.copy()
        self._seeds, self._unsure = snapshot.seeds, np.zeros(products, np.uint8)
        self._reach()

    @property
    def world(self) -> World:
        acts, follows = self.acts, self.follows
        return World(
            acts.forward, acts.backward, follows.forward, follows.backward,
            self._counts, self._fame, self._follower_counts, self._lengths, self._trust,
            self._silent, Pairs(*self._pairs, self._unsure),
        )  # fmt: skip

    @property
    def counts(self) -> F64:
        """How many known people's public acts a product has, by row."""
        return self._counts[: len(self.products)]

    def known_actors(self, row: int) -> int:
        """How many different people whom the place knows acted on a product for all to see."""
        if row < 0:
            return 0
        return known_actors(self.world, row)

    def lay_over(self, standing: Standing) -> None:
        """Makes the place say what stands now."""
        if standing.people:
            self._set_people(standing.people)
        if standing.acts:
            self._set_acts(standing.acts)
        if standing.follows:
            self._set_follows(standing.follows)
        self.state += 1

    def viewer(self, profile_id: int | None, excluded: list[int]) -> Viewer:
        """Who asks, with their newest acts; without acts and follows if not known."""
        nobody = np.empty(0, np.int32)
        me = -1 if profile_id is None else self.people.row(profile_id)
        if me < 0:
            return Viewer(-1, nobody, nobody, self.people.rows(excluded))
        to, flags = self.acts.row_of(me)
        mine = to[(flags >> OWN_BITS) & 3 > 0][: self.settings.mine]
        friends, _ = self.follows.row_of(me)
        return Viewer(me, mine, friends[: self.settings.actors], self.people.rows(excluded))

    def had(self, viewer: Viewer) -> I32:
        """All products that the viewer acted on."""
        if viewer.me < 0:
            return viewer.mine
        to, flags = self.acts.row_of(viewer.me)
        return to[(flags >> OWN_BITS) & 3 > 0]

    def _set_people(self, people: dict[int, bool]) -> None:
        for one, speaks in people.items():
            row = self.people.row(one)
            if row < 0 or bool(self._silent[row]) != speaks:
                continue
            to, flags = self.acts.row_of(row)
            for column in to[(flags & PUBLIC) > 0].tolist():
                self._count_act(row, column, 1 if speaks else -1)
                self._unsure[column] = 1
            for other in self.follows.row_of(row)[0].tolist():
                self._count_follow(row, other, 1 if speaks else -1)
            self._silent[row] = 0 if speaks else 1
        self._trust_anew()

    def _set_acts(self, acts: dict[tuple[int, int], int]) -> None:
        told = {
            (actor, product): flag
            for (actor, product), flag in acts.items()
            if flag or (self.people.row(actor) >= 0 and self.products.row(product) >= 0)
        }
        # There is room for a row before anybody can be told of it.
        self._reach(
            self.people.unknown(actor for actor, _ in told),
            self.products.unknown(product for _, product in told),
        )
        changes = [
            (self.people.row_made(actor), self.products.row_made(product), flag)
            for (actor, product), flag in told.items()
        ]
        for row, column, flag in changes:
            was, now = self.acts.flag(row, column) & PUBLIC, flag & PUBLIC
            if was and was != now:
                self._unsure[column] = 1
            if bool(was) != bool(now):
                self._count_act(row, column, 1 if now else -1)
        self.acts.set_all(changes)

    def _count_act(self, row: int, column: int, sign: int) -> None:
        people = max(len(self.people), 1)
        rarity = math.log(people / max(float(self._counts[column]), 1.0))
        self._counts[column] = max(0.0, self._counts[column] + sign * float(self._trust[row]))
        discount = self.settings.blend.peers.discount
        self._fame[column] = max(self._counts[column], 1) ** -discount
        squared = float(self._lengths[row, 0]) ** 2 + sign * rarity**2
        self._lengths[row, 0] = math.sqrt(max(squared, self.settings.blend.peers.shrink))

    def _set_follows(self, follows: dict[tuple[int, int], bool]) -> None:
        told = {
            (follower, followee): stands
            for (follower, followee), stands in follows.items()
            if stands or min(self.people.row(follower), self.people.row(followee)) >= 0
        }
        self._reach(self.people.unknown(one for pair in told for one in pair), 0)
        changes = [
            (self.people.row_made(follower), self.people.row_made(followee), int(stands))
            for (follower, followee), stands in told.items()
        ]
        changes = [
            (row, other, now)
            for row, other, now in changes
            if bool(self.follows.flag(row, other)) != bool(now)
        ]
        for row, other, now in changes:
            self._count_follow(row, other, 1 if now else -1)
        self.follows.set_all(changes)
        if changes:
            self._trust_anew()

    def _trust_anew(self) -> None:
        """At once in a small place; in a large one with the next snapshot."""
        people = len(self.people)
        if people <= SMALL:
            ids = np.array(self.people.ids(list(range(people))), np.int64)
            self._trust[:people] = trust_of(
                self._follow_matrix(), ids, self._silent[:people], self._seeds
            )

    def _count_follow(self, row: int, other: int, sign: int) -> None:
        people = max(len(self.people), 1)
        rarity = math.log(people / max(float(self._follower_counts[other]), 1.0))
        self._follower_counts[other] = max(
            1.0, self._follower_counts[other] + sign * float(self._trust[row])
        )
        squared = float(self._lengths[row, 1]) ** 2 + sign * rarity**2
        self._lengths[row, 1] = math.sqrt(max(squared, 0.0))

    def _follow_matrix(self) -> "sp.csr_matrix[np.float64]":
        rows = [self.follows.row_of(row)[0] for row in range(len(self.people))]
        ptr = np.cumsum([0, *(len(row) for row in rows)])
        to = np.concatenate(rows) if rows else np.empty(0, np.int32)
        shape = (len(self.people), len(self.people))
        return sp.csr_matrix((np.ones(len(to)), to, ptr), shape=shape)

    def _reach(self, more_people: int = 0, more_products: int = 0) -> None:
        """Makes room for so many rows more."""
        people, products = len(self.people) + more_people, len(self.products) + more_products
        if people >= len(self._silent) or products >= len(self._counts):
            self.acts.detach()
            self.follows.detach()
        shrink = math.sqrt(self.settings.blend.peers.shrink)
        new = math.log(max(people, 2))
        self._counts = _grown(self._counts, products, 0)
        self._fame = _grown(self._fame, products, 1)
        self._follower_counts = _grown(self._follower_counts, people, 1)
        self._lengths = _grown(self._lengths, people, (shrink, new))
        self._trust = _grown(self._trust, people, 0)
        self._silent = _grown(self._silent, people, 0)
        self._unsure = _grown(self._unsure, products, 0)


def _grown(array: Array, rows: int, value: float | tuple[float, ...]) -> Array:
    if rows <= len(array) - 1:
        return array
    more = np.full((rows + SPARE - len(array), *array.shape[1:]), value, array.dtype)
    return np.concatenate([array, more])  # type: ignore[return-value]
