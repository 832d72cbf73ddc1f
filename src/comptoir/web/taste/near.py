"""People and shops near the actor, as pages show them: each with why."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.discovery.asking import Asking, asking_of
from comptoir.discovery.suggest import (
    Alike,
    people_like_you,
    people_to_follow,
    shops_you_may_like,
)
from comptoir.people.actor import Actor
from comptoir.people.faces import Face
from comptoir.people.queries import FollowRow
from comptoir.people.rows import rows_by_id
from comptoir.people.suggestions import suggestions_for


@dataclass(frozen=True, slots=True)
class NearRow:
    """Somebody near: ``products`` that both chose (a shop's: that one may like), ``friends`` who
    follow them. ``percent``: likeness, 100 for the nearest; 0 for whom nothing is known of."""

    row: FollowRow
    percent: int = 0
    products: tuple[ProductCard, ...] = ()
    friends: tuple[Face, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """Whom one may follow."""

    people: tuple[NearRow, ...] = ()
    shops: tuple[NearRow, ...] = ()


def near_of(actor: Actor, each: int = 4, asking: Asking | None = None) -> Near:
    """Up to ``each`` people and as many shops that the actor does not follow; those whom their
    friends follow, then the newest, as long as nothing is known of their taste."""
    asking = asking or asking_of(actor)
    people = people_to_follow(actor, limit=each, asking=asking)
    shops = shops_you_may_like(actor, limit=each, asking=asking)
    near = Near(rows_of(actor, people), rows_of(actor, shops))
    if len(near.people) == len(near.shops) == each:
        return near
    others = suggestions_for(actor, each=2 * each)
    rest = {
        kind: [NearRow(row, friends=others.friends.get(row.face.id, ())) for row in rows]
        for kind, rows in (("people", others.people), ("shops", others.shops))
    }
    return Near(
        _filled(near.people, rest["people"], each), _filled(near.shops, rest["shops"], each)
    )


def _filled(near: tuple[NearRow, ...], others: Sequence[NearRow], most: int) -> tuple[NearRow, ...]:
    shown = {one.row.face.id for one in near}
    return (*near, *(one for one in others if one.row.face.id not in shown))[:most]


def people_like(actor: Actor, limit: int = 12) -> tuple[NearRow, ...]:
    """The people nearest to the actor, followed or not."""
    return rows_of(actor, people_like_you(actor, limit=limit))


def rows_of(actor: Actor, found: Sequence[Alike]) -> tuple[NearRow, ...]:
    """Rows in the same order, in two queries; without those whom the actor may not know of."""
    if not found:
        return ()
    profiles = [one.profile_id for one in found]
    rows = rows_by_id(actor, [*profiles, *(friend for one in found for friend in one.friends)])
    cards = cards_of(actor, (product_id for one in found for product_id in one.product_ids))
    return tuple(
        NearRow(
            rows[one.profile_id],
            round(100 * one.likeness),
            tuple(cards[product_id] for product_id in one.product_ids if product_id in cards),
            tuple(rows[friend].face for friend in one.friends if friend in rows),
        )
        for one in found
        if one.profile_id in rows
    )
