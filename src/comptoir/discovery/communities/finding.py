"""Groups of people who are near each other: peers as a weighted graph, cut by the Leiden method.

Traag, Waltman and van Eck, "From Louvain to Leiden" (2019): modularity, every group connected.
Time and memory are bounded: what too many people act on (or follow) is left out, since it says
little of taste and costs the square of its people; each person keeps their nearest alone; and the
nearest are looked for some people at a time.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from graspologic_native import leiden_csr

from comptoir.discovery.ranking.graph import Floats, Graph, Ints, Sparse, counts, graph
from comptoir.discovery.ranking.peers import Peers, PeerSettings
from comptoir.discovery.ranking.weights import scaled, strongest

SMALLEST = 5  # people: fewer are no community
ENOUGH_ACTS = 3  # with fewer, one is placed only if clearly near
CLEARLY = 0.6  # of what is near, in one community …
CLEARLY_NEAR = 3  # … and at least this many people of it
NEAREST = 15  # people that each person is tied to
TOO_COMMON = 1000  # people of one product, or followers of one profile
AT_A_TIME = 256
SEED = 20

# Of what was tried on planted towns (ADR 12); nothing else of the settings is used.
NEARNESS = PeerSettings(taste=1.0, circle=0.4, shrink=20.0)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """``people``: rows of the graph, ascending; ``closeness``: how much of what is near to each of
    them is in the group, above 0 to 1."""

    people: Ints
    closeness: Floats


def groups_of(whole: Graph, *, seed: int = SEED) -> list[Group]:
    """The communities of taste in a graph of public acts, the largest first.

    The same graph and seed give the same groups. Nobody is in two; many are in none.
    """
    acts = counts(whole.acts, 1)
    core = np.flatnonzero(acts >= ENOUGH_ACTS)
    few = np.flatnonzero((acts > 0) & (acts < ENOUGH_ACTS))
    if len(core) < SMALLEST:
        return []
    peers = Peers(_telling(whole), NEARNESS)
    ties = _ties(peers, core, core)
    ties = sp.csr_matrix(0.5 * ties + 0.5 * ties.T)
    parts = _parts(ties, seed)
    shares = _shares(ties, parts)
    own = np.asarray(parts.multiply(shares).sum(axis=1)).ravel()
    loose, near = _clearly_near(_ties(peers, few, core), parts)
    people, closeness = np.concatenate([core, few]), np.concatenate([own, near])
    placed = sp.vstack([parts, loose]).tocsc()
    found = []
    for part in range(placed.shape[1]):
        rows = placed.indices[placed.indptr[part] : placed.indptr[part + 1]]
        rows = rows[np.argsort(people[rows])]
        found.append(Group(people[rows], closeness[rows]))
    return sorted(found, key=lambda group: (-len(group.people), int(group.people[0])))


def _telling(whole: Graph) -> Graph:
    """Without the products and profiles that too many people have in common."""
    acts, follows = (
        scaled(part, columns=(counts(part, 0) <= TOO_COMMON).astype(np.float64))
        for part in (whole.acts, whole.follows)
    )
    return graph(acts, follows)


def _ties(peers: Peers, people: Ints, core: Ints) -> Sparse:
    """People × core: how near the nearest of the core are to each of them."""
    rows = []
    for start in range(0, len(people), AT_A_TIME):
        near = peers.similarity(people[start : start + AT_A_TIME])
        rows.append(strongest(sp.csr_matrix(near[:, core]), NEAREST))
    return sp.csr_matrix(sp.vstack(rows)) if rows else sp.csr_matrix((0, len(core)))


def _parts(ties: Sparse, seed: int) -> Sparse:
    """Core × parts of the Leiden method, 1 where someone is; parts that are too small are none."""
    size = ties.shape[0]
    if not ties.nnz:
        return sp.csr_matrix((size, 0))
    whole, column, weight = ties.indptr, ties.indices, ties.data
    _, labels = leiden_csr(
        whole.astype(np.int64),
        column.astype(np.int32),
        weight.astype(np.float64),
        size,
        iterations=3,
        seed=seed,
    )
    people = np.fromiter(labels.keys(), np.int64, len(labels))
    parts = np.fromiter(labels.values(), np.int64, len(labels))
    large = np.bincount(parts) >= SMALLEST
    column_of = np.cumsum(large) - 1
    kept = large[parts]
    where = (people[kept], column_of[parts[kept]])
    return sp.csr_matrix((np.ones(int(kept.sum())), where), shape=(size, int(large.sum())))


def _shares(ties: Sparse, parts: Sparse) -> Sparse:
    """Whose ties × parts: how much of all that is near to each is in each part, 0 to 1."""
    near = np.asarray(ties.sum(axis=1)).ravel()
    return scaled(sp.csr_matrix(ties @ parts), rows=1 / np.where(near > 0, near, 1))


def _clearly_near(ties: Sparse, parts: Sparse) -> tuple[Sparse, Floats]:
    """People × parts, 1 in the part that each is clearly near to; and how near."""
    if not ties.shape[0] or not parts.shape[1]:
        return sp.csr_matrix((ties.shape[0], parts.shape[1])), np.zeros(ties.shape[0])
    shares = _shares(ties, parts)
    best = np.asarray(shares.argmax(axis=1)).ravel()
    everyone = np.arange(len(best))
    share = np.asarray(shares[everyone, best]).ravel()
    heads = np.asarray((ties.sign() @ parts)[everyone, best]).ravel()
    sure = np.flatnonzero((share >= CLEARLY) & (heads >= CLEARLY_NEAR))
    where = (np.ones(len(sure)), (sure, best[sure]))
    return sp.csr_matrix(where, shape=shares.shape), share
