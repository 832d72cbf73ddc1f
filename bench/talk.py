"""What the town says: posts, their pictures and products, reactions, comments."""

from collections.abc import Iterator

from bench import words
from bench.town import PICTURES, START, YEAR, Row, Town, heavy


def posts(town: Town) -> Iterator[Row]:
    """(id, author_id, kind, text, audience, published_at, reaction_count, comment_count)"""
    random = town.random("posts")
    texts = [words.saying(random) for _ in range(997)]
    step = YEAR / (town.posts + 1)
    for number in range(1, town.posts + 1):
        author = heavy(random, town.profiles)
        audience = "followers" if random.random() < 0.1 else "everyone"
        counts = number % 3, 1 if number % 3 == 0 else 0
        yield number, author, "words", texts[number % 997], audience, START + step * number, *counts


def post_pictures(town: Town) -> Iterator[Row]:
    """(id, post_id, picture_id, position, alt): every third post has one"""
    random = town.random("post pictures")
    for number in range(1, town.posts // 3 + 1):
        yield number, 3 * number, random.randint(1, PICTURES), 0, "Sur le pas de la porte"


def product_tags(town: Town) -> Iterator[Row]:
    """(id, post_id, product_id, picture_id, x, y, position): half of the posts show a product."""
    random, number = town.random("tags"), 0
    for post in range(2, town.posts + 1, 2):
        shown = {heavy(random, town.products, 1.5) for _ in range(1 + (post % 8 == 0))}
        for position, product in enumerate(sorted(shown)):
            number += 1
            placed = post % 3 == 0 and position == 0
            point = (post // 3, random.randint(0, 1000), 500) if placed else (None, None, None)
            yield number, post, product, *point, position


def reactions(town: Town) -> Iterator[Row]:
    """(id, post_id, profile_id, created_at): as many as the posts count"""
    random, number = town.random("reactions"), 0
    for post in range(1, town.posts + 1):
        first = random.randint(1, town.people)
        for other in range(post % 3):
            number += 1
            yield number, post, (first + other) % town.people + 1, START + YEAR


def comments(town: Town) -> Iterator[Row]:
    """(id, post_id, author_id, text, created_at): one under every third post"""
    random = town.random("comments")
    for number in range(1, town.posts // 3 + 1):
        author = random.randint(1, town.people)
        yield number, 3 * number, author, random.choice(words.SAYINGS), START + YEAR
