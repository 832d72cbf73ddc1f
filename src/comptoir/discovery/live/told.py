"""Compiled too: a score taken apart, and what goes with one product."""

import numpy as np

from comptoir.discovery.live.edges import I32, U8, Side
from comptoir.discovery.live.flags import PUBLIC, PUBLIC_PURCHASE, TO_FOLLOWERS
from comptoir.discovery.live.world import (
    EXCLUDED,
    F64,
    FRIEND,
    LAST_BITS,
    NOBODY,
    WORTH,
    Measures,
    Pairs,
    Said,
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
    fame: F64, pairs: Pairs, viewer: Viewer, said: Said, shown: I32, scratch: Scratch
) -> tuple[I32, I32, U8, F64]:
    """Who and what put how much into each shown product's score, before the voices' loudness.

    Returns parallel arrays: place in ``shown``, row, 1 if it is a person's (0 if a product's),
    amount.
    """
    for place in range(len(shown)):
        scratch.of_product[shown[place]] = place + 1
        scratch.some[shown[place] & LAST_BITS] = 1
    people = count_of_peers(said, scratch)
    room = people + len(shown) * len(viewer.mine)
    where, rows = np.empty(room, np.int32), np.empty(room, np.int32)
    person, amounts = np.zeros(room, np.uint8), np.empty(room, np.float64)
    person[:people] = 1
    causes_of_peers(fame, said, scratch, where, rows, amounts)
    size = causes_of_pairs(pairs, viewer, scratch, where, rows, amounts, people)
    for product in shown:
        scratch.of_product[product] = 0
        scratch.some[product & LAST_BITS] = 0
    return where[:size], rows[:size], person[:size], amounts[:size]


@compiled
def loudest(
    where: I32, rows: I32, person: U8, amounts: F64, shown: int, most: int
) -> tuple[I32, I32, F64]:
    """Of each place's causes the ``most`` largest, the largest first.

    Returns which they are (a row for each place), how many, and what all of the place's causes
    amount to. Of equal ones products come first, then lower rows.
    """
    kept = np.zeros((shown, most), np.int32)
    sizes, wholes = np.zeros(shown, np.int32), np.zeros(shown, np.float64)
    for at in range(len(where)):
        place = where[at]
        wholes[place] += amounts[at]
        spot = sizes[place]
        while spot > 0 and is_louder(at, kept[place, spot - 1], rows, person, amounts):
            if spot < most:
                kept[place, spot] = kept[place, spot - 1]
            spot -= 1
        if spot < most:
            kept[place, spot] = at
            sizes[place] = min(sizes[place] + 1, most)
    return kept, sizes, wholes


@compiled
def is_louder(one: int, other: int, rows: I32, person: U8, amounts: F64) -> bool:
    if amounts[one] != amounts[other]:
        return bool(amounts[one] > amounts[other])
    if person[one] != person[other]:
        return bool(person[one] < person[other])
    return bool(rows[one] < rows[other])


@compiled
def count_of_peers(said: Said, scratch: Scratch) -> int:
    """How many acts of peers are on what is shown."""
    some, of_product, size = scratch.some, scratch.of_product, 0
    for product in said.what:
        if some[product & LAST_BITS] and of_product[product]:
            size += 1
    return size


@compiled
def causes_of_peers(
    fame: F64, said: Said, scratch: Scratch, where: I32, rows: I32, amounts: F64
) -> None:
    """Writes what each peer put in."""
    some, of_product, size = scratch.some, scratch.of_product, 0
    who, what, much = said
    for at in range(len(what)):
        product = what[at]
        if some[product & LAST_BITS] and of_product[product]:
            where[size], rows[size] = of_product[product] - 1, who[at]
            amounts[size] = much[at] * fame[product]
            size += 1


@compiled
def causes_of_pairs(
    pairs: Pairs,
    viewer: Viewer,
    scratch: Scratch,
    where: I32,
    rows: I32,
    amounts: F64,
    size: int,
) -> int:
    """Writes what each of the viewer's products put in; returns how many causes in all."""
    ptr, to, worth, unsure = pairs
    some, of_product = scratch.some, scratch.of_product
    for mine in viewer.mine:
        if mine + 1 >= len(ptr) or unsure[mine]:
            continue
        for at in range(ptr[mine], ptr[mine + 1]):
            product = to[at]
            if some[product & LAST_BITS] and of_product[product] and not unsure[product]:
                where[size], rows[size] = of_product[product] - 1, mine
                amounts[size] = worth[at]
                size += 1
    return size


@compiled
def friends_who_acted(
    side: Side, silent: U8, viewer: Viewer, shown: I32, scratch: Scratch
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
        if scratch.of_person[friend] & EXCLUDED or silent[friend]:
            continue
        room = edges_at_most(side, friend)
        if room > len(to):
            to, flag = np.empty(2 * room, np.int32), np.empty(2 * room, np.uint8)
        acts = edges_of(side, friend, room, TO_FOLLOWERS, NOBODY, to, flag)
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
    many different people say so: a cosine over acts that everybody may know of, or friends', each
    as much as it is worth; with ``purchases`` only over public purchases.
    """
    said, reached = scratch.said, scratch.reached
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
            voice *= WORTH[seen_as(flags[place], friend)] / np.sqrt(max(world.lengths[who, 0], 1.0))
            found = tell_of(world, who, product, voice, friend, purchases, by, scratch, found)
    mark_people(viewer, scratch.of_person, False)
    rows = reached[:found].copy()
    worths, different = np.empty(found, np.float64), np.empty(found, np.int32)
    for place in range(found):
        fame = max(world.counts[rows[place]], 1.0)
        worths[place] = said[rows[place], 0] / np.sqrt(fame + by.pairs_shrink)
        different[place] = said[rows[place], 1]
        said[rows[place], 0] = said[rows[place], 1] = 0.0
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
    """Adds a person's voice, and one more person, to what they acted on besides ``product``;
    returns how many in all."""
    said = scratch.said
    if purchases:
        acts = edges_of(
            world.acts, who, by.acts_cap, PUBLIC_PURCHASE, NOBODY, scratch.to, scratch.flag
        )
    else:
        acts = acts_of(world.acts, who, friend, by.acts_cap, scratch.to, scratch.flag)
    for at in range(acts):
        other, flag = scratch.to[at], scratch.flag[at]
        told = flag & PUBLIC_PURCHASE if purchases else seen_as(flag, friend)
        if not told or other == product:
            continue
        if said[other, 0] == 0.0:
            scratch.reached[found] = other
            found += 1
        said[other, 0] += voice * WORTH[seen_as(flag, friend)]
        said[other, 1] += 1.0
    return found
