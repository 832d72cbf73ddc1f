"""A snapshot from plain arrays of acts and follows, whatever they come from."""

import math
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.live.edges import F32, I32, I64, U8, Rows
from comptoir.discovery.live.listened import listened_pairs
from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.live.snapshot import Snapshot
from comptoir.discovery.live.sorting import both_ways, distinct, rows_of
from comptoir.discovery.live.world import F64, compiled
from comptoir.discovery.ranking.trust import trust

FEWEST_SEEDS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Parallel arrays, one entry an act; a higher ``order`` is newer. ``flag``: see ``flags``."""

    person: I64
    product: I64
    flag: U8
    order: I64


@dataclass(frozen=True, slots=True, eq=False)
class Follows:
    """Parallel arrays of ids; a higher ``order`` is newer."""

    follower: I64
    followee: I64
    order: I64


def assemble(
    acts: Acts,
    follows: Follows,
    people: I64,
    suspended: I64,
    position: int,
    settings: LiveSettings = LIVE,
    known: I64 | None = None,
) -> Snapshot:
    """A snapshot of these acts and follows. ``people``: ids of everyone who may act or be followed,
    the others' acts being left out; ``suspended``: ids among them; ``known``: of those whom the
    place knows of itself.
    """
    people = np.unique(people)
    products = distinct(acts.product)
    forward, backward = both_ways(
        rows_of(people, acts.person), rows_of(products, acts.product),
        acts.flag, acts.order, len(people), len(products),
    )  # fmt: skip
    out, into = both_ways(
        rows_of(people, follows.follower), rows_of(people, follows.followee),
        np.ones(len(follows.order), np.uint8), follows.order, len(people), len(people),
    )  # fmt: skip
    silent = np.isin(people, suspended).astype(np.uint8)
    seeds = rows_of(people, np.intersect1d(people, known if known is not None else people[:0]))
    trusted = trust_of(matrix_of(out), people, silent, seeds)
    counts = public_counts(backward, trusted)
    follower_counts = public_counts(into, trusted) + 1
    rarities = np.log(max(len(people), 1) / np.maximum(counts, 1))
    circles = np.log(max(len(people), 1) / np.maximum(follower_counts, 1))
    ptr, to, worth = listened_pairs(forward, backward, trusted, counts, settings)
    return Snapshot(
        position=position, people=people, products=products,
        acts=forward, actors=backward, follows=out, followers=into,
        counts=counts, follower_counts=follower_counts,
        taste=np.sqrt(squares(forward, rarities**2) + settings.blend.peers.shrink),
        circle=np.sqrt(squares(out, circles**2) + circles**2),
        trust=trusted, silent=silent, seeds=seeds, pairs_ptr=ptr, pairs_to=to, pairs_worth=worth,
    )  # fmt: skip


def trust_of(follows: "sp.csr_matrix[np.float64]", people: I64, silent: U8, seeds: I32) -> F32:
    """How far each person is trusted; who is silent neither is nor hands any on.

    From the elders; and from the seeds, where there are enough that a few cannot be bought: what
    is done to be one costs.
    """
    heard = sp.diags(1.0 - silent.astype(np.float64), format="csr")
    among = sp.csr_matrix(heard @ follows @ heard)
    among.eliminate_zeros()
    speaking = seeds[silent[seeds] == 0].astype(np.int64)
    known = speaking if len(speaking) >= FEWEST_SEEDS else speaking[:0]
    found = trust(among, np.union1d(elders(among, people), known))
    found[silent != 0] = 0.0
    return found.astype(np.float32)


def elders(follows: "sp.csr_matrix[np.float64]", people: I64) -> I64:
    """Rows of the first of those who follow anybody, as many as the root of how many these are.

    Ids of ``people`` are in the order in which they came; accounts that come later are no elders
    before they are about the square of those that were there.
    """
    following = np.flatnonzero(np.diff(follows.indptr))
    came = following[np.argsort(people[following])]
    return came[: math.isqrt(len(came))]


def matrix_of(follows: Rows) -> "sp.csr_matrix[np.float64]":
    people = len(follows.ptr) - 1
    ones = np.ones(len(follows.to))
    return sp.csr_matrix((ones, follows.to, follows.ptr), shape=(people, people))


@compiled
def squares(rows: Rows, squared: F64) -> F64:
    """Sum of ``squared`` over each row's edges that everybody may know of."""
    found = np.zeros(len(rows.ptr) - 1)
    for row in range(len(found)):
        for place in range(rows.ptr[row], rows.ptr[row + 1]):
            if rows.flag[place] & 3:
                found[row] += squared[rows.to[place]]
    return found


@compiled
def public_counts(rows: Rows, trusted: F32) -> F64:
    """People on each row's edges that everybody may know of, each as much as they are trusted."""
    found = np.zeros(len(rows.ptr) - 1)
    for row in range(len(found)):
        for place in range(rows.ptr[row], rows.ptr[row + 1]):
            if rows.flag[place] & 3:
                found[row] += trusted[rows.to[place]]
    return found
