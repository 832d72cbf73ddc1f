"""What the place says to one viewer: products with scores, and the scores taken apart."""

import math
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from django.db import connection

from comptoir.discovery.live import kernels, told
from comptoir.discovery.live.edges import I32, SPARE
from comptoir.discovery.live.place import SMALL, Place
from comptoir.discovery.live.world import F64, LAST_BITS, Measures, Ranking, Scratch, Viewer, World
from comptoir.discovery.ranking.causes import Cause

# Each is some tens of bytes a person and a product; more threads than this take turns.
AT_ONCE = 2
# What is loved by many changes slowly, and so do the newest products of a place with many people;
# both are the same for all.
KEPT_SECONDS = 10.0
LOVED_KEPT = 2000
# Known by so many people at most.
HARDLY_KNOWN = 2.0
NEWEST = """
SELECT id FROM catalog_product WHERE status = 'active' ORDER BY created_at DESC, id DESC LIMIT 96
"""


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """What is said to a viewer."""

    viewer: Viewer
    found: Ranking

    @property
    def rows(self) -> I32:
        """Products, in no order."""
        return self.found.rows

    @property
    def scores(self) -> F64:
        """Of each of ``rows``."""
        return self.found.scores


@dataclass(frozen=True, slots=True)
class Heard:
    """The strongest causes of a product's score, and the sum of all."""

    whole: float
    causes: list[Cause]


class Ranker:
    """Answers from a place; safe for threads."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._scratches: queue.LifoQueue[Scratch | None] = queue.LifoQueue()
        for _ in range(AT_ONCE):
            self._scratches.put(None)
        self._lock = threading.Lock()
        self._loved: tuple[I32, F64] = (np.empty(0, np.int32), np.empty(0))
        self._loved_at, self._loved_state = -math.inf, -1
        self._newest, self._newest_at = list[int](), -math.inf
        self._known: dict[int, int] = {}
        self._known_at = -math.inf

    def rank(self, viewer: Viewer) -> Ranked:
        """All products that peers or pairs speak for, what the viewer has included."""
        world = self.place.world
        with self._scratch(world) as scratch:
            found = kernels.ranked(world, viewer, self._measures(), scratch)
        return Ranked(viewer, found)

    def causes(self, ranked: Ranked, shown: I32) -> list[list[Cause]]:
        """For each product shown, its causes, the strongest first; they sum to its score."""
        return [heard.causes for heard in self.heard(ranked, shown)]

    def heard(self, ranked: Ranked, shown: I32, most: int | None = None) -> list[Heard]:
        """For each product shown, the ``most`` strongest of its causes, and what all put in."""
        world, found = self.place.world, ranked.found
        with self._scratch(world) as scratch:
            where, rows, person, amounts = told.causes(
                world.fame, world.pairs, ranked.viewer, found.said, shown, scratch
            )
        if not len(where):
            return [Heard(0.0, []) for _ in shown]
        amounts = amounts * np.where(person, found.loud_peers, found.loud_pairs)
        most = min(most or len(where), len(where))
        kept, sizes, wholes = told.loudest(where, rows, person, amounts, len(shown), most)
        parts = zip(person[kept].tolist(), rows[kept].tolist(), amounts[kept].tolist(), strict=True)
        told_of = [
            [
                Cause("person" if by else "product", row, part)
                for by, row, part in zip(*one, strict=True)
            ]
            for one in parts
        ]
        return [
            Heard(whole, causes[:size])
            for whole, causes, size in zip(wholes.tolist(), told_of, sizes.tolist(), strict=True)
        ]

    def near(self, viewer: Viewer) -> tuple[I32, F64]:
        """The viewer's peers and how near each is."""
        world = self.place.world
        with self._scratch(world) as scratch:
            return kernels.peers_of(world, viewer, self._measures(), scratch)

    def acted_also(self, viewer: Viewer, product: int, *, purchases: bool) -> tuple[I32, F64, I32]:
        """Products that the actors (or public buyers) of a product acted on (or bought) too: how
        much they have in common, and how many different people acted on both."""
        world = self.place.world
        with self._scratch(world) as scratch:
            return told.acted_also(world, viewer, self._measures(), product, purchases, scratch)

    def loved(self, most: int) -> tuple[I32, F64]:
        """Products with the most different people behind them, the most first."""
        with self._lock:
            stale = time.monotonic() - self._loved_at > KEPT_SECONDS
            if stale or (len(self.place.people) <= SMALL and self._loved_state != self.place.state):
                counts = self.place.counts
                rows = np.arange(len(counts), dtype=np.int32)
                self._loved = best(rows, counts, np.empty(0, np.int32), LOVED_KEPT)
                self._loved_at, self._loved_state = time.monotonic(), self.place.state
            rows, counts = self._loved
        return rows[:most], counts[:most]

    def hardly_known(self) -> list[int]:
        """Ids of the newest products on sale that hardly anybody acted on, the newest first; in a
        large place as it was a while ago."""
        with self._lock:
            place = self.place
            stale = time.monotonic() - self._newest_at > KEPT_SECONDS
            if stale or len(place.people) <= SMALL:
                with connection.cursor() as cursor:
                    cursor.execute(NEWEST)
                    rows = {one: place.products.row(one) for (one,) in cursor.fetchall()}
                self._newest = [
                    one for one, row in rows.items() if row < 0 or place.counts[row] <= HARDLY_KNOWN
                ]
                self._newest_at = time.monotonic()
            return self._newest

    def friends_who_acted(self, viewer: Viewer, shown: I32) -> tuple[I32, I32]:
        """(place in ``shown``, person) of those whom the viewer follows and who acted on it."""
        world = self.place.world
        with self._scratch(world) as scratch:
            return told.friends_who_acted(world.acts, world.silent, viewer, shown, scratch)

    def known_actors(self, row: int) -> int:
        """By how many different people whom the place knows a product is loved for all to see; in
        a large place as counted a while ago."""
        place, now = self.place, time.monotonic()
        if len(place.people) <= SMALL:
            return place.known_actors(row)
        if now - self._known_at > KEPT_SECONDS:
            self._known, self._known_at = {}, now
        found = self._known.get(row)
        if found is None:
            found = self._known[row] = place.known_actors(row)
        return found

    def _measures(self) -> Measures:
        settings = self.place.settings
        peers = settings.blend.peers
        return Measures(
            peers.taste, peers.circle, peers.keep, peers.sharpness,
            max(len(self.place.people), 1), peers.shrink, settings.blend.pairs.shrink,
            settings.actors, settings.acts, settings.blend.weights.peers,
            settings.blend.weights.pairs,
        )  # fmt: skip

    @contextmanager
    def _scratch(self, world: World) -> Iterator[Scratch]:
        """Zeros to work on; a kernel that failed midway leaves none behind."""
        people, products = len(world.silent), len(world.counts)
        scratch = self._scratches.get()
        fit = scratch is not None and len(scratch.near) >= people and len(scratch.said) >= products
        clean = None
        try:
            if scratch is None or not fit:
                caps = max(self.place.settings.actors, self.place.settings.acts) + 2
                scratch = _zeros(people + SPARE, products + SPARE, caps)
            yield scratch
            clean = scratch
        finally:
            self._scratches.put(clean)


def _zeros(people: int, products: int, caps: int) -> Scratch:
    return Scratch(
        np.zeros((people, 2)), np.zeros(people, np.uint8), np.empty(people, np.int32),
        np.zeros((products, 2)), np.zeros(products, np.int32),
        np.zeros(LAST_BITS + 1, np.uint8), np.empty(products, np.int32),
        np.empty(caps, np.int32), np.empty(caps, np.uint8), np.zeros(1, np.int64),
    )  # fmt: skip


def best(rows: I32, scores: F64, without: I32, most: int) -> tuple[I32, F64]:
    """The ``most`` products of the highest positive scores, highest first; of equal, lower rows."""
    enough = most + len(without)
    if len(rows) > enough:
        last = np.partition(scores, len(scores) - enough)[len(scores) - enough]
        near = scores >= last
        rows, scores = rows[near], scores[near]
    left_out = set(without.tolist())
    open_ = np.array([row not in left_out for row in rows.tolist()], np.bool_) & (scores > 0)
    rows, scores = rows[open_], scores[open_]
    ordered = np.lexsort((rows, -scores))[:most]
    return rows[ordered], scores[ordered]
