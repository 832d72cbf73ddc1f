"""What is typed and what is on the shelf are taken apart alike."""

from random import Random

import pytest
from django.db import connection

from comptoir.common.accents import words_sql

pytestmark = pytest.mark.django_db
PIECES = (
    *"aeéÉçŒÀdxw0358",
    *".,;:!?/\\-_'\"()[]{}<>|&*+=@#$^~`%°«»…–—’“”·•",
    *("l'été", "http://x.fr/a?b=c", "a@b.fr", "1.5", "-3", "1e5", "&amp;", "<b>", ".com"),
    *" " * 12,
)


def test_the_shelf_and_the_query_find_the_same_words() -> None:
    random = Random("shelf")
    texts = ["".join(random.choices(PIECES, k=random.randint(1, 40))) for _number in range(3000)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT x FROM unnest(%s::text[]) AS t (x)
            WHERE to_tsvector('french', discovery_text(x))
              <> to_tsvector('french', {words_sql("x")})""",
            [texts],
        )
        assert cursor.fetchall() == []


def test_small_plain_letters() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {words_sql('%s::text')}", ["Théière-à-thé 1.5"])
        assert cursor.fetchone() == ("theiere a the 1 5",)
