"""What the typed words mean: their keys in the listings' texts, endings and mistakes forgiven.

A key is a French stem. The words of the shelves (``Word``) tell which keys share an English root
with a typed word, how a word that is being typed may go on, and which word a mistake may mean.
A word that the table does not know yet is still looked for, by its own stem and as a beginning.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from comptoir.discovery.search.mending import (
    BEGINNINGS,
    NEAR,
    SHORTEST_BEGINNING,
    Known,
    another_form,
    nearest,
)
from comptoir.discovery.search.words import lexeme

# A word on fewer products than this may be the beginning of another one, or a mistake.
FEW = 10
RARE = 3
# English stop words that are things in French once their accents are gone: tea, gold.
ALSO_FRENCH = frozenset({"the", "or"})
SHORTEST_FORGIVEN = 3

NEAR_WORDS = f"{NEAR} UNION ALL {BEGINNINGS}".format(
    words="discovery_word",
    times="products",
    told="d.word || ' ' || d.stem || ' ' || d.products",
    among="d.stem <> discovery_stem(w.word)",
    shortest=SHORTEST_BEGINNING,
)
MEANINGS = f"""
SELECT w.word, discovery_stem(w.word),
  cardinality(ts_lexize('pg_catalog.french_stem', w.word)) = 0,
  cardinality(ts_lexize('pg_catalog.english_stem', w.word)) = 0,
  coalesce(same.products, 0),
  ARRAY(SELECT d.stem FROM discovery_word d WHERE d.root = discovery_root(w.word)
    GROUP BY d.stem ORDER BY sum(d.products) DESC LIMIT 4),
  begun.stems,
  CASE WHEN coalesce(same.products, 0) < %(rare)s AND length(w.word) >= %(shortest)s
      AND coalesce(cardinality(begun.stems), 0) = 0 THEN ARRAY({NEAR_WORDS}) END,
  EXISTS (SELECT 1 FROM discovery_spelling d WHERE d.kind = 'name' AND d.word = w.word),
  (SELECT greatest(reltuples, 0)::bigint FROM pg_class
    WHERE oid = 'discovery_listing'::regclass)
FROM unnest(%(words)s::text[]) WITH ORDINALITY w(word, place)
LEFT JOIN LATERAL (
  SELECT sum(d.products) AS products FROM discovery_word d WHERE d.stem = discovery_stem(w.word)
) same ON true
LEFT JOIN LATERAL (
  SELECT ARRAY(SELECT d.stem FROM discovery_word d
    WHERE d.word ~>=~ w.word AND d.word ~<~ (w.word || chr(1114111))
      AND d.word <> w.word
    GROUP BY d.stem ORDER BY sum(d.products) DESC LIMIT 8) AS stems
) begun ON w.place = cardinality(%(words)s::text[]) AND length(w.word) > 1
  AND coalesce(same.products, 0) < %(few)s
ORDER BY w.place
"""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One typed word: keys that say exactly it, and those that may (it is being typed, or
    it is another form of theirs).

    ``unknown``: nothing on the shelves is called so, as far as the table knows; then it may also be
    the beginning of something new. ``nearest`` is the word it may be a mistake for, '' for none;
    ``light``: a small word of either language, not asked for when there are others. about
    so many ``products`` of all that are ``listed`` say it.
    """

    word: str
    exact: tuple[str, ...]
    begun: tuple[str, ...] = ()
    unknown: bool = False
    last: bool = False
    nearest: str = ""
    light: bool = False
    products: int = 0
    listed: int = 0

    def query(self, *, exactly: bool = False) -> str:
        """As a part of a tsquery."""
        keys = [*map(lexeme, self.exact)]
        if not exactly:
            keys += map(lexeme, self.begun)
            if self.last and self.unknown and len(self.word) > 1:
                keys += [f"{lexeme(self.word)}:*", f"{lexeme(self.exact[0])}:*"]
        return "(" + " | ".join(dict.fromkeys(keys)) + ")"


def meanings(words: Sequence[str]) -> tuple[Meaning, ...]:
    """What each word means; small words left out when others say more. One statement."""
    if not words:
        return ()
    params: dict[str, Any] = {
        "words": list(words),
        "rare": RARE,
        "few": FEW,
        "shortest": SHORTEST_FORGIVEN,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEANINGS, params)
        rows = cursor.fetchall()
    found = [_meaning(row, place == len(rows) - 1) for place, row in enumerate(rows)]
    telling = tuple(meaning for meaning in found if not meaning.light)
    return telling or tuple(found)


def _meaning(row: Sequence[Any], last: bool) -> Meaning:
    word, stem, french_stop, english_stop, products, roots, begun, near, named, listed = row
    light = french_stop or (english_stop and word not in ALSO_FRENCH)
    known = Known.read(near or ())
    forms = [one for one in known if another_form(word, one.word)]
    there = int(products) + sum(one.times for one in forms)
    return Meaning(
        word=word,
        exact=tuple(dict.fromkeys([stem, *roots])),
        begun=(*(begun or ()), *dict.fromkeys(one.stem for one in forms)),
        unknown=not there and not roots and not begun,
        last=last,
        nearest=nearest(word, known, named=named, already=there or len(roots)),
        light=light,
        products=listed if begun else there,
        listed=listed,
    )


def query_of(said: Sequence[Meaning], *, exactly: bool = False, any_word: bool = False) -> str:
    """A tsquery that all the words match (any of them, if asked); '' for no words."""
    parts = [meaning.query(exactly=exactly) for meaning in said]
    return (" | " if any_word else " & ").join(parts)


def likely(said: Sequence[Meaning]) -> float:
    """About how many products have all the words, if words knew nothing of each other."""
    listed = max((meaning.listed for meaning in said), default=0)
    shares = (min(meaning.products / listed, 1.0) for meaning in said if listed)
    return listed * math.prod(shares)


def corrected(said: Sequence[Meaning]) -> tuple[str, ...]:
    """The words with mistakes mended; () when there is nothing to mend."""
    if not any(meaning.nearest for meaning in said):
        return ()
    return tuple(meaning.nearest or meaning.word for meaning in said)


def as_written(words: Sequence[str]) -> tuple[str, ...]:
    """The words with the accents that most products write them with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, shown FROM discovery_word WHERE word = ANY(%s)", [list(words)])
        shown: dict[str, str] = dict(cursor.fetchall())
    return tuple(shown.get(word, word) for word in words)
