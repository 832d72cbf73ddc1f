"""Products with heavy-tailed words, the same every time: few words are everywhere, most are rare.

The word of rank r comes up as 1 / (r + 2.7)^1.05 (Zipf and Mandelbrot); a tenth are plurals. The
commonest are real; others are syllables put together.
"""

# ruff: noqa: SIM905 (word lists read better as text)

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

import numpy as np

from bench import words
from bench.town import Row

SYLLABLES = (
    "ba be bo bu ca ce co cu da de do du fa fe fo ga ge go la le lo lu ma me mi mo mu na ne no pa"
    " pe pi po ra re ri ro sa se si so ta te ti to tu va ve vi vo ban bon cha che chi cho gran gre"
    " lin tour tre plan ser"
).split()
ENDINGS = ("", "", "t", "l", "ne", "tte", "lle", "eur")
CHUNK = 10_000


def vocabulary(size: int, seed: int) -> list[str]:
    """So many different words, the commonest first."""
    random = Random(f"{seed} vocabulary")
    known = dict.fromkeys(words.THINGS + words.MATTERS + words.COLOURS + words.QUALITIES)
    while len(known) < size:
        stem = "".join(random.choices(SYLLABLES, k=random.randint(2, 4)))
        known[stem + random.choice(ENDINGS)] = None
    return list(islice(known, size))


@dataclass(frozen=True, slots=True)
class Shelves:
    """How many products, in how many shops, and how many words there are."""

    products: int
    shops: int
    first_shop: int
    words: int = 60_000
    seed: int = 20_250_101

    def rows(self) -> Iterator[Row]:
        """(id, shop_id, status, source, external_id, title, description, brand, category, …)"""
        chance = np.random.default_rng(self.seed)
        known = np.array(vocabulary(self.words, self.seed))
        weight = 1 / (np.arange(self.words) + 2.7) ** 1.05
        drawn = np.cumsum(weight / weight.sum())
        for start in range(0, self.products, CHUNK):
            count = min(CHUNK, self.products - start)
            titles, texts = chance.integers(3, 8, count), chance.integers(6, 30, count)
            ranks = np.searchsorted(drawn, chance.random(int(titles.sum() + texts.sum())))
            said = known[np.minimum(ranks, self.words - 1)].tolist()
            plural = (chance.random(len(said)) < 0.1).tolist()
            told = iter(
                [f"{word}s" if many else word for word, many in zip(said, plural, strict=True)]
            )
            shops = (self.shops * chance.random(count) ** 2).astype(int)
            brands = (20_000 * chance.random(count) ** 2.5).astype(int)
            kinds = (200 * chance.random(count) ** 2).astype(int)
            for at in range(count):
                number = start + at + 1
                title = " ".join(islice(told, int(titles[at]))).capitalize()
                text = " ".join(islice(told, int(texts[at])))
                yield (
                    number, int(self.first_shop + shops[at]), "active", "feed", f"ref-{number}",
                    title, text, f"Marque {brands[at]}",
                    f"Rayon {kinds[at] % 12} > Sorte {kinds[at]}",
                    "", "new", "{}", 2000, "2025-06-01", "2025-06-01",
                )  # fmt: skip
