"""Mistakes in names and in what posts say: the words there are, and which one may be meant.

As the shelves' own words (``lexicon``), but asked only where nothing was found as it was typed, and
known by spelling alone: a name has no stem.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.common.accents import unaccented_sql
from comptoir.discovery.models import Spelling
from comptoir.discovery.search.lexicon import SHORTEST_FORGIVEN
from comptoir.discovery.search.mending import NEAR, Known, nearest
from comptoir.discovery.search.words import words_counted
from comptoir.people.models.profile import NAME_DOCUMENT

# What a word is forgiven in: the newest public posts, in words that more than one of them has.
RECENT_POSTS = 20_000

NAMES = f"""
SELECT {NAME_DOCUMENT.format(row="f.")} FROM people_profile f WHERE NOT f.is_suspended
"""
POSTS = f"""
SELECT to_tsvector('simple', {unaccented_sql("po.text")}) FROM posts_post po
JOIN people_profile f ON f.id = po.author_id AND NOT f.is_suspended
WHERE po.audience = 'everyone' AND po.id > (SELECT max(id) - {RECENT_POSTS} FROM posts_post)
"""
COUNTED = (
    words_counted("{texts}")
    + r""", counted AS (
  SELECT word, documents AS times FROM words
  WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[^[:alpha:]]' AND documents >= %(fewest)s
)
"""
)
ALL = f"""
{COUNTED}, gone AS (
  DELETE FROM discovery_spelling old WHERE old.kind = %(kind)s AND NOT EXISTS (
    SELECT 1 FROM counted WHERE counted.word = old.word)
)
INSERT INTO discovery_spelling AS was (kind, word, times)
SELECT %(kind)s, word, times FROM counted ORDER BY word
ON CONFLICT (kind, word) DO UPDATE SET times = excluded.times WHERE was.times <> excluded.times
"""
NEW = f"""
{COUNTED}
INSERT INTO discovery_spelling (kind, word, times)
SELECT %(kind)s, word, times FROM counted ORDER BY word ON CONFLICT (kind, word) DO NOTHING
"""
# Words of a name that nobody else in sight has.
OF_NOBODY_ELSE = f"""
DELETE FROM discovery_spelling d USING people_profile gone
WHERE gone.id = %(profile)s AND d.kind = %(kind)s
  AND d.word = ANY(tsvector_to_array({NAME_DOCUMENT.format(row="gone.")}))
  AND NOT EXISTS (SELECT 1 FROM people_profile f
    WHERE f.id <> gone.id AND NOT f.is_suspended
      AND {NAME_DOCUMENT.format(row="f.")} @@ d.word::tsquery)
"""
NEAR_SPELLINGS = NEAR.format(
    words="discovery_spelling",
    times="times",
    told="d.word || ' ' || d.word || ' ' || d.times",
    among="d.kind = %(kind)s",
)
# A word that is there, or begins one, is no mistake.
MEANT = f"""
SELECT w.word, length(w.word) < %(shortest)s OR EXISTS (
    SELECT 1 FROM discovery_spelling d WHERE d.kind = %(kind)s
      AND d.word ~>=~ w.word AND d.word ~<~ (w.word || chr(1114111))),
  ARRAY({NEAR_SPELLINGS})
FROM unnest(%(words)s::text[]) WITH ORDINALITY w(word, place) ORDER BY w.place
"""


def mended(words: Sequence[str], kind: str) -> tuple[str, ...]:
    """The words (as ``words.typed`` gives them) with the mistakes mended; () for nothing to mend.

    ``kind``: one of ``Spelling.Kind``.
    """
    if not words:
        return ()
    params: dict[str, Any] = {"words": list(words), "kind": kind, "shortest": SHORTEST_FORGIVEN}
    with connection.cursor() as cursor:
        cursor.execute(MEANT, params)
        rows = cursor.fetchall()
    found = tuple(
        word if known else nearest(word, Known.read(near)) or word for word, known, near in rows
    )
    return found if found != tuple(words) else ()


def count_spellings() -> None:
    """Every word of names and of posts; those of none leave."""
    with connection.cursor() as cursor:
        for kind, texts, fewest in _sources():
            cursor.execute(ALL.replace("{texts}", texts), {"kind": kind, "fewest": fewest})


def learn_names(since: datetime) -> None:
    """The words of who came since then, if they are new; at the very first, those of everybody."""
    if not Spelling.objects.exists():
        count_spellings()
        return
    texts = f"{NAMES} AND f.created_at > %(since)s"
    params: dict[str, Any] = {"kind": Spelling.Kind.NAME, "fewest": 1, "since": since}
    with connection.cursor() as cursor:
        cursor.execute(NEW.replace("{texts}", texts), params)


def forget_name(profile_id: int) -> None:
    """Who is out of sight, or leaves, lends no word to others' mistakes."""
    with connection.cursor() as cursor:
        cursor.execute(OF_NOBODY_ELSE, {"profile": profile_id, "kind": Spelling.Kind.NAME})


def _sources() -> list[tuple[str, str, int]]:
    """Kind, texts, and in how many of them a word stands at least."""
    return [(Spelling.Kind.NAME, NAMES, 1), (Spelling.Kind.POST, POSTS, 2)]
