"""What was typed, as words; and words in the terms of PostgreSQL's texts."""

import re

from comptoir.common.accents import unaccented

MOST_WORDS = 8
LONGEST = 40
_WORD = re.compile(r"[^\W_]+")


def typed(text: str) -> tuple[str, ...]:
    """Its first 8 words, without accents or capitals, as listings have them."""
    found = (match.group()[:LONGEST] for match in _WORD.finditer(unaccented(text).lower()))
    return tuple(word for word, _ in zip(found, range(MOST_WORDS), strict=False))


def lexeme(key: str) -> str:
    """A key inside a tsquery's text."""
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"


def words_counted(texts: str) -> str:
    """``WITH words (word, documents)``: in how many of the texts each word is. ``texts``: a query
    of one column, a tsvector.

    ts_stat says the same, but of words that come in their order, as numbers of articles do, it
    makes a list to be searched from its beginning, and takes hours.
    """
    return f"""
    WITH words AS (
      SELECT word, count(*)::int AS documents
      FROM ({texts}) texts (said), unnest(tsvector_to_array(said)) word GROUP BY word
    )"""
