"""People and shops near an actor: by what they share, and by their circles."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from comptoir.discovery.asking import Asking, asking_of
from comptoir.discovery.live.asker import kinds_of
from comptoir.discovery.live.edges import I32
from comptoir.discovery.live.flags import FOLLOWERS_BITS
from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import best
from comptoir.discovery.live.world import Viewer
from comptoir.people.actor import Actor

LOOKED_AT = 120
NAMED = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """A person or a shop near the actor; ``likeness`` is 1 for the nearest.

    ``product_ids``: at most 3 that both acted on (of a shop: that would be suggested), which the
    actor may know of. ``friends``: at most 3 profiles the actor follows who follow them.
    """

    profile_id: int
    likeness: float
    product_ids: tuple[int, ...]
    friends: tuple[int, ...]


def people_like_you(actor: Actor, *, limit: int = 12) -> list[Alike]:
    """The people nearest to the actor, followed or not."""
    return _people(asking_of(actor), limit, followed=True)


def people_to_follow(actor: Actor, *, limit: int = 12, asking: Asking | None = None) -> list[Alike]:
    """The people nearest to the actor whom they do not follow."""
    return _people(asking or asking_of(actor), limit, followed=False)


def likeness(actor: Actor, profile_ids: Collection[int]) -> dict[int, float]:
    """How near each profile is, 0 to 1; 0 for those who are no peers of the actor."""
    asking, found = asking_of(actor), dict.fromkeys(profile_ids, 0.0)
    if not asking.personal:
        return found
    near = _near(asking)
    return {one: near.get(one, 0.0) for one in found}


def shops_you_may_like(
    actor: Actor, *, limit: int = 8, asking: Asking | None = None
) -> list[Alike]:
    """Shops the actor does not follow: whose products their circle speaks for, or that those they
    follow follow."""
    asking = asking or asking_of(actor)
    if not asking.personal:
        return []
    asker, place, viewer = asking.asker, asking.place, asking.viewer
    worths: dict[int, float] = {}
    products: dict[int, list[int]] = {}
    for product_id, shop_id, score in _products_spoken_for(asking):
        worths[shop_id] = worths.get(shop_id, 0.0) + score
        products.setdefault(shop_id, []).append(product_id)
    through = _followed_by(place, viewer)
    top_score, top_friends = max(worths.values(), default=1.0), _most(through)
    for one, friends in through.items():
        worths[one] = worths.get(one, 0.0) / top_score + len(friends) / top_friends
    kinds = kinds_of(worths)
    without = {asker.me, *asker.excluded, *asker.shops, *place.people.ids(viewer.friends)}
    shops = [one for one in worths if kinds.get(one) == "shop" and one not in without]
    shops.sort(key=lambda one: (-worths[one], one))
    highest = worths[shops[0]] if shops else 1.0
    return [
        Alike(
            one, worths[one] / highest, tuple(products.get(one, [])[:NAMED]),
            tuple(through.get(one, [])[:NAMED]),
        )
        for one in shops[:limit]
    ]  # fmt: skip


def _products_spoken_for(asking: Asking) -> list[tuple[int, int, float]]:
    """(product, shop, score) of the best, the highest first."""
    ranked = asking.ranked
    rows, scores = best(ranked.rows, ranked.scores, np.empty(0, np.int32), LOOKED_AT)
    ids = asking.place.products.ids(rows)
    may = asking.showable(ids)
    return [
        (one, may[one].shop_id, float(scores[at]) * may[one].worth)
        for at, one in enumerate(ids)
        if one in may
    ]


def _followed_by(place: Place, viewer: Viewer) -> dict[int, list[int]]:
    """Whom those one follows follow, each with those who do."""
    found: dict[int, list[int]] = {}
    friends = _speaking(place, viewer)[:LOOKED_AT]
    for row, friend in zip(friends, place.people.ids(friends), strict=True):
        followed, _ = place.follows.row_of(int(row))
        for one in place.people.ids(followed[:LOOKED_AT]):
            found.setdefault(one, []).append(friend)
    return found


def _speaking(place: Place, viewer: Viewer) -> I32:
    """Whom the viewer follows and who may speak to them: neither set aside by either nor silent."""
    friends = viewer.friends[~np.isin(viewer.friends, viewer.excluded)]
    speaking: I32 = friends[place.world.silent[friends] == 0]
    return speaking


def _most(through: dict[int, list[int]]) -> int:
    return max((len(friends) for friends in through.values()), default=1)


def _near(asking: Asking) -> dict[int, float]:
    """Peers by id, the nearest first, as parts of the nearest."""
    peers, voices = asking.near
    ordered = np.lexsort((peers, -voices))
    top = float(voices.max(initial=0.0)) or 1.0
    ids = asking.place.people.ids(peers[ordered])
    return {one: float(voice) / top for one, voice in zip(ids, voices[ordered], strict=True)}


def _people(asking: Asking, limit: int, *, followed: bool) -> list[Alike]:
    if not asking.personal:
        return []
    place, viewer, near = asking.place, asking.viewer, _near(asking)
    friends = set(place.people.ids(viewer.friends))
    open_ = [one for one in near if followed or one not in friends][:LOOKED_AT]
    kinds = kinds_of(open_)
    people = [one for one in open_ if kinds.get(one) == "person"][:limit]
    shared = {one: _shared(place, viewer, one, one in friends) for one in people}
    may = asking.showable([product for products in shared.values() for product in products])
    return [
        Alike(
            one, near[one], tuple(product for product in shared[one] if product in may)[:NAMED],
            _through(place, viewer, one),
        )
        for one in people
    ]  # fmt: skip


def _shared(place: Place, viewer: Viewer, profile_id: int, friend: bool) -> list[int]:
    """Products that both acted on, as the viewer may know of, the rarest first."""
    to, flags = place.acts.row_of(place.people.row(profile_id))
    told = to[(flags >> (FOLLOWERS_BITS if friend else 0)) & 3 > 0]
    both = np.intersect1d(told, viewer.mine)
    rarest = both[np.argsort(place.counts[both], kind="stable")]
    return place.products.ids(rarest[: 2 * NAMED])


def _through(place: Place, viewer: Viewer, profile_id: int) -> tuple[int, ...]:
    """Those whom the viewer follows and who follow this person."""
    into, _ = place.follows.column_of(place.people.row(profile_id))
    return tuple(place.people.ids(np.intersect1d(into, _speaking(place, viewer))[:NAMED]))
