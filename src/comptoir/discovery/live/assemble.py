"""A snapshot from plain arrays of acts and follows, whatever they come from."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.live.edges import F32, I32, I64, U8, Rows
from comptoir.discovery.live.flags import FOLLOWERS_BITS, OWN_BITS, PUBLIC_PURCHASE
from comptoir.discovery.live.kernels import F64, compiled
from comptoir.discovery.live.listened import listened_pairs
from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.live.snapshot import Snapshot
from comptoir.discovery.ranking.trust import trust


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Parallel arrays, one entry an act; a higher ``order`` is newer. ``flag``: see ``kernels``."""

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


def merged(flags: U8, starts: I64) -> U8:
    """One flag for each group of flags: the strongest in each view."""
    parts = [
        np.maximum.reduceat((flags >> shift) & 3, starts) << shift
        for shift in (0, FOLLOWERS_BITS, OWN_BITS)
    ]
    bought = np.maximum.reduceat(flags & PUBLIC_PURCHASE, starts)
    return np.asarray(parts[0] | parts[1] | parts[2] | bought, np.uint8)


def assemble(
    acts: Acts,
    follows: Follows,
    people: I64,
    suspended: I64,
    position: int,
    settings: LiveSettings = LIVE,
) -> Snapshot:
    """A snapshot of these acts and follows.

    ``people``: ids of everyone who may act or be followed; ``suspended``: ids among them.
    """
    people = np.unique(people)
    products = np.unique(acts.product)
    forward, backward = both_ways(
        _rows_of(people, acts.person), _rows_of(products, acts.product),
        acts.flag, acts.order, len(people), len(products),
    )  # fmt: skip
    ones = np.ones(len(follows.follower), np.uint8)
    out, into = both_ways(
        _rows_of(people, follows.follower), _rows_of(people, follows.followee),
        ones, follows.order, len(people), len(people),
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


def _rows_of(ids: I64, which: I64) -> I32:
    return np.searchsorted(ids, which).astype(np.int32)


def both_ways(
    rows: I32, columns: I32, flags: U8, order: I64, height: int, width: int
) -> tuple[Rows, Rows]:
    """The edges by row and by column, each once, newest first."""
    # Stable, by edge then by age: the last of a group is its newest.
    by_edge = np.lexsort((order, columns, rows))
    edges = (rows[by_edge].astype(np.int64) << 32) | columns[by_edge]
    starts = np.flatnonzero(np.diff(edges, prepend=-1))
    if not len(starts):
        return _no_edges(height), _no_edges(width)
    flag = merged(flags[by_edge], starts)
    newest = order[by_edge][np.append(starts[1:], len(edges)) - 1]
    row, column = rows[by_edge][starts], columns[by_edge][starts]
    return (
        _compressed(row, column, flag, newest, height),
        _compressed(column, row, flag, newest, width),
    )


def _no_edges(height: int) -> Rows:
    return Rows(np.zeros(height + 1, np.int64), np.empty(0, np.int32), np.empty(0, np.uint8))


def _compressed(row: I32, to: I32, flag: U8, newest: I64, height: int) -> Rows:
    ordered = np.lexsort((to, -newest, row))
    ptr = np.zeros(height + 1, np.int64)
    np.cumsum(np.bincount(row, minlength=height), out=ptr[1:])
    return Rows(ptr, to[ordered], flag[ordered])


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
