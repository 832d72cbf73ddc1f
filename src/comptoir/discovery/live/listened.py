"""Pairs of products for a snapshot: each product keeps those it listens to, product by product.

The arithmetic of ``ranking.pairs`` without its matrix of all pairs, which a large place could not
hold: one product's partners at a time, its newest known actors and their newest public acts.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from comptoir.discovery.live.edges import F32, I32, I64, Rows
from comptoir.discovery.live.kernels import strongest
from comptoir.discovery.live.settings import LiveSettings
from comptoir.discovery.live.sorting import by_speaker
from comptoir.discovery.live.world import F64, compiled


def listened_pairs(
    acts: Rows, actors: Rows, trust: F32, counts: F64, settings: LiveSettings
) -> tuple[I64, I32, F32]:
    """Rows of speaking products: those who listen to them, and how much each word is worth."""
    by = settings.blend.pairs
    size = np.maximum(counts, 1) + by.shrink
    breadth = public_sizes(acts) ** -by.breadth
    speaking, listening = size**-by.balance, size ** (by.balance - 1)

    def some(low: int, high: int) -> tuple[I32, I32, F32]:
        return partners(
            acts, actors, trust, breadth, speaking, listening, by.keep, settings.paired, low, high
        )

    # Kernels let go of the interpreter's lock: every core takes its part of the products.
    cores = os.cpu_count() or 1
    ends = np.linspace(0, len(counts), cores + 1).astype(int).tolist()
    with ThreadPoolExecutor(cores) as pool:
        parts = list(pool.map(some, ends[:-1], ends[1:]))
    listener, speaker, worth = (np.concatenate(column) for column in zip(*parts, strict=True))
    return by_speaker(listener, speaker, worth, len(counts))


@compiled
def public_sizes(acts: Rows) -> F64:
    """Public acts of each person, at least 1."""
    found = np.ones(len(acts.ptr) - 1)
    for row in range(len(found)):
        size = 0
        for place in range(acts.ptr[row], acts.ptr[row + 1]):
            if acts.flag[place] & 3:
                size += 1
        found[row] = max(size, 1)
    return found


@compiled
def partners(
    acts: Rows,
    actors: Rows,
    trust: F32,
    breadth: F64,
    speaking: F64,
    listening: F64,
    keep: int,
    cap: int,
    low: int,
    high: int,
) -> tuple[I32, I32, F32]:
    """(listener, speaker, worth) of each pair kept of the listeners ``low`` to ``high``."""
    products = len(actors.ptr) - 1
    shared = np.zeros(products)
    reached = np.empty(products, np.int32)
    # A guess, doubled when it was too little.
    listener = np.empty(1024, np.int32)
    speaker = np.empty(1024, np.int32)
    worth = np.empty(1024, np.float32)
    size = 0
    for product in range(low, high):
        found = meet(acts, actors, trust, breadth, product, cap, shared, reached)
        rows = reached[:found].copy()
        worths = shared[rows] * speaking[rows] * listening[product]
        shared[rows] = 0.0
        rows, worths = strongest(rows, worths, keep)
        while size + len(rows) > len(listener):
            listener = np.append(listener, np.empty(len(listener), np.int32))
            speaker = np.append(speaker, np.empty(len(speaker), np.int32))
            worth = np.append(worth, np.empty(len(worth), np.float32))
        listener[size : size + len(rows)] = product
        speaker[size : size + len(rows)] = rows
        worth[size : size + len(rows)] = worths
        size += len(rows)
    return listener[:size], speaker[:size], worth[:size]


@compiled
def meet(
    acts: Rows,
    actors: Rows,
    trust: F32,
    breadth: F64,
    product: int,
    cap: int,
    shared: F64,
    reached: I32,
) -> int:
    """Adds to ``shared`` what the product's actors did besides; returns how many products."""
    found, heard = 0, 0
    for place in range(actors.ptr[product], actors.ptr[product + 1]):
        who = actors.to[place]
        if heard == cap:
            break
        if not actors.flag[place] & 3 or trust[who] <= 0.0:
            continue
        heard += 1
        told = 0
        for at in range(acts.ptr[who], acts.ptr[who + 1]):
            other = acts.to[at]
            if told == cap:
                break
            if not acts.flag[at] & 3:
                continue
            told += 1
            if other == product:
                continue
            if shared[other] == 0.0:
                reached[found] = other
                found += 1
            shared[other] += trust[who] * breadth[who]
    return found
