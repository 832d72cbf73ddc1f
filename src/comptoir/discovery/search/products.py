"""Products by relevance × what one's circle says, in pages, with facets; mistakes mended."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.discovery.asking import Asking, asking_of
from comptoir.discovery.search.candidates import MOST, Asked, Candidates, candidates
from comptoir.discovery.search.circle import NOBODY, Circle, circle_of
from comptoir.discovery.search.facets import FACETS, NOTHING_CHOSEN, Choice, Facet, facet_of
from comptoir.discovery.search.lexicon import (
    Meaning,
    as_written,
    corrected,
    likely,
    meanings,
    query_of,
)
from comptoir.discovery.search.words import typed
from comptoir.people.actor import Actor

PAGE_SIZE = 24
# What one's circle says loudest of counts this many times what nobody says anything of.
CIRCLE_FACTOR = 4.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. ``circle``: only what one's circle speaks for; ``page`` counts from 1;
    ``exactly``: the words as typed, mistakes not mended."""

    words: str
    choice: Choice = NOTHING_CHOSEN
    circle: bool = False
    page: int = 1
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of products, and what is said above them.

    ``total`` counts at most 2,000: ``more_than_total`` says that there may be more, and facets then
    count among those. ``mended``: the words that were searched instead of those typed; ``meant``:
    words that may have been meant, not searched; ``some_words``: nothing has all the words, and
    these have some. ``best``: all of them, best first; ``query``: what was searched, a tsquery.
    """

    ids: Sequence[int]
    total: int
    more_than_total: bool
    facets: Sequence[Facet]
    next_page: int | None
    mended: str = ""
    meant: str = ""
    some_words: bool = False
    best: Sequence[int] = ()
    query: str = ""


NOTHING = Found((), 0, False, (), None)


def find_products(actor: Actor, wish: Wish, asking: Asking | None = None) -> Found:
    """One page of 24. Seven statements at most, one more for each facet chosen.

    ``asking``: of the actor, where a page asks more than this.
    """
    words = typed(wish.words)
    said = meanings(words)
    if not said:
        return NOTHING
    circle = NOBODY
    if actor.profile_id is not None:
        circle = circle_of(asking or asking_of(actor))
    mended, meant, some_words = "", "", False
    asked = _asked(said, wish, circle)
    found = candidates(actor, asked)
    better = () if wish.exactly else corrected(said)
    if better and found.ids:
        meant = " ".join(as_written(better))
    elif better:
        again = _asked(meanings(better), wish, circle)
        instead = candidates(actor, again)
        if instead.ids:
            found, asked, mended = instead, again, " ".join(as_written(better))
    if not found.ids and len(said) > 1:
        asked = _asked(said, wish, circle, any_word=True)
        found = candidates(actor, asked)
        some_words = bool(found.ids)
    return _page(actor, wish, asked, found, circle, (mended, meant, some_words))


def search_products(actor: Actor, words: str, *, limit: int = PAGE_SIZE) -> list[ProductCard]:
    """Up to so many products that match, by relevance × what one's circle says."""
    found = find_products(actor, Wish(words))
    cards = cards_of(actor, found.best[:limit])
    return [cards[one] for one in found.best[:limit] if one in cards]


def _asked(said: Sequence[Meaning], wish: Wish, circle: Circle, *, any_word: bool = False) -> Asked:
    return Asked(
        query_of(said, any_word=any_word, exactly=wish.exactly),
        query_of(said, any_word=any_word, exactly=True),
        wish.choice,
        circle,
        wish.circle,
        math.inf if any_word else likely(said),
    )


def _page(
    actor: Actor,
    wish: Wish,
    asked: Asked,
    found: Candidates,
    circle: Circle,
    told: tuple[str, str, bool],
) -> Found:
    best = ranked(found, circle)
    start = (max(wish.page, 1) - 1) * PAGE_SIZE
    mended, meant, some_words = told
    return Found(
        ids=best[start : start + PAGE_SIZE],
        total=len(best),
        more_than_total=found.full,
        facets=_facets(actor, wish, asked, found),
        next_page=max(wish.page, 1) + 1 if start + PAGE_SIZE < len(best) else None,
        mended=mended,
        meant=meant,
        some_words=some_words,
        best=best,
        query=asked.query,
    )


def ranked(found: Candidates, circle: Circle) -> Sequence[int]:
    """Products by relevance × circle, the newer first of equals."""
    if not circle:
        return found.ids
    weight = circle.weights(found.ids).get
    scored = [
        (score * (1 + (CIRCLE_FACTOR - 1) * weight(one, 0.0)), one)
        for one, score in zip(found.ids, found.scores, strict=True)
    ]
    return [one for _, one in sorted(scored, reverse=True)]


def _facets(actor: Actor, wish: Wish, asked: Asked, found: Candidates) -> tuple[Facet, ...]:
    """A facet that is chosen counts what its other values would give, so that one can widen."""
    facets = []
    for name in FACETS:
        counts = found.counts
        if name in wish.choice.values:
            wider = replace(asked, choice=wish.choice.without(name))
            counts = candidates(actor, wider).counts
        facet = facet_of(name, counts, wish.choice)
        if facet.values:
            facets.append(facet)
    return tuple(facets)


__all__ = ["MOST", "PAGE_SIZE", "Found", "Wish", "find_products", "search_products"]
