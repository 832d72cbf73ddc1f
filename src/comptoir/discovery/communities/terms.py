"""The words products are told by: category, brand, shop, and the words of their titles."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sp
from django.db import connection

from comptoir.common.accents import unaccented
from comptoir.discovery.ranking.graph import Ints, Sparse

LONGEST = 36  # characters: two of them are a name
AT_A_TIME = 5000
WORD = re.compile(r"[^\W\d_]{3,}")
# Words that say nothing of a thing, in the two languages of the place, without accents.
EMPTY = frozenset(
    """
    afin ainsi and aux avec ben bien ces cet cette chez comme dans des deux dix dont elle entre
    est eux for from grand grande grandes gros his hors huit its jamais les leur leurs lot lots mais
    mes moins mon nos not notre nous one our out par pas petit petite petits petites peu plus pour
    quatre que qui sans sept ses set six son sont sous sur ten tes the their three tout toute
    toutes tous trois tres two une vers vos votre vous with without you your
    """.split()  # noqa: SIM905 (a list of them is eight times as long)
)
TOLD = "SELECT p.id, p.title, p.brand, p.category, sp.name FROM catalog_product p"
OF = " JOIN people_profile sp ON sp.id = p.shop_id WHERE p.id = ANY(%(ids)s)"


@dataclass(frozen=True, slots=True)
class Term:
    """``kind``: "category", "brand", "shop" or "word"; ``key``: without accents, case or plural,
    so that one thing said twice is one; ``text``: as the shops write it."""

    kind: str
    key: str
    text: str


@dataclass(slots=True)
class Vocabulary:
    """Terms in the order they were met; the same text as category and as word is one term."""

    terms: list[Term] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def place(self, kind: str, text: str) -> int:
        key = folded(text)
        if key not in self.places:
            self.places[key] = len(self.terms)
            self.terms.append(Term(kind, key, text))
        elif RANK[kind] < RANK[self.terms[self.places[key]].kind]:
            self.terms[self.places[key]] = Term(kind, key, text)
        return self.places[key]


RANK = {"category": 0, "shop": 1, "brand": 2, "word": 3}


def terms_of(products: Ints) -> tuple[Sparse, list[Term]]:
    """Products (in the order given) × terms, 1 where a product is told by a term."""
    vocabulary, rows, columns = Vocabulary(), list[int](), list[int]()
    row_of = {int(key): row for row, key in enumerate(products)}
    for start in range(0, len(products), AT_A_TIME):
        for key, *told in _told(products[start : start + AT_A_TIME].tolist()):
            places = {vocabulary.place(kind, text) for kind, text in _said(*told)}
            rows += [row_of[key]] * len(places)
            columns += sorted(places)
    shape = (len(products), len(vocabulary.terms))
    return sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape), vocabulary.terms


def folded(text: str) -> str:
    """Without accents, case and the s or x of plurals."""
    words = unaccented(text).casefold().split()
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


def _told(ids: list[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{TOLD}{OF} ORDER BY p.id", {"ids": ids})
        return list(cursor.fetchall())


def _said(title: str, brand: str, category: str, shop: str) -> list[tuple[str, str]]:
    """Each level of the category; the words of the title that say something."""
    levels = [level.strip() for level in category.split(">")]
    said = [("category", level) for level in levels] + [("brand", brand.strip()), ("shop", shop)]
    said += [("word", word) for word in WORD.findall(title) if not _empty(word)]
    return [(kind, text) for kind, text in said if text and len(text) <= LONGEST]


def _empty(word: str) -> bool:
    return unaccented(word).casefold() in EMPTY
