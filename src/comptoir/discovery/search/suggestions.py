"""What the search box proposes while one types: words, products, shops and people, at most 8."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.discovery.search.candidates import Asked, first_matches
from comptoir.discovery.search.facets import NOTHING_CHOSEN
from comptoir.discovery.search.lexicon import (
    Meaning,
    as_written,
    corrected,
    meanings,
    query_of,
)
from comptoir.discovery.search.profiles import search_profiles, search_profiles_mended
from comptoir.discovery.search.words import typed
from comptoir.people.actor import Actor
from comptoir.people.faces import Face

WORDS = 3
PRODUCTS = 3
FACES = 2

ENDINGS = f"""
SELECT shown FROM (
  SELECT DISTINCT ON (stem) coalesce(nullif(shown, ''), word) AS shown, products
  FROM discovery_word WHERE word ~>=~ %(word)s AND word ~<~ (%(word)s || chr(1114111))
  ORDER BY stem, products DESC) ending
ORDER BY products DESC LIMIT {WORDS}
"""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """``words``: searches, whole; at most 8 rows in all."""

    words: Sequence[str] = ()
    products: Sequence[ProductCard] = ()
    faces: Sequence[Face] = ()


def suggest(actor: Actor, words: str) -> Suggestions:
    """Bounded: four or five statements, each of a few rows; as many again where there is nothing
    but a mistake."""
    found = typed(words)
    if len("".join(found)) < 2:
        return Suggestions()
    said = meanings(found)
    asked = Asked(query_of(said), query_of(said, exactly=True), NOTHING_CHOSEN)
    cards = cards_of(actor, first_matches(actor, asked, PRODUCTS))
    rows = search_profiles(actor, words, limit=FACES)
    endings = _endings(words, found)
    if not (endings or cards or rows):
        return _mended(actor, words, said)
    return Suggestions(endings, tuple(cards.values()), [row.face for row in rows])


def _mended(actor: Actor, words: str, said: Sequence[Meaning]) -> Suggestions:
    """With mistakes mended; for when there is nothing to propose for what was typed."""
    rows, _better = search_profiles_mended(actor, words, limit=FACES)
    faces, better = [row.face for row in rows], corrected(said)
    if not better:
        return Suggestions(faces=faces)
    meant = meanings(better)
    asked = Asked(query_of(meant), query_of(meant, exactly=True), NOTHING_CHOSEN)
    cards = cards_of(actor, first_matches(actor, asked, PRODUCTS))
    return Suggestions([" ".join(as_written(better))], tuple(cards.values()), faces)


def _endings(words: str, found: Sequence[str]) -> list[str]:
    """The typed words with the last one finished, as the shelves write it."""
    before = words.split()[:-1] if len(words.split()) > 1 else []
    with connection.cursor() as cursor:
        cursor.execute(ENDINGS, {"word": found[-1]})
        return [" ".join([*before, row[0]]) for row in cursor.fetchall()]
