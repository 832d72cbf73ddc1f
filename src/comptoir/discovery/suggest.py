"""What the engine suggests to an actor: products, with those who caused each.

Everything returned may be known by the actor. Paid and interested acts are no signals, so nothing
here can be bought.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from django.db import connection

from comptoir.discovery.alike import (
    Alike,
    likeness,
    people_like_you,
    people_to_follow,
    shops_you_may_like,
)
from comptoir.discovery.asking import Asking, asking_of
from comptoir.discovery.kinship import AMONG, kinship_of
from comptoir.discovery.live.edges import I32
from comptoir.discovery.live.engine import ENGINE
from comptoir.discovery.live.rank import Heard, best
from comptoir.discovery.live.world import F64
from comptoir.people.actor import Actor

__all__ = [
    "Alike", "Suggestion", "Voice", "bought_together", "for_you", "like_this", "likeness", "loved",
    "people_like_you", "people_to_follow", "shops_you_may_like", "spoken_for", "weigh", "why",
]  # fmt: skip

SHOWN_VOICES = 3
# So many of the best are looked at, that what may not be shown leaves enough; twice as many again
# and again, up to so many, until it does.
SPARE = 12
FARTHEST = 2000
MOST = 600
# Every so many places one product that hardly anybody knows yet.
NEW_EVERY = 8
NEW_LOOKED_AT = 4  # for each of those places, since some may not be shown, or are of one shop
# Of one shop; it could fill all of those places by itself.
NEW_OF_A_SHOP = 2
# One person's two purchases are no pair of products.
FEWEST_BUYERS = 2

OF_ITS_KIND = """
SELECT o.id FROM catalog_product p JOIN LATERAL (
  SELECT id FROM catalog_product o WHERE o.shop_id = p.shop_id AND o.status = 'active'
    AND o.id <> p.id AND o.category = p.category
  ORDER BY o.id DESC LIMIT 24) o ON true
WHERE p.id = %(product)s
"""


class Voice(NamedTuple):
    """One cause of a score: a person who acted, or a product of the actor's own that goes with it.

    ``share``: the part of the whole score, 0 to 1 (a product's may be negative). ``friend``: a
    person whom the actor follows.
    """

    kind: Literal["person", "product"]
    id: int
    share: float
    friend: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product and why. ``voices``: the strongest, at most 3.

    ``kind``: "circle" (people near), "pairs" (goes with what was acted on), "loved" (by many
    different people), "new" (hardly anybody knows it), "similar" (of the same kind and shop) or
    "found" (by something else, such as its words).
    ``people``: beside another product, how many different people acted on both.
    """

    product_id: int
    score: float
    voices: tuple[Voice, ...] = ()
    kind: str = "circle"
    people: int = 0


def for_you(
    actor: Actor, *, limit: int = 24, offset: int = 0, asking: Asking | None = None
) -> list[Suggestion]:
    """What one's circle speaks for, then what is loved by many; now and then something new.

    ``asking``: of the actor, where a page asks more than this.
    """
    asking = asking or asking_of(actor)
    wanted = min(offset + limit, MOST)
    new = asking.ranker.hardly_known()
    few_new = new[: NEW_LOOKED_AT * (wanted // NEW_EVERY + 1)]
    found = _by_circle(asking, wanted, few_new) if asking.personal else []
    known = {one.product_id for one in found} | set(asking.place.products.ids(asking.had))
    if len(found) < wanted:
        found += _loved(asking, wanted - len(found), known)
        known |= {one.product_id for one in found}
    open_ = new if len(found) < wanted else few_new
    few, more = _new(asking, [one for one in open_ if one not in known])
    return [*_with_new(found, few, wanted), *more][offset:wanted]


def like_this(actor: Actor, product_id: int, *, limit: int = 12) -> list[Suggestion]:
    """What people who acted on a product acted on too; then others of its kind and shop.

    Of the former, what has the product's category comes first, then what is under the same parent,
    then all else, each by its score, which is the people's alone.
    """
    asking = asking_of(actor)
    found = _also(asking, product_id, AMONG, purchases=False)
    kin = kinship_of(product_id, [one.product_id for one in found])
    found.sort(key=lambda one: (-kin[one.product_id], -one.score))
    if len(found) < limit:
        known = {one.product_id for one in found}
        ids = [one for one in _ids(OF_ITS_KIND, {"product": product_id}) if one not in known]
        may = asking.showable(ids)
        found += [Suggestion(one, 0.0, (), "similar") for one in ids if one in may]
    return found[:limit]


def bought_together(actor: Actor, product_id: int, *, limit: int = 8) -> list[Suggestion]:
    """What public buyers of a product bought too, at least ``FEWEST_BUYERS`` of them."""
    return _also(asking_of(actor), product_id, limit, purchases=True)


def weigh(actor: Actor, product_ids: Collection[int]) -> dict[int, float]:
    """How much one's circle speaks for each of these products, 0 to 1; 1 is what it says loudest.

    For a visitor: how much they are loved by many different people.
    """
    asking = asking_of(actor)
    place = asking.place
    rows = {one: place.products.row(one) for one in product_ids}
    if not asking.personal:
        counts = np.log1p(place.counts)
        top = float(counts.max(initial=0.0))
        return {one: float(counts[row]) / top if row >= 0 and top else 0.0
                for one, row in rows.items()}  # fmt: skip
    ranked = asking.ranked
    top = float(ranked.scores.max(initial=0.0))
    asked = np.isin(ranked.rows, list(rows.values()))
    said = dict(zip(ranked.rows[asked].tolist(), ranked.scores[asked].tolist(), strict=True))
    return {one: said.get(row, 0.0) / top if top else 0.0 for one, row in rows.items()}


def loved(product_ids: Iterable[int], asking: Asking | None = None) -> dict[int, int]:
    """By how many different people, whom the place knows, each product is loved for all to see."""
    ranker = asking.ranker if asking else ENGINE.ranker()
    products = ranker.place.products
    return {one: ranker.known_actors(products.row(one)) for one in product_ids}


def why(actor: Actor, product_id: int) -> tuple[Voice, ...]:
    """Every cause of a product's score for the actor, strongest first; shares sum to 1.

    Empty when nobody near and nothing of the actor's speaks for it.
    """
    asking = asking_of(actor)
    row = asking.place.products.row(product_id)
    if not asking.personal or row < 0:
        return ()
    (heard,) = asking.ranker.heard(asking.ranked, np.array([row], np.int32))
    return _voices(asking, heard, set(asking.viewer.friends.tolist()))


def spoken_for(asking: Asking, product_ids: Sequence[int]) -> list[Suggestion]:
    """These products, in their order, with those who speak for each; of a visitor's, nobody."""
    found = {one: Suggestion(one, 0.0, (), "found") for one in product_ids}
    if not asking.personal:
        return list(found.values())
    products, friends = asking.place.products, set(asking.viewer.friends.tolist())
    rows = products.rows(list(found))
    rows = rows[np.isin(rows, asking.ranked.rows)]
    if len(rows):
        told = asking.ranker.heard(asking.ranked, rows, SHOWN_VOICES)
        for one, heard in zip(products.ids(rows), told, strict=True):
            found[one] = replace(
                found[one], score=heard.whole, voices=_voices(asking, heard, friends)
            )
    return list(found.values())


def _by_circle(asking: Asking, wanted: int, soon: Sequence[int]) -> list[Suggestion]:
    ranked, products = asking.ranked, asking.place.products
    had = asking.had
    shown = _showable(
        asking, wanted, lambda most: best(ranked.rows, ranked.scores, had, most), soon=soon
    )
    rows = products.rows([one for one, _ in shown])
    told = asking.ranker.heard(ranked, rows, SHOWN_VOICES)
    friends = set(ranked.viewer.friends.tolist())
    return [
        _suggestion(one, score, _voices(asking, heard, friends))
        for (one, score), heard in zip(shown, told, strict=True)
    ]


def _showable(
    asking: Asking,
    wanted: int,
    first: Callable[[int], tuple[I32, F64]],
    without: Collection[int] = (),
    soon: Sequence[int] = (),
) -> list[tuple[int, float]]:
    """Up to ``wanted`` products that may be shown, with scores, the best first.

    ``first``: so many of the best, rows with scores. ``soon``: what will be asked for besides.
    """
    products, ahead = asking.place.products, wanted + len(without) + SPARE
    looked, shown = 0, list[tuple[int, float]]()
    while True:
        rows, scores = first(ahead)
        ids = products.ids(rows[looked:])
        may = asking.showable((one for one in ids if one not in without), soon)
        shown += [
            (one, float(score) * may[one].worth)
            for one, score in zip(ids, scores[looked:], strict=True)
            if one in may
        ]
        looked = len(rows)
        if len(shown) >= wanted or looked < ahead or ahead >= FARTHEST:
            break
        ahead = min(2 * ahead, FARTHEST)
    return sorted(shown, key=lambda one: -one[1])[:wanted]


def _suggestion(product_id: int, score: float, voices: tuple[Voice, ...]) -> Suggestion:
    people = any(voice.kind == "person" for voice in voices)
    return Suggestion(product_id, score, voices, "circle" if people else "pairs")


def _voices(asking: Asking, heard: Heard, friends: set[int]) -> tuple[Voice, ...]:
    place, found = asking.place, []
    for cause in heard.causes:
        ids = place.people if cause.kind == "person" else place.products
        share = cause.amount / heard.whole if heard.whole else 0.0
        friend = cause.kind == "person" and cause.id in friends
        found.append(Voice(cause.kind, ids.one(cause.id), share, friend))
    return tuple(found)


def _loved(asking: Asking, limit: int, without: set[int]) -> list[Suggestion]:
    rows, counts = asking.ranker.loved(FARTHEST)
    shown = _showable(asking, limit, lambda most: (rows[:most], counts[:most]), without)
    return [Suggestion(one, score, (), "loved") for one, score in shown]


def _new(asking: Asking, ids: Sequence[int]) -> tuple[list[Suggestion], list[Suggestion]]:
    """Few of each shop, that none can fill all places by itself, and the rest."""
    few, more, of_shop = list[Suggestion](), list[Suggestion](), Counter[int]()
    for one, product in asking.showable(ids).items():
        of_shop[product.shop_id] += 1
        found = few if of_shop[product.shop_id] <= NEW_OF_A_SHOP else more
        found.append(Suggestion(one, 0.0, (), "new"))
    return few, more


def _with_new(found: list[Suggestion], new: list[Suggestion], most: int) -> list[Suggestion]:
    """The list with something new at every ``NEW_EVERY``-th place, and after its end."""
    mixed: list[Suggestion] = []
    fresh, rest = iter(new), iter(found)
    while len(mixed) < most:
        sources = (fresh, rest) if len(mixed) % NEW_EVERY == NEW_EVERY - 1 else (rest, fresh)
        one = next(sources[0], None) or next(sources[1], None)
        if one is None:
            break
        mixed.append(one)
    return mixed


def _also(asking: Asking, product_id: int, limit: int, *, purchases: bool) -> list[Suggestion]:
    place = asking.place
    row = place.products.row(product_id)
    if row < 0:
        return []
    rows, worths, people = asking.ranker.acted_also(asking.viewer, row, purchases=purchases)
    enough = people >= (FEWEST_BUYERS if purchases else 1)
    both = dict(zip(rows.tolist(), people.tolist(), strict=True))
    rows, worths = best(rows[enough], worths[enough], np.empty(0, np.int32), limit + SPARE)
    ids = place.products.ids(rows)
    may = asking.showable(ids)
    found = [
        Suggestion(one, float(worths[at]) * may[one].worth, (), "pairs", both[int(rows[at])])
        for at, one in enumerate(ids)
        if one in may
    ]
    return sorted(found, key=lambda one: -one.score)[:limit]


def _ids(sql: str, params: dict[str, int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]
