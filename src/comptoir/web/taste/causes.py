"""Why the actor sees a product, in people, acts and weights."""

from collections.abc import Sequence
from dataclasses import dataclass

from comptoir.catalog.queries import ProductView
from comptoir.discovery.acts import Act, Match
from comptoir.discovery.preferences import (
    OwnSignal,
    Preferences,
    Wanted,
    own_signals,
    preferences_of,
)
from comptoir.discovery.reasons import (
    Reason,
    matches_of,
    reasons_for,
    reasons_of_suggestions,
    taste_acts,
)
from comptoir.discovery.suggest import Suggestion, Voice, loved, why
from comptoir.people.actor import Actor
from comptoir.people.faces import Face
from comptoir.people.rows import rows_by_id

SHOWN = 12


@dataclass(frozen=True, slots=True)
class PersonCause:
    """Somebody whose acts count for the product. ``percent``: of the whole, rounded."""

    face: Face
    friend: bool
    acts: tuple[Act, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class ProductCause:
    """Something of the actor's own that it goes with (or against: a negative ``percent``)."""

    match: Match
    percent: int


@dataclass(frozen=True, slots=True)
class Causes:
    """All that the page "why do I see this" says.

    ``rest``: the percent of causes too small to be named. ``loved``: by how many different people
    it is, for all to see. ``mine``: what the actor did with it. ``less``: their wishes for less
    that it comes under.
    """

    reason: Reason
    personal: bool
    people: tuple[PersonCause, ...]
    products: tuple[ProductCause, ...]
    rest: int
    loved: int
    mine: tuple[OwnSignal, ...]
    less: tuple[Wanted, ...]

    @property
    def any(self) -> bool:
        return bool(self.people or self.products)


def causes_of(actor: Actor, product: ProductView) -> Causes:
    """Read with a number of queries that does not depend on how many causes there are."""
    wishes = preferences_of(actor)
    card = product.card
    voices = why(actor, card.id)
    named = Suggestion(card.id, 0.0, voices[:SHOWN], "circle" if voices else "loved")
    personal = actor.profile_id is not None and wishes.personalised
    reason = reasons_of_suggestions(actor, [named], personal=personal)[card.id]
    people = _people(actor, card.id, named.voices) if personal else ()
    products = _products(actor, named.voices) if personal else ()
    told = sum(one.percent for one in people) + sum(one.percent for one in products)
    return Causes(
        reason=reason,
        personal=personal,
        people=people,
        products=products,
        rest=max(0, 100 - told) if people or products else 0,
        loved=loved([card.id])[card.id],
        mine=tuple(own_signals(actor, product_id=card.id).rows),
        less=_less(wishes, product),
    )


def _people(actor: Actor, product_id: int, voices: Sequence[Voice]) -> tuple[PersonCause, ...]:
    speaking = [voice for voice in voices if voice.kind == "person"]
    faces = rows_by_id(actor, (voice.id for voice in speaking))
    acts: dict[int, list[Act]] = {}
    told = taste_acts(actor, [(product_id, voice.id) for voice in speaking]).get(product_id, [])
    for act in (*reasons_for(actor, [product_id])[product_id].acts, *told):
        known = acts.setdefault(act.face.id, [])
        if all(act.kind != one.kind for one in known):
            known.append(act)
    return tuple(
        PersonCause(
            faces[voice.id].face, voice.friend, tuple(acts[voice.id]), round(100 * voice.share)
        )
        for voice in speaking
        if voice.id in faces and voice.id in acts
    )


def _products(actor: Actor, voices: Sequence[Voice]) -> tuple[ProductCause, ...]:
    speaking = [voice for voice in voices if voice.kind == "product"]
    matches = matches_of(actor, (voice.id for voice in speaking))
    return tuple(
        ProductCause(matches[voice.id], round(100 * voice.share))
        for voice in speaking
        if voice.id in matches
    )


def _less(wishes: Preferences, product: ProductView) -> tuple[Wanted, ...]:
    """The wishes that the product comes under; of a category, those above it are meant too."""

    def meant(wish: Wanted) -> bool:
        if wish.kind == "category":
            return product.category == wish.name or product.category.startswith(f"{wish.name} >")
        return wish.product_id == product.card.id or wish.shop_id == product.card.shop_id

    return tuple(wish for wish in wishes.less if meant(wish))
