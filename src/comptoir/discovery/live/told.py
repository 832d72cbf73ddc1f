"""Compiled too: a score taken apart, and what goes with one product."""

import numpy as np

from comptoir.discovery.live.edges import I32, U8
from comptoir.discovery.live.flags import NOTHING, PUBLIC, PUBLIC_PURCHASE, TO_FOLLOWERS
from comptoir.discovery.live.world import (
    EXCLUDED,
    F64,
    FRIEND,
    LAST_BITS,
    NOBODY,
    WORTH,
    Measures,
    Scratch,
    Viewer,
    World,
    acts_of,
    compiled,
    edges_at_most,
    edges_of,
    mark_people,
    seen_as,
)


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
    room = len(shown) * (len(peers) + len(viewer.mine)) + 1
    where, rows = np.empty(room, np.int32), np.empty(room, np.int32)
    person, amounts = np.zeros(room, np.uint8), np.empty(room, np.float64)
    for place in range(len(shown)):
        scratch.of_product[shown[place]] = place + 1
        scratch.some[shown[place] & LAST_BITS] = 1
    size = causes_of_peers(world, viewer, by, peers, voices, scratch, where, rows, amounts)
    person[:size] = 1
    size = causes_of_pairs(world, viewer, scratch, where, rows, amounts, size)
    for product in shown:
        scratch.of_product[product] = 0
        scratch.some[product & LAST_BITS] = 0
    return where[:size], rows[:size], person[:size], amounts[:size]


@compiled
def causes_of_peers(
    world: World,
    viewer: Viewer,
    by: Measures,
    peers: I32,
    voices: F64,
    scratch: Scratch,
    where: I32,
    rows: I32,
    amounts: F64,
) -> int:
    """Writes what each peer put in; returns how many causes."""
    size = 0
    mark_people(viewer, scratch.of_person, True)
    for place in range(len(peers)):
        friend = (scratch.of_person[peers[place]] & FRIEND) != 0
        acts = acts_of(world, peers[place], friend, by.acts_cap, scratch.to, scratch.flag)
        for at in range(acts):
            product = scratch.to[at]
            if not scratch.some[product & LAST_BITS] or not scratch.of_product[product]:
                continue
            act = seen_as(scratch.flag[at], friend)
            if act != NOTHING:
                where[size], rows[size] = scratch.of_product[product] - 1, peers[place]
                amounts[size] = voices[place] * WORTH[act] * world.fame[product]
                size += 1
    mark_people(viewer, scratch.of_person, False)
    return size


@compiled
def causes_of_pairs(
    world: World,
    viewer: Viewer,
    scratch: Scratch,
    where: I32,
    rows: I32,
    amounts: F64,
    size: int,
) -> int:
    """Writes what each of the viewer's products put in; returns how many causes in all."""
    for mine in viewer.mine:
        if mine + 1 >= len(world.pairs_ptr) or world.unsure[mine]:
            continue
        for at in range(world.pairs_ptr[mine], world.pairs_ptr[mine + 1]):
            product = world.pairs_to[at]
            if not scratch.some[product & LAST_BITS]:
                continue
            if scratch.of_product[product] and not world.unsure[product]:
                where[size], rows[size] = scratch.of_product[product] - 1, mine
                amounts[size] = world.pairs_worth[at]
                size += 1
    return size


@compiled
def friends_who_acted(
    world: World, viewer: Viewer, shown: I32, scratch: Scratch
) -> tuple[I32, I32]:
    """Which of those whom the viewer follows acted on what is shown, for their followers to know:
    parallel arrays of places in ``shown`` and of people."""
    where, who = np.empty(64, np.int32), np.empty(64, np.int32)
    to, flag = scratch.to, scratch.flag
    for place in range(len(shown)):
        scratch.of_product[shown[place]] = place + 1
        scratch.some[shown[place] & LAST_BITS] = 1
    mark_people(viewer, scratch.of_person, True)
    size = 0
    for friend in viewer.friends:
        if scratch.of_person[friend] & EXCLUDED or world.silent[friend]:
            continue
        room = edges_at_most(world.acts, friend)
        if room > len(to):
            to, flag = np.empty(2 * room, np.int32), np.empty(2 * room, np.uint8)
        acts = edges_of(world.acts, friend, room, TO_FOLLOWERS, NOBODY, to, flag)
        for at in range(acts):
            if not scratch.some[to[at] & LAST_BITS] or not scratch.of_product[to[at]]:
                continue
            if size == len(where):
                where = np.append(where, np.empty(size, np.int32))
                who = np.append(who, np.empty(size, np.int32))
            where[size], who[size] = scratch.of_product[to[at]] - 1, friend
            size += 1
    mark_people(viewer, scratch.of_person, False)
    for product in shown:
        scratch.of_product[product] = 0
        scratch.some[product & LAST_BITS] = 0
    return where[:size], who[:size]


@compiled
def acted_also(
    world: World,
    viewer: Viewer,
    by: Measures,
    product: int,
    purchases: bool,
    scratch: Scratch,
) -> tuple[I32, F64, I32]:
    """Products that actors of ``product`` acted on too, with how much they have in common, and how
    many different people say so.

    A cosine over actors whose acts everybody may know of, or friends'; with ``purchases`` only
    public purchases count.
    """
    said, people, reached = scratch.said, scratch.paired, scratch.reached
    mark_people(viewer, scratch.of_person, True)
    mask = PUBLIC_PURCHASE if purchases else PUBLIC
    whom = NOBODY if purchases else scratch.of_person
    size = edges_of(world.actors, product, by.actors_cap, mask, whom, scratch.to, scratch.flag)
    actors, flags, found = scratch.to[:size].copy(), scratch.flag[:size].copy(), 0
    for place in range(size):
        who = actors[place]
        mark = scratch.of_person[who]
        friend = (mark & FRIEND) != 0
        known = flags[place] & PUBLIC_PURCHASE if purchases else seen_as(flags[place], friend)
        if not known or who == viewer.me or mark & EXCLUDED or world.silent[who]:
            continue
        voice = 1.0 if friend else world.trust[who]
        if voice > 0.0:
            voice /= np.sqrt(max(world.taste[who], 1.0))
            found = tell_of(world, who, product, voice, friend, purchases, by, scratch, found)
    mark_people(viewer, scratch.of_person, False)
    rows = reached[:found].copy()
    worths, different = np.empty(found, np.float64), np.empty(found, np.int32)
    for place in range(found):
        fame = max(world.counts[rows[place]], 1.0)
        worths[place] = said[rows[place]] / np.sqrt(fame + by.shrink)
        different[place] = people[rows[place]]
        said[rows[place]] = people[rows[place]] = 0.0
    return rows, worths, different


@compiled
def tell_of(
    world: World,
    who: int,
    product: int,
    voice: float,
    friend: bool,
    purchases: bool,
    by: Measures,
    scratch: Scratch,
    found: int,
) -> int:
    """Adds a person's voice to what they acted on besides ``product``; returns how many in all."""
    said = scratch.said
    if purchases:
        acts = edges_of(
            world.acts, who, by.acts_cap, PUBLIC_PURCHASE, NOBODY, scratch.to, scratch.flag
        )
    else:
        acts = acts_of(world, who, friend, by.acts_cap, scratch.to, scratch.flag)
    for at in range(acts):
        other, flag = scratch.to[at], scratch.flag[at]
        told = flag & PUBLIC_PURCHASE if purchases else seen_as(flag, friend)
        if not told or other == product:
            continue
        if said[other] == 0.0:
            scratch.reached[found] = other
            found += 1
        said[other] += voice
        scratch.paired[other] += 1.0
    return found
