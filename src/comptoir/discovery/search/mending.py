"""Which known word a mistyped one means, if any: the rule, in one place.

What is between two words weighs, from one to the other (optimal string alignment: Damerau 1964,
each stretch edited once): a letter doubled or not 0.4, two neighbours swapped 0.7, a letter for one
beside it on an AZERTY or QWERTY keyboard 0.8, a letter too many or missing or a vowel for another
0.9, any other letter 1, and 0.5 more where that is the first letter. Words that sound alike in
French weigh 0.4 and a tenth of that, 0.7 at most.

1. Words of up to five letters are forgiven 0.9, longer ones a fifth of their letters: between 1
   and 2 in all. What weighs more shares too little and is not meant.
2. A known word that begins the typed one, or that it begins, weighs 1.5 whatever follows: it beats
   a distant word. It has five letters at least, and more than half of the longer word's.
3. Of those left, the lightest: 0.3 heavier where the first letter differs and it does not sound
   alike, lighter by up to 0.15 for a word that is common.
4. Another form of a word (plural, feminine) is no mistake; neither is what has a figure in it. What
   is somebody's name is taken for another word only if that weighs 0.5 at most.
5. A word that is on the shelves is asked about only if the other is ten times as common, and weighs
   0.9 at most.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

DOUBLED, SWAPPED, BESIDE, MISSING, OTHER = 0.4, 0.7, 0.8, 0.9, 1.0
FIRST_LETTER = 0.5
BY_EAR, BEGINNING, A_NAME = 0.7, 1.5, 0.5
SHORT, SHORTEST_BEGINNING, SHORTEST_FORM = 5, 5, 4
ANOTHER_START, COMMON = 0.3, 0.15
TIMES_AS_COMMON = 10
ABOUT_AS_HEAVY = 1e-9

VOWELS = frozenset("aeiouy")
KEYBOARDS = (("azertyuiop", "qsdfghjklm", "wxcvbn"), ("qwertyuiop", "asdfghjkl", "zxcvbnm"))


def _neighbours() -> frozenset[tuple[str, str]]:
    """Letters one can hit for each other: beside, and above or below."""
    at = [
        {letter: (place + row / 2, row) for row, keys in enumerate(board)
         for place, letter in enumerate(keys)}
        for board in KEYBOARDS
    ]  # fmt: skip
    near = {
        (one, other)
        for places in at
        for one, (x, y) in places.items()
        for other, (across, down) in places.items()
        if one != other and abs(x - across) <= 1 and abs(y - down) <= 1
    }
    near.add(("z", "w"))  # one place on the two keyboards: hands remember it; so are "a" and "q"
    return frozenset(near | {(other, one) for one, other in near})


NEIGHBOURS = _neighbours()


# As an array of texts: ``Known.read`` takes them apart. The shape of so many, the same first letter
# first; of those that sound alike, whose sound says enough.
NEAR = """
(SELECT {told} || ' 0' FROM {words} d WHERE {among} AND d.shapes && discovery_shapes(w.word)
    AND abs(length(d.word) - length(w.word)) <= 2
  ORDER BY left(d.word, 1) = left(w.word, 1) DESC, d.{times} DESC LIMIT 40)
UNION ALL
(SELECT {told} || ' 1' FROM {words} d WHERE {among} AND d.sound = discovery_sound(w.word)
    AND length(d.sound) > 2 AND d.word <> w.word
  ORDER BY d.{times} DESC LIMIT 20)
"""
BEGINNINGS = """
(SELECT {told} || ' 0' FROM {words} d WHERE {among} AND d.word = ANY(ARRAY(
    SELECT left(w.word, letters) FROM generate_series({shortest}, length(w.word) - 1) letters)))
UNION ALL
(SELECT {told} || ' 0' FROM {words} d WHERE {among} AND length(w.word) >= {shortest}
    AND d.word ~>=~ w.word AND d.word ~<~ (w.word || chr(1114111))
  ORDER BY d.{times} DESC LIMIT 4)
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A known word near a typed one: on so many products (or in so many names); ``alike``: they
    sound alike. ``stem``: its key in the listings' texts."""

    word: str
    times: int
    stem: str = ""
    alike: bool = False

    @classmethod
    def read(cls, told: Iterable[str]) -> "list[Known]":
        """As ``NEAR`` tells them."""
        parts = (each.split(" ") for each in told)
        return [cls(word, int(times), stem, alike == "1") for word, stem, times, alike in parts]


def weight(typed: str, known: str, most: float = math.inf) -> float:
    """How much is between two words: 0 for the same, infinite for more than ``most``."""
    too_many = [_single(typed, place) for place in range(len(typed))]
    left_out = [_single(known, place) for place in range(len(known))]
    row, above, before_last = [0.0], list[float](), list[float]()
    for cost in left_out:
        row.append(row[-1] + cost)
    for i, letter in enumerate(typed):
        before_last, above, row = above, row, [row[0] + too_many[i]]
        for j, wanted in enumerate(known):
            cost = min(above[j + 1] + too_many[i], row[j] + left_out[j])
            if letter == wanted:
                cost = min(cost, above[j])
            elif above[j] < cost:
                cost = min(cost, above[j] + _instead(letter, wanted, first=not i and not j))
            if i and j and letter == known[j - 1] and typed[i - 1] == wanted:
                cost = min(cost, before_last[j - 1] + SWAPPED)
            row.append(cost)
        if min(row) > most and min(above) > most:
            return math.inf
    return row[-1] if row[-1] <= most else math.inf


def _single(word: str, place: int) -> float:
    """Of a letter that only one of the two words has."""
    return DOUBLED if place and word[place] == word[place - 1] else MISSING


def _instead(letter: str, wanted: str, *, first: bool) -> float:
    """Of a letter for another one."""
    if (letter, wanted) in NEIGHBOURS:
        cost = BESIDE
    else:
        cost = MISSING if {letter, wanted} <= VOWELS else OTHER
    return cost + FIRST_LETTER * first


def forgiven(typed: str, known: str) -> float:
    """The most that may be between two words."""
    letters = max(len(typed), len(known))
    return MISSING if letters <= SHORT else min(2.0, max(1.0, letters / 5))


def begins(typed: str, known: str) -> bool:
    """Whether the one is most of the other, from its beginning."""
    short, long = sorted((typed, known), key=len)
    return (
        len(short) >= SHORTEST_BEGINNING and 2 * len(short) > len(long) and long.startswith(short)
    )


def another_form(one: str, other: str) -> bool:
    """Whether two words are one in plural or feminine: "blanche" and "blancs". Short ones are not
    told from other words: "col", "colle"."""
    short = min(len(one), len(other)) < SHORTEST_FORM
    return one != other and not short and bool(_forms(one) & _forms(other))


def _forms(word: str) -> set[str]:
    """What it may be in the masculine singular."""
    singular = {word, word[:-1]} if word[-1] in "sx" else {word}
    return {_masculine(each) for each in singular}


def _masculine(word: str) -> str:
    if not word.endswith("e"):
        return word
    bare = word[:-1]
    if bare[-1] == bare[-2]:
        return bare[:-1]
    for feminine, masculine in (("tric", "teur"), ("eus", "eur"), ("ch", "c"), ("iv", "if")):
        if bare.endswith(feminine):
            return bare.removesuffix(feminine) + masculine
    return bare


def nearest(typed: str, near: Iterable[Known], *, named: bool = False, already: int = 0) -> str:
    """The word that was meant, by the rule above; '' for none.

    ``near``: words that may be; ``named``: the typed word is somebody's name; ``already``: on so
    many products it is, by itself.
    """
    if not typed.isalpha():
        return ""
    most = A_NAME if named else MISSING if already else 2.0
    best, found = math.inf, ""
    for known in near:
        if not known.word.isalpha() or known.times < already * TIMES_AS_COMMON:
            continue
        between = _between(typed, known)
        if between > most or another_form(typed, known.word):
            continue
        rank = between - min(COMMON, math.log10(max(known.times, 1)) / 20)
        if typed[0] != known.word[0] and not known.alike:
            rank += ANOTHER_START
        best, found = min((best, found), (rank, known.word))
    return found


def _between(typed: str, known: Known) -> float:
    """Infinite for what shares too little."""
    most = forgiven(typed, known.word) + ABOUT_AS_HEAVY
    if known.alike:
        between = min(BY_EAR, BY_EAR - 0.3 + weight(typed, known.word) / 10)
    else:
        between = weight(typed, known.word, most)
    return min(between, BEGINNING) if begins(typed, known.word) else between
