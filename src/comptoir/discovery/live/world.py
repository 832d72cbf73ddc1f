"""What the kernels read and write, and how an edge is read within the rights of its viewer."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.live.edges import F32, I32, I64, U8, Side
from comptoir.discovery.live.flags import FOLLOWERS_BITS, PUBLIC, TO_FOLLOWERS

F64 = NDArray[np.float64]

# Of an act, by what it is. A like is of a whole post, and says little of each thing in it.
WORTH = np.array([0.0, 0.2, 0.8, 1.0])

FRIEND, EXCLUDED = 1, 2
# Of a product's number: its place in ``Scratch.some``.
LAST_BITS = 0xFFFF
# For edges that lead to no person.
NOBODY: U8 = np.zeros(0, np.uint8)

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def _sources() -> str:
    """A digest of all of this folder's code: a kernel compiled before another that it calls was
    changed must not be read again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# Beside the source, if that can be written; numba chooses a folder of the user's otherwise.
if os.access(Path(__file__).parent, os.W_OK):
    kept = Path(__file__).parent / "__pycache__" / _sources()
    numba.config.CACHE_DIR = str(kept)  # type: ignore[attr-defined]


def compiled(function: Kernel) -> Kernel:
    """Compiled when first called; what was compiled is kept on disk."""
    return cast("Kernel", numba.njit(cache=True, nogil=True)(function))


class Pairs(NamedTuple):
    """Rows of products: those that listen to them, and how much each word is worth. ``unsure``:
    products whose pairs may hold what is no longer to be known."""

    ptr: I64
    to: I32
    worth: F32
    unsure: U8


class World(NamedTuple):
    """What is known of the place. Rows are of people or products; lengths are of whole rows.

    ``counts``: a product's actors that everybody may know of, and ``follower_counts`` followers and
    oneself, each as much as they are trusted. ``fame``: what a product's score is multiplied by for
    its ``counts``. ``lengths``: of each person's two vectors, of taste and of their circle.
    ``trust``: 0 to 1, how much of a stranger's voice counts; ``silent``: they may not speak at all.

    To hand over all of it costs as much as some hundred edges: inner loops are given a part.
    """

    acts: Side
    actors: Side
    follows: Side
    followers: Side
    counts: F64
    fame: F64
    follower_counts: F64
    lengths: F64
    trust: F32
    silent: U8
    pairs: Pairs


class Viewer(NamedTuple):
    """Who asks: their row (−1 for one without), acts, follows, and whom they exclude, as rows."""

    me: int
    mine: I32
    friends: I32
    excluded: I32


class Measures(NamedTuple):
    """The parameters of the peers, as in ``ranking.peers.PeerSettings``, and the caps; how much
    peers and pairs weigh."""

    taste: float
    circle: float
    keep: int
    sharpness: float
    people: int
    taste_shrink: float
    pairs_shrink: float
    actors_cap: int
    acts_cap: int
    peers: float
    pairs: float


class Said(NamedTuple):
    """What peers said of products, act by act: parallel arrays of people, products (rows) and how
    much, before the product's fame."""

    who: I32
    what: I32
    much: F64


class Ranking(NamedTuple):
    """Products (rows, in no order) and their scores; the peers who spoke, the voice of each, what
    each said, and how loud peers and pairs were turned."""

    rows: I32
    scores: F64
    peers: I32
    voices: F64
    said: Said
    loud_peers: float
    loud_pairs: float


class Scratch(NamedTuple):
    """Zeros, between two calls; one caller at a time.

    ``near`` (by taste, by circle) and ``of_person`` are by person, ``said`` (by peers, by pairs)
    and ``of_product`` by product; what is read together lies together. ``some`` says by a product's
    last bits whether ``of_product`` may have it: small enough to be near at hand. ``ahead`` keeps
    what ``read_ahead`` saw.
    """

    near: F64
    of_person: U8
    touched: I32
    said: F64
    of_product: I32
    some: U8
    reached: I32
    to: I32
    flag: U8
    ahead: I64


@compiled
def may_know(flag: int, to: int, mask: int, of_person: U8) -> bool:
    """Whether the edge is in the ``mask``, or of a friend who tells it to followers."""
    if flag & mask:
        return True
    return to < len(of_person) and (of_person[to] & FRIEND) != 0 and (flag & TO_FOLLOWERS) != 0


@compiled
def edges_of(side: Side, row: int, cap: int, mask: int, of_person: U8, to: I32, flag: U8) -> int:
    """Writes at most ``cap`` current edges of the row, newest first; returns how many.

    Those that the viewer may not know of are passed over and do not count, so that nobody can
    tell from what is left whether there are any.
    """
    found = 0
    if row < len(side.head):
        entry = side.head[row]
        while entry != -1 and found < cap:
            if may_know(side.dflag[entry], side.dto[entry], mask, of_person):
                to[found] = side.dto[entry]
                flag[found] = side.dflag[entry]
                found += 1
            entry = side.after[entry]
    if row < len(side.ptr) - 1:
        masked = side.touched[row] != 0
        base_to, base_flag, stale = side.to, side.flag, side.stale
        for place in range(side.ptr[row], side.ptr[row + 1]):
            if found >= cap:
                break
            one, known = base_to[place], base_flag[place]
            if not known & mask and not may_know(known, one, mask, of_person):
                continue
            if masked:
                edge = (np.int64(row) << 32) | np.int64(one)
                at = np.searchsorted(stale, edge)
                if at < len(stale) and stale[at] == edge:
                    continue
            to[found] = one
            flag[found] = known
            found += 1
    return found


@compiled
def read_ahead(side: Side, rows: I32, cap: int) -> int:
    """Touches what ``edges_of`` will read of these rows: asked for in one go, memory answers for
    many at once. What it returns says nothing; it is there to be used, lest all be left out."""
    ptr, to, flag, known, seen = side.ptr, side.to, side.flag, len(side.ptr) - 1, 0
    for row in rows:
        if row < known:
            seen += ptr[row] + side.touched[row] + side.head[row]
    for row in rows:
        if row < known:
            end = min(ptr[row + 1], ptr[row] + cap)
            for place in range(ptr[row], end, 16):
                seen += to[place]
            for place in range(ptr[row], end, 64):
                seen += flag[place]
    return seen


@compiled
def edges_at_most(side: Side, row: int) -> int:
    """How many edges the row has, at most."""
    found = 0
    if row < len(side.head):
        entry = side.head[row]
        while entry != -1:
            found += 1
            entry = side.after[entry]
    if row < len(side.ptr) - 1:
        found += side.ptr[row + 1] - side.ptr[row]
    return found


@compiled
def known_actors(world: "World", product: int) -> int:
    """How many different trusted people act on the product now for all to see."""
    side, found = world.actors, 0
    if product < len(side.head):
        entry = side.head[product]
        while entry != -1:
            who = side.dto[entry]
            if side.dflag[entry] & PUBLIC and world.trust[who] > 0.0 and not world.silent[who]:
                found += 1
            entry = side.after[entry]
    if product < len(side.ptr) - 1:
        masked = side.touched[product] != 0
        for place in range(side.ptr[product], side.ptr[product + 1]):
            who = side.to[place]
            if not side.flag[place] & PUBLIC or world.trust[who] <= 0.0 or world.silent[who]:
                continue
            if masked:
                edge = (np.int64(product) << 32) | np.int64(who)
                at = np.searchsorted(side.stale, edge)
                if at < len(side.stale) and side.stale[at] == edge:
                    continue
            found += 1
    return found


@compiled
def acts_of(acts: Side, who: int, friend: bool, cap: int, to: I32, flag: U8) -> int:
    """A person's newest acts that the viewer may know of."""
    return edges_of(acts, who, cap, TO_FOLLOWERS if friend else PUBLIC, NOBODY, to, flag)


@compiled
def seen_as(flag: int, friend: bool) -> int:
    """What an act of another is to the viewer: one of NOTHING, LIKED, KEPT, BOUGHT."""
    return (flag >> FOLLOWERS_BITS) & 3 if friend else flag & 3


@compiled
def rarity(people: int, count: float) -> float:
    return max(float(np.log(people / max(count, 1.0))), 0.0)


@compiled
def mark_people(viewer: Viewer, of_person: U8, put: bool) -> None:
    for who in viewer.friends:
        if who < len(of_person):
            of_person[who] = FRIEND if put else 0
    for who in viewer.excluded:
        if who < len(of_person):
            of_person[who] = EXCLUDED if put else 0
