"""What was typed, as words; and how far two words are from each other."""

import re

from comptoir.common.accents import unaccented

MOST_WORDS = 8
LONGEST = 40
_WORD = re.compile(r"[^\W_]+")


def typed(text: str) -> tuple[str, ...]:
    """Its first 8 words, without accents or capitals, as listings have them."""
    found = (match.group()[:LONGEST] for match in _WORD.finditer(unaccented(text).lower()))
    return tuple(word for word, _ in zip(found, range(MOST_WORDS), strict=False))


def mistakes(one: str, other: str) -> int:
    """Letters left out, added, changed or swapped with their neighbour, from one to the other.

    Optimal string alignment (Damerau 1964, each stretch edited once).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before_last = row, before
        row = [i]
        for j, wanted in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


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
