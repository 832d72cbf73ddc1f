"""A made-up social graph of any size, heavy-tailed and with tastes, the same for the same size.

People and products belong to communities of taste of a few thousand each, so that peers exist. A
person acts in their own community, in two others, and on what everybody likes; whom they follow
goes the same way, and a part follows back. The density of rank r falls as a power of r.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Part = NDArray[Any]

KINDS = ("kept", "recommended", "bought", "liked")
KIND_SHARES = (0.6, 0.15, 0.15, 0.1)
AUDIENCES = ("everyone", "followers", "me")
AUDIENCE_SHARES = (0.97, 0.02, 0.01)
COMMUNITY = 2_000  # people of a community, on the average
MINUTES = 2 * 365 * 24 * 60  # acts are spread over two years
CHUNK = 50_000  # people drawn at a time: what bounds the memory


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; ``acts`` and ``follows`` are met within a thousandth or so."""

    people: int = 1_000_000
    products: int = 1_000_000
    acts: int = 50_000_000
    follows: int = 20_000_000
    seed: int = 20_250_101

    def divided(self, by: int) -> "Size":
        """The same shape, so many times smaller."""
        people, products = self.people // by, self.products // by
        return Size(people, products, self.acts // by, self.follows // by, self.seed)

    @property
    def name(self) -> str:
        return f"{self.people}_{self.products}_{self.acts}_{self.follows}_{self.seed}"


@dataclass(frozen=True, slots=True)
class SocialGraph:
    """Rows by person, numbers from 0: acts of p are ``[acts_start[p], acts_start[p + 1])``.

    ``kinds`` and ``audiences`` are places in KINDS and AUDIENCES, ``minutes`` since the start.
    """

    acts_start: Part
    products: Part
    kinds: Part
    audiences: Part
    minutes: Part
    follows_start: Part
    followees: Part

    @property
    def people(self) -> int:
        return len(self.acts_start) - 1


PARTS = tuple(SocialGraph.__slots__)


def social_graph(size: Size, folder: Path) -> SocialGraph:
    """The graph of that size, mapped from ``folder``; made and kept there if it is not yet."""
    kept = folder / f"social_{size.name}"
    if not (kept / f"{PARTS[-1]}.npy").exists():
        kept.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        for name, part in made(size).items():  # the last one written says that all are there
            np.save(kept / name, part)
        print(f"graph of {size.people:,} made in {time.perf_counter() - begun:.0f} s", flush=True)
    return SocialGraph(*(np.load(kept / f"{name}.npy", mmap_mode="r") for name in PARTS))


def made(size: Size) -> dict[str, Part]:
    """The parts of the graph, in the order of PARTS."""
    rng = np.random.default_rng(size.seed)
    communities = max(4, size.people // COMMUNITY)
    people = Homes.drawn(rng, size.people, communities)
    things = Homes.drawn(rng, size.products, communities)
    tastes = np.stack([people.of, *rng.integers(communities, size=(2, size.people))])
    lively = rng.lognormal(0, 1.1, size.people)
    wanted = _shared_out(lively, size.acts, min(3_000, size.products // 4))
    acts_start, products = _drawn(rng, wanted, things, tastes)
    count = len(products)
    circles = lively**0.7 * rng.lognormal(0, 0.8, size.people)
    most = min(5_000, size.people // 4)
    first = _shared_out(circles, round(size.follows * 0.8), most)
    follows_start, followees = _answered(rng, size, *_drawn(rng, first, people, tastes))
    return {
        "acts_start": acts_start,
        "products": products.astype(np.int32),
        "kinds": rng.choice(len(KINDS), count, p=KIND_SHARES).astype(np.uint8),
        "audiences": rng.choice(len(AUDIENCES), count, p=AUDIENCE_SHARES).astype(np.uint8),
        "minutes": rng.integers(MINUTES, size=count, dtype=np.int32),
        "follows_start": follows_start,
        "followees": followees.astype(np.int32),
    }


@dataclass(frozen=True, slots=True)
class Homes:
    """Who or what is of which community, and each community's members, the most liked first."""

    of: Ints
    members: Ints
    start: Ints

    @classmethod
    def drawn(cls, rng: np.random.Generator, count: int, communities: int) -> "Homes":
        shares = np.arange(1, communities + 1) ** -0.3
        of = rng.choice(communities, count, p=shares / shares.sum())
        order = np.argsort(of, kind="stable")
        ends = np.cumsum(np.bincount(of, minlength=communities))
        return cls(of, order, np.concatenate([[0], ends]))

    def among(self, rng: np.random.Generator, communities: Ints) -> Ints:
        """A member of each of those communities; of rank r with a density as r^-0.6."""
        size = self.start[communities + 1] - self.start[communities]
        rank = (size * rng.random(len(communities)) ** 2.5).astype(np.int64)
        last = len(self.members) - 1  # an empty community lends its neighbour's first
        return np.asarray(self.members[np.minimum(self.start[communities] + rank, last)])

    def anywhere(self, rng: np.random.Generator, count: int) -> Ints:
        """Members of rank r of all with a density as r^-0.75, whatever their community."""
        size = len(self.members)
        rank = (size * rng.random(count) ** 4.0).astype(np.int64)
        return (rank * _stride(size)) % size  # spreads the most liked over the communities


def _stride(size: int) -> int:
    """A number without common factor with ``size``, near its golden section."""
    stride = max(1, int(size * 0.618))
    while np.gcd(stride, size) != 1:
        stride += 1
    return stride


def _shared_out(weights: NDArray[np.float64], total: int, most: int) -> Ints:
    """``total`` shared by weight, at least one and at most ``most`` each."""
    shares = np.clip(weights * total / weights.sum(), 1, most)
    for _ in range(4):  # what the clipped cannot take goes to the others
        shares = np.clip(shares * total / shares.sum(), 1, most)
    return np.asarray(np.floor(shares + 0.5), dtype=np.int64)


def _drawn(rng: np.random.Generator, wanted: Ints, homes: Homes, tastes: Ints) -> tuple[Ints, Part]:
    """For each person as many distinct members of ``homes`` as wanted: starts, and who or what."""
    chosen, taken = [], np.zeros_like(wanted)
    for low in range(0, len(wanted), CHUNK):
        some = slice(low, low + CHUNK)
        person, other = _chunk(rng, wanted[some], homes, tastes[:, some])
        taken[some] = np.bincount(person, minlength=len(wanted[some]))
        chosen.append(other.astype(np.int32))
    return np.concatenate([[0], np.cumsum(taken)]), np.concatenate(chosen)


def _chunk(rng: np.random.Generator, wanted: Ints, homes: Homes, tastes: Ints) -> tuple[Ints, Ints]:
    count = len(homes.members)
    keys = np.empty(0, dtype=np.int64)
    for _ in range(6):  # what was drawn twice is drawn again
        missing = wanted - np.bincount(keys // count, minlength=len(wanted))
        if not (missing > 0).any():
            break
        person = np.repeat(np.arange(len(wanted)), np.where(missing > 0, missing * 5 // 4 + 1, 0))
        which = rng.choice(4, len(person), p=(0.5, 0.2, 0.1, 0.2))
        community = tastes[np.minimum(which, 2), person]
        other = np.where(which < 3, homes.among(rng, community), homes.anywhere(rng, len(person)))
        new = np.setdiff1d(person * count + other, keys)
        keys = np.concatenate([keys, _at_most(rng, new, new // count, np.maximum(missing, 0))])
    keys.sort()
    return keys // count, keys % count


def _at_most(rng: np.random.Generator, keys: Ints, person: Ints, most: Ints) -> Ints:
    """``keys``, sorted by person, without the surplus of each, which chance chooses."""
    order = np.lexsort((rng.random(len(keys)), person))
    first = np.searchsorted(person, np.arange(len(most)))
    place = np.arange(len(keys)) - first[person]
    return np.asarray(keys[order[place < most[person]]])


def _answered(
    rng: np.random.Generator, size: Size, start: Ints, followees: Part
) -> tuple[Ints, Part]:
    """The follows, a part of them answered by a follow back, nobody following themselves."""
    follower = np.repeat(np.arange(size.people), np.diff(start))
    back = rng.random(len(follower)) < 0.3
    keys = np.concatenate(
        [follower * size.people + followees, followees[back].astype(np.int64) * size.people
         + follower[back]]
    )  # fmt: skip
    keys = np.unique(keys[keys // size.people != keys % size.people])
    if len(keys) > size.follows:
        keys = np.delete(keys, rng.choice(len(keys), len(keys) - size.follows, replace=False))
    ends = np.cumsum(np.bincount(keys // size.people, minlength=size.people))
    return np.concatenate([[0], ends]), keys % size.people
