"""A snapshot from plain arrays of acts and follows, whatever they come from."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.live.edges import F32, I64, U8, Rows
from comptoir.discovery.live.listened import listened_pairs
from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.live.snapshot import Snapshot
from comptoir.discovery.live.sorting import both_ways, distinct, rows_of
from comptoir.discovery.live.world import F64, compiled
from comptoir.discovery.ranking.trust import trust


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
) -> Snapshot:
    """A snapshot of these acts and follows.

    ``people``: ids of everyone who may act or be followed, the others' acts being left out;
    ``suspended``: ids among them.
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
    silent = np.zeros(len(people), np.uint8)
    silent[np.searchsorted(people, suspended)] = 1
    trusted = trust(_matrix(out)).astype(np.float32)
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
        trust=trusted, silent=silent, pairs_ptr=ptr, pairs_to=to, pairs_worth=worth,
    )  # fmt: skip


def _matrix(follows: Rows) -> "sp.csr_matrix[np.float64]":
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
