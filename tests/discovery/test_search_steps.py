"""What is read at once, where little is likely to match, is what the steps would find."""

import math
from dataclasses import replace
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.catalog.models import Product
from comptoir.discovery.asking import asking_of
from comptoir.discovery.search import candidates as module
from comptoir.discovery.search.candidates import Asked, candidates
from comptoir.discovery.search.circle import circle_of
from comptoir.discovery.search.facets import NOTHING_CHOSEN, Choice
from comptoir.discovery.search.lexicon import likely, meanings, query_of
from comptoir.discovery.search.upkeep import count_loved, count_words
from comptoir.discovery.search.words import words_counted
from comptoir.people.actor import ANYONE
from tests import cast, circle

pytestmark = pytest.mark.django_db

WORDS = ("savon", "bleu", "verre", "lampe")


def filled() -> cast.Person:
    """Products with each pair of words, in the title or only described; a circle of two."""
    ines, malo, zinc, brume = cast.ines(), cast.malo(), cast.maison_zinc(), cast.atelier_brume()
    circle.follows(ines, malo)
    for first, second in combinations(WORDS, 2):
        told = cast.product(zinc, f"{first} {second}")
        described = cast.product(brume, first)
        Product.objects.filter(pk=described.pk).update(description=f"Va avec {second}.")
        if first == "savon":
            circle.recommends(malo, told)
    count_words()
    count_loved()
    return ines


@pytest.mark.parametrize("choice", [NOTHING_CHOSEN, Choice({"stock": ("1",)})])
def test_both_ways_find_the_same(choice: Choice) -> None:
    ines = filled()
    for words in [*((one,) for one in WORDS), *combinations(WORDS, 2), ("sav",)]:
        said = meanings(words)
        query, exact = query_of(said), query_of(said, exactly=True)
        for actor in (ines.actor, ANYONE):
            asked = Asked(query, exact, choice, circle_of(asking_of(actor)), likely=0)
            assert candidates(actor, asked).ids, words
            assert candidates(actor, asked) == candidates(actor, replace(asked, likely=math.inf))


def test_more_than_was_likely_goes_by_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    ines = filled()
    asked = Asked("savon", "savon", NOTHING_CHOSEN, circle_of(asking_of(ines.actor)), likely=0)
    with CaptureQueriesContext(connection) as one:
        found = candidates(ines.actor, asked)
    monkeypatch.setattr(module, "MOST", len(found.ids))
    with CaptureQueriesContext(connection) as two:
        assert candidates(ines.actor, asked) == found
    assert (len(one), len(two)) == (1, 2)


def test_what_is_likely_follows_from_how_many_have_each_word() -> None:
    filled()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE discovery_listing")
    assert likely(meanings(["savon"])) == pytest.approx(6)
    assert likely(meanings(["savon", "lampe"])) == pytest.approx(6 * 3 / 12)
    assert likely(meanings(["introuvable"])) == 0
    assert likely(()) == 0


def test_words_are_counted_however_they_are_ordered() -> None:
    texts = """SELECT to_tsvector('simple', 'Vis ' || n || ' ' || (n %% 2)) FROM
        generate_series(100000, 160000) n"""
    counted = f"{words_counted(texts)} SELECT word, documents FROM words WHERE documents > 1"
    with connection.cursor() as cursor:
        # Of numbers in order, PostgreSQL's own statistics of texts would take minutes.
        cursor.execute("SET LOCAL statement_timeout = '30s'")
        cursor.execute(counted, {})
        assert dict(cursor.fetchall()) == {"vis": 60001, "0": 30001, "1": 30000}
