"""What the data files leave to chance: who follows, likes and keeps what.

Everything follows from friendships, tastes and fame by a fixed seed: the same town, the same web.
"""

from random import Random
from typing import NamedTuple

from comptoir.demo.records import Post, Town

SEED = 1931


class Keep(NamedTuple):
    """`days` before loading; `audience` is one of people.models.Audience."""

    by: str
    ref: str
    days: float
    audience: str


def follows(town: Town) -> list[tuple[str, str]]:
    """Who follows whom (people and shops): friends mostly, the famous by many, shops by taste."""
    chance = Random(SEED)
    friends = {
        (one, other)
        for circle in town.circles.values()
        for one in circle
        for other in circle
        if one != other
    }
    found: list[tuple[str, str]] = []
    for one in town.people:
        for other in town.people:
            if one is other:
                continue
            shared = len(set(one.likes) & set(other.likes))
            pull = (
                0.8
                if (one.handle, other.handle) in friends
                else ((other.fame / 10) ** 2 * 0.42 * (0.5 + 0.35 * shared))
            )
            if chance.random() < pull:
                found.append((one.handle, other.handle))
        found += [
            (one.handle, shop.handle)
            for shop in town.shops
            if shop.owner == one.handle or shop.handle in one.likes or chance.random() < 0.16
        ]
    return found


def reactions(town: Town, web: set[tuple[str, str]]) -> list[tuple[str, Post]]:
    """Who likes which post: mostly those who follow its author, more of what is warm."""
    chance = Random(SEED + 1)
    found = []
    for post in town.posts:
        for one in town.people:
            near = (one.handle, post.by) in web
            pull = post.warmth / 10 * (0.55 if near else 0.12)
            if one.handle != post.by and chance.random() < pull:
                found.append((one.handle, post))
    return found


def keeps(town: Town) -> list[Keep]:
    """What each person keeps for later, of the shops they like; one thing in ten in secret."""
    chance = Random(SEED + 2)
    found = []
    for one in town.people:
        liked = [p.ref for shop in town.shops if shop.handle in one.likes for p in shop.products]
        for ref in chance.sample(liked, min(len(liked), chance.randint(3, 10))):
            audience = chance.choices(("everyone", "followers", "me"), (7, 2, 1))[0]
            found.append(Keep(one.handle, ref, chance.uniform(0.05, 20), audience))
    return sorted(found, key=lambda keep: -keep.days)


def newcomers(town: Town) -> dict[str, float]:
    """Products that came in lately, and how many days ago: up to three of each shop, chosen among
    those that nobody has bought, shown or recommended yet."""
    spoken = {ref for post in town.posts for ref in post.shows}
    spoken |= {one.ref for one in town.recommendations}
    spoken |= {ref for order in town.orders for ref, _count in order.lines}
    chance, found = Random(SEED + 3), dict[str, float]()
    for shop in town.shops:
        quiet = [product.ref for product in shop.products if product.ref not in spoken]
        for ref in quiet[-3:]:
            found[ref] = chance.uniform(0.1, 3.5)
    return found
