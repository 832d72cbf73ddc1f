"""The arithmetic of ``discovery.ranking`` for one viewer, compiled: no edge is interpreted.

Kernels release the interpreter's lock. They read a ``World`` and leave their ``Scratch`` as they
found it: zeros. Posting lists are read newest first and at most to a cap, so that what everybody
has costs no more than what few have.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from comptoir.discovery.live.edges import F32, I32, I64, U8, Side
from comptoir.discovery.live.flags import FOLLOWERS_BITS, NOTHING, PUBLIC_PURCHASE

F64 = NDArray[np.float64]

# Of an act, by what it is.
WORTH = np.array([0.0, 0.5, 0.8, 1.0])

FRIEND, EXCLUDED = 1, 2
HAVE = 1

Kernel = TypeVar("Kernel", bound=Callable[..., Any])


def compiled(function: Kernel) -> Kernel:
    """Compiled when first called; what was compiled is kept beside the source."""
    return cast("Kernel", numba.njit(cache=True, nogil=True)(function))


class World(NamedTuple):
    """What is known of the place. Rows are of people or products; lengths are of whole rows.

    ``counts``: a product's actors that everybody may know of, and ``follower_counts`` followers and
    oneself, each as much as they are trusted. ``taste`` and ``circle``: lengths of each person's
    two vectors. ``trust``: 0 to 1, how much of a stranger's voice counts; ``silent``: they may not
    speak at all.
    """

    acts: Side
    actors: Side
    follows: Side
    followers: Side
    counts: F64
    follower_counts: F64
    taste: F64
    circle: F64
    trust: F32
    silent: U8
    pairs_ptr: I64
    pairs_to: I32
    pairs_worth: F32


class Viewer(NamedTuple):
    """Who asks: their row (−1 for one without), acts, follows, and whom they exclude, as rows."""

    me: int
    mine: I32
    friends: I32
    excluded: I32


class Measures(NamedTuple):
    """The parameters of the peers, as in ``ranking.peers.PeerSettings``, and the caps."""

    taste: float
    circle: float
    keep: int
    sharpness: float
    discount: float
    people: int
    shrink: float
    actors_cap: int
    acts_cap: int


class Scratch(NamedTuple):
    """Zeros, between two calls; one caller at a time."""

    near: F64
    of_person: U8
    touched: I32
    said: F64
    of_product: I32
    reached: I32
    to: I32
    flag: U8


@compiled
def edges_of(side: Side, row: int, cap: int, to: I32, flag: U8) -> int:
    """Writes at most ``cap`` current edges of the row, newest first; returns how many."""
    found = 0
    if row < len(side.head):
        entry = side.head[row]
        while entry != -1 and found < cap:
            if side.dflag[entry] != 0:
                to[found] = side.dto[entry]
                flag[found] = side.dflag[entry]
                found += 1
            entry = side.after[entry]
    if row < len(side.ptr) - 1:
        masked = side.touched[row] != 0
        for place in range(side.ptr[row], side.ptr[row + 1]):
            if found >= cap:
                break
            if masked:
                edge = (np.int64(row) << 32) | np.int64(side.to[place])
                at = np.searchsorted(side.stale, edge)
                if at < len(side.stale) and side.stale[at] == edge:
                    continue
            to[found] = side.to[place]
            flag[found] = side.flag[place]
            found += 1
    return found


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
        of_person[who] = FRIEND if put else 0
    for who in viewer.excluded:
        of_person[who] = EXCLUDED if put else 0


@compiled
def share_taste(world: World, viewer: Viewer, by: Measures, scratch: Scratch) -> int:
    """Adds up squared rarity of the products shared with each person; returns how many people."""
    near, of_person, touched = scratch.near, scratch.of_person, scratch.touched
    found = 0
    for product in viewer.mine:
        weight = rarity(by.people, world.counts[product]) ** 2
        if weight <= 0.0:
            continue
        size = edges_of(world.actors, product, by.actors_cap, scratch.to, scratch.flag)
        for place in range(size):
            who = scratch.to[place]
            if who == viewer.me or of_person[who] & EXCLUDED or world.silent[who]:
                continue
            friend = (of_person[who] & FRIEND) != 0
            if seen_as(scratch.flag[place], friend) == NOTHING:
                continue
            if near[who, 0] == 0.0 and near[who, 1] == 0.0:
                touched[found] = who
                found += 1
            near[who, 0] += weight
    return found


@compiled
def share_circle(world: World, viewer: Viewer, by: Measures, scratch: Scratch, found: int) -> int:
    """Adds up squared rarity of the people in both circles; returns how many people in all."""
    near, of_person, touched = scratch.near, scratch.of_person, scratch.touched
    for step in range(len(viewer.friends) + 1):
        mine = viewer.me if step == len(viewer.friends) else viewer.friends[step]
        if mine < 0:
            continue
        weight = rarity(by.people, world.follower_counts[mine]) ** 2
        if weight <= 0.0:
            continue
        size = edges_of(world.followers, mine, by.actors_cap, scratch.to, scratch.flag)
        if mine != viewer.me:
            scratch.to[size] = mine
            size += 1
        for place in range(size):
            who = scratch.to[place]
            if who == viewer.me or of_person[who] & EXCLUDED or world.silent[who]:
                continue
            if near[who, 0] == 0.0 and near[who, 1] == 0.0:
                touched[found] = who
                found += 1
            near[who, 1] += weight
    return found


@compiled
def peers_of(
    world: World, viewer: Viewer, by: Measures, lengths: F64, scratch: Scratch
) -> tuple[I32, F64]:
    """The viewer's peers and their voices, strongest kept; ``lengths``: of the viewer's vectors."""
    mark_people(viewer, scratch.of_person, True)
    found = 0
    if by.taste > 0.0:
        found = share_taste(world, viewer, by, scratch)
    if by.circle > 0.0:
        found = share_circle(world, viewer, by, scratch, found)
    people = np.empty(found, np.int32)
    voices = np.empty(found, np.float64)
    kept = 0
    for place in range(found):
        who = scratch.touched[place]
        taste = scratch.near[who, 0] / max(world.taste[who] * lengths[0], 1e-12)
        circle = scratch.near[who, 1] / max(world.circle[who] * lengths[1], 1e-12)
        voice = by.taste * taste + by.circle * circle
        if not scratch.of_person[who] & FRIEND:
            voice *= world.trust[who]
        scratch.near[who, 0] = 0.0
        scratch.near[who, 1] = 0.0
        if voice > 0.0:
            people[kept], voices[kept] = who, voice
            kept += 1
    mark_people(viewer, scratch.of_person, False)
    people, voices = strongest(people[:kept], voices[:kept], by.keep)
    return people, voices**by.sharpness


@compiled
def strongest(rows: I32, worths: F64, keep: int) -> tuple[I32, F64]:
    """The ``keep`` largest; of equal ones, the lower rows."""
    if len(rows) <= keep:
        return rows, worths
    last = np.partition(worths, len(worths) - keep)[len(worths) - keep]
    equal = np.sort(rows[worths == last])
    bound = equal[keep - np.sum(worths > last) - 1]
    taken = (worths > last) | ((worths == last) & (rows <= bound))
    return rows[taken], worths[taken]


@compiled
def spoken(
    world: World,
    viewer: Viewer,
    by: Measures,
    peers: I32,
    voices: F64,
    scratch: Scratch,
) -> tuple[I32, F64, F64]:
    """Products that peers or pairs speak for: rows, what peers say, what pairs say."""
    said, reached = scratch.said, scratch.reached
    mark_people(viewer, scratch.of_person, True)
    found = 0
    for place in range(len(peers)):
        friend = (scratch.of_person[peers[place]] & FRIEND) != 0
        size = edges_of(world.acts, peers[place], by.acts_cap, scratch.to, scratch.flag)
        for at in range(size):
            act = seen_as(scratch.flag[at], friend)
            if act == NOTHING:
                continue
            product = scratch.to[at]
            if said[product, 0] == 0.0 and said[product, 1] == 0.0:
                reached[found] = product
                found += 1
            said[product, 0] += voices[place] * WORTH[act]
    mark_people(viewer, scratch.of_person, False)
    for mine in viewer.mine:
        if mine + 1 >= len(world.pairs_ptr):
            continue
        for at in range(world.pairs_ptr[mine], world.pairs_ptr[mine + 1]):
            product = world.pairs_to[at]
            if said[product, 0] == 0.0 and said[product, 1] == 0.0:
                reached[found] = product
                found += 1
            said[product, 1] += world.pairs_worth[at]
    rows = reached[:found].copy()
    by_peers = np.empty(found, np.float64)
    by_pairs = np.empty(found, np.float64)
    for place in range(found):
        product = rows[place]
        fame = max(world.counts[product], 1.0)
        by_peers[place] = said[product, 0] * fame**-by.discount
        by_pairs[place] = said[product, 1]
        said[product, 0] = 0.0
        said[product, 1] = 0.0
    return rows, by_peers, by_pairs


@compiled
def causes(
    world: World,
    viewer: Viewer,
    by: Measures,
    peers: I32,
    voices: F64,
    shown: I32,
    scratch: Scratch,
) -> tuple[I32, I32, U8, F64]:
    """Who and what put how much into each shown product's score, before the voices' loudness.

    Returns parallel arrays: place in ``shown``, row, 1 if it is a person's (0 if a product's),
    amount.
    """
    place_of, size = scratch.of_product, 0
    room = len(shown) * (len(peers) + len(viewer.mine)) + 1
    where = np.empty(room, np.int32)
    rows = np.empty(room, np.int32)
    person = np.empty(room, np.uint8)
    amounts = np.empty(room, np.float64)
    for place in range(len(shown)):
        place_of[shown[place]] = place + 1
    mark_people(viewer, scratch.of_person, True)
    for place in range(len(peers)):
        friend = (scratch.of_person[peers[place]] & FRIEND) != 0
        acts = edges_of(world.acts, peers[place], by.acts_cap, scratch.to, scratch.flag)
        for at in range(acts):
            product = scratch.to[at]
            act = seen_as(scratch.flag[at], friend)
            if place_of[product] and act != NOTHING:
                fame = max(world.counts[product], 1.0)
                where[size], rows[size], person[size] = place_of[product] - 1, peers[place], 1
                amounts[size] = voices[place] * WORTH[act] * fame**-by.discount
                size += 1
    mark_people(viewer, scratch.of_person, False)
    for mine in viewer.mine:
        if mine + 1 >= len(world.pairs_ptr):
            continue
        for at in range(world.pairs_ptr[mine], world.pairs_ptr[mine + 1]):
            product = world.pairs_to[at]
            if place_of[product]:
                where[size], rows[size], person[size] = place_of[product] - 1, mine, 0
                amounts[size] = world.pairs_worth[at]
                size += 1
    for product in shown:
        place_of[product] = 0
    return where[:size], rows[:size], person[:size], amounts[:size]


@compiled
def acted_also(
    world: World,
    viewer: Viewer,
    by: Measures,
    product: int,
    purchases: bool,
    scratch: Scratch,
) -> tuple[I32, F64]:
    """Products that actors of ``product`` acted on too, with how much they have in common.

    A cosine over actors whose acts everybody may know of, or friends'; with ``purchases`` only
    public purchases count.
    """
    said, reached = scratch.said, scratch.reached
    mark_people(viewer, scratch.of_person, True)
    size = edges_of(world.actors, product, by.actors_cap, scratch.to, scratch.flag)
    actors = scratch.to[:size].copy()
    flags = scratch.flag[:size].copy()
    found = 0
    for place in range(size):
        who = actors[place]
        mark = scratch.of_person[who]
        friend = (mark & FRIEND) != 0
        known = flags[place] & PUBLIC_PURCHASE if purchases else seen_as(flags[place], friend)
        if not known or who == viewer.me or mark & EXCLUDED or world.silent[who]:
            continue
        trust = 1.0 if friend else world.trust[who]
        acts = edges_of(world.acts, who, by.acts_cap, scratch.to, scratch.flag)
        for at in range(acts):
            other, flag = scratch.to[at], scratch.flag[at]
            told = flag & PUBLIC_PURCHASE if purchases else seen_as(flag, friend)
            if not told or other == product or trust <= 0.0:
                continue
            if said[other, 0] == 0.0:
                reached[found] = other
                found += 1
            said[other, 0] += trust / np.sqrt(max(world.taste[who], 1.0))
    mark_people(viewer, scratch.of_person, False)
    rows = reached[:found].copy()
    worths = np.empty(found, np.float64)
    for place in range(found):
        fame = max(world.counts[rows[place]], 1.0)
        worths[place] = said[rows[place], 0] / np.sqrt(fame + by.shrink)
        said[rows[place], 0] = 0.0
    return rows, worths
