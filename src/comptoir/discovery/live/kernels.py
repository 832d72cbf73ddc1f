"""The arithmetic of ``discovery.ranking`` for one viewer, compiled: no edge is interpreted.

Kernels release the interpreter's lock. They read a ``World`` and leave their ``Scratch`` as they
found it: zeros. Posting lists are read newest first and at most to a cap, so that what everybody
has costs no more than what few have.
"""

import math

import numpy as np

from comptoir.discovery.live.edges import I32, Side
from comptoir.discovery.live.flags import FOLLOWERS_BITS, PUBLIC
from comptoir.discovery.live.world import (
    EXCLUDED,
    F64,
    FRIEND,
    NOBODY,
    WORTH,
    Measures,
    Pairs,
    Ranking,
    Said,
    Scratch,
    Viewer,
    World,
    acts_of,
    compiled,
    edges_of,
    mark_people,
    rarity,
    read_ahead,
)


@compiled
def ranked(world: World, viewer: Viewer, by: Measures, scratch: Scratch) -> Ranking:
    """All products that peers or pairs speak for."""
    peers, voices = peers_of(world, viewer, by, scratch)
    rows, by_peers, by_pairs, said = spoken(world, viewer, by, peers, voices, scratch)
    scores, loud_peers, loud_pairs = scored(by_peers, by_pairs, by.peers, by.pairs)
    return Ranking(rows, scores, peers, voices, said, loud_peers, loud_pairs)


@compiled
def share_taste(world: World, viewer: Viewer, by: Measures, scratch: Scratch) -> int:
    """Adds up squared rarity of the products shared with each person; returns how many people, the
    viewer and those whom they exclude among them."""
    near, touched, counts = scratch.near, scratch.touched, world.counts
    to, flag, of_person = scratch.to, scratch.flag, scratch.of_person
    side, found = world.actors, 0
    scratch.ahead[0] = read_ahead(side, viewer.mine, by.actors_cap)
    for product in viewer.mine:
        weight = rarity(by.people, counts[product]) ** 2
        if weight <= 0.0:
            continue
        size = edges_of(side, product, by.actors_cap, PUBLIC, of_person, to, flag)
        for place in range(size):
            who = to[place]
            before = near[who, 0]
            if before == 0.0:
                touched[found] = who
                found += 1
            near[who, 0] = before + weight
    return found


@compiled
def share_circle(world: World, viewer: Viewer, by: Measures, scratch: Scratch, found: int) -> int:
    """Adds up squared rarity of the people in both circles; returns how many people in all."""
    near, touched, side = scratch.near, scratch.touched, world.followers
    to, flag = scratch.to, scratch.flag
    for step in range(len(viewer.friends) + 1):
        mine = viewer.me if step == len(viewer.friends) else viewer.friends[step]
        if mine < 0:
            continue
        weight = rarity(by.people, world.follower_counts[mine]) ** 2
        if weight <= 0.0:
            continue
        size = edges_of(side, mine, by.actors_cap, PUBLIC, NOBODY, to, flag)
        if mine != viewer.me:
            to[size] = mine
            size += 1
        for place in range(size):
            who = to[place]
            if near[who, 0] == 0.0 and near[who, 1] == 0.0:
                touched[found] = who
                found += 1
            near[who, 1] += weight
    return found


@compiled
def lengths_of(world: World, viewer: Viewer, by: Measures) -> tuple[float, float]:
    """Of the viewer's taste, their own acts included, and of their circle, themselves too."""
    taste, circle = by.taste_shrink, 0.0
    for product in viewer.mine:
        taste += rarity(by.people, world.counts[product]) ** 2
    for friend in viewer.friends:
        circle += rarity(by.people, world.follower_counts[friend]) ** 2
    if viewer.me >= 0:
        circle += rarity(by.people, world.follower_counts[viewer.me]) ** 2
    return math.sqrt(taste), math.sqrt(circle)


@compiled
def peers_of(world: World, viewer: Viewer, by: Measures, scratch: Scratch) -> tuple[I32, F64]:
    """The viewer's peers and their voices, strongest kept."""
    mark_people(viewer, scratch.of_person, True)
    found = 0
    if by.taste > 0.0:
        found = share_taste(world, viewer, by, scratch)
    if by.circle > 0.0:
        found = share_circle(world, viewer, by, scratch, found)
    people = np.empty(found, np.int32)
    voices = np.empty(found, np.float64)
    near, of_person, touched = scratch.near, scratch.of_person, scratch.touched
    their, trust, silent, kept = world.lengths, world.trust, world.silent, 0
    long_taste, long_circle = lengths_of(world, viewer, by)
    for place in range(found):
        who = touched[place]
        taste = near[who, 0] / max(their[who, 0] * long_taste, 1e-12)
        circle = near[who, 1] / max(their[who, 1] * long_circle, 1e-12)
        voice = by.taste * taste + by.circle * circle
        mark = of_person[who]
        if not mark & FRIEND:
            voice *= trust[who]
        near[who, 0] = 0.0
        near[who, 1] = 0.0
        speaks = not mark & EXCLUDED and not silent[who] and who != viewer.me
        if voice > 0.0 and speaks:
            people[kept], voices[kept] = who, voice
            kept += 1
    mark_people(viewer, scratch.of_person, False)
    people, voices = strongest(people[:kept], voices[:kept], by.keep)
    return people, voices**by.sharpness


@compiled
def length(said: F64) -> float:
    """Euclidean. Not by BLAS, whose threads would wait for one another in every request."""
    squared = 0.0
    for one in said:
        squared += one * one
    return math.sqrt(squared)


@compiled
def scored(by_peers: F64, by_pairs: F64, peers: float, pairs: float) -> tuple[F64, float, float]:
    """Scores, and how loud each voice was turned: its weight over its length for this viewer."""
    long_peers, long_pairs = length(by_peers), length(by_pairs)
    loud_peers = peers / long_peers if long_peers > 0.0 else 0.0
    loud_pairs = pairs / long_pairs if long_pairs > 0.0 else 0.0
    scores = np.empty(len(by_peers), np.float64)
    for at in range(len(scores)):
        scores[at] = loud_peers * by_peers[at] + loud_pairs * by_pairs[at]
    return scores, loud_peers, loud_pairs


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
) -> tuple[I32, F64, F64, Said]:
    """Products that peers or pairs speak for: rows, what peers say, what pairs say; and what each
    peer said."""
    found, told = speak_peers(world, viewer, by, peers, voices, scratch)
    found = speak_pairs(world.pairs, viewer, scratch, found)
    said, fame = scratch.said, world.fame
    rows = scratch.reached[:found].copy()
    by_peers = np.empty(found, np.float64)
    by_pairs = np.empty(found, np.float64)
    for place in range(found):
        product = rows[place]
        by_peers[place] = said[product, 0] * fame[product]
        by_pairs[place] = said[product, 1]
        said[product, 0] = 0.0
        said[product, 1] = 0.0
    return rows, by_peers, by_pairs, told


@compiled
def speak_peers(
    world: World, viewer: Viewer, by: Measures, peers: I32, voices: F64, scratch: Scratch
) -> tuple[int, Said]:
    """Adds up what peers say of products; returns how many products, and what each peer said."""
    told = told_by(world.acts, viewer, by, peers, voices, scratch)
    said, reached, found = scratch.said, scratch.reached, 0
    # After all was read, and not between: each of these is elsewhere in memory, which so answers
    # for many at once.
    for at in range(len(told.what)):
        product = told.what[at]
        before = said[product, 0]
        if before == 0.0:
            reached[found] = product
            found += 1
        said[product, 0] = before + told.much[at]
    return found, told


@compiled
def told_by(
    side: Side, viewer: Viewer, by: Measures, peers: I32, voices: F64, scratch: Scratch
) -> Said:
    """The peers' acts, one peer after the other, each as much as its voice is worth."""
    of_person, size = scratch.of_person, 0
    room = len(peers) * by.acts_cap
    who, what = np.empty(room, np.int32), np.empty(room, np.int32)
    flag, much = np.empty(room, np.uint8), np.empty(room, np.float64)
    scratch.ahead[0] = read_ahead(side, peers, by.acts_cap)
    mark_people(viewer, of_person, True)
    for place in range(len(peers)):
        peer, voice = peers[place], voices[place]
        friend = (of_person[peer] & FRIEND) != 0
        shift = FOLLOWERS_BITS if friend else 0
        acts = acts_of(side, peer, friend, by.acts_cap, what[size:], flag[size:])
        for at in range(size, size + acts):
            who[at] = peer
            much[at] = voice * WORTH[(flag[at] >> shift) & 3]
        size += acts
    mark_people(viewer, of_person, False)
    return Said(who[:size], what[:size], much[:size])


@compiled
def speak_pairs(pairs: Pairs, viewer: Viewer, scratch: Scratch, found: int) -> int:
    """Adds up what the viewer's products say of others; returns how many products in all."""
    said, reached = scratch.said, scratch.reached
    ptr, to, worth, unsure = pairs
    for mine in viewer.mine:
        if mine + 1 >= len(ptr) or unsure[mine]:
            continue
        for at in range(ptr[mine], ptr[mine + 1]):
            product = to[at]
            if unsure[product]:
                continue
            if said[product, 0] == 0.0 and said[product, 1] == 0.0:
                reached[found] = product
                found += 1
            said[product, 1] += worth[at]
    return found
