"""The rows of a made-up town, the same every time: people, shops, products, posts, and their ties.

Shapes are heavy-tailed, as real places are: a few people write and are followed most (the share of
rank r falls as r^-0.6 or so), most products are known to few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bench import words

START = datetime(2025, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
READERS = 16  # the first profiles read feeds: each follows exactly ``reader_follows`` others
PICTURES = 400
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """How much of everything. ``posts`` are spread over one year, oldest first by id."""

    people: int = 5_000
    shops: int = 50
    products: int = 10_000
    posts: int = 10_000
    follows_each: int = 40
    signals_each: int = 20
    reader_follows: int = 300
    stock_each: int = 1_000_000
    seed: int = 20_250_101

    @property
    def profiles(self) -> int:
        return self.people + self.shops

    def random(self, part: str) -> Random:
        """A source of chance of its own for each part: one part's size moves no other's rows."""
        return Random(f"{self.seed} {part}")

    def first_shop(self) -> int:
        return self.people + 1


def heavy(random: Random, count: int, power: float = 2.5) -> int:
    """A rank from 1 to ``count``; low ranks come up far more often."""
    return int(count * random.random() ** power) + 1


def pictures() -> Iterator[Row]:
    """(id, status, sha256, source_url, width, height, colour, failure)"""
    for number in range(1, PICTURES + 1):
        colour = f"#{(number * 7919) % 0xFFFFFF:06x}"
        yield number, "ready", f"{number:064x}", "", 1200, 900 + number % 600, colour, ""


def users(town: Town, password: str) -> Iterator[Row]:
    """(id, password, email, is_active, is_operator, language)"""
    for number in range(1, town.people + 1):
        yield number, password, f"p{number}@town.example", True, False, "fr"


def profiles(town: Town) -> Iterator[Row]:
    """(id, kind, handle, name, bio, place, keeps_audience, is_suspended, avatar_id, user_id)"""
    random = town.random("profiles")
    for number in range(1, town.people + 1):
        name = f"{random.choice(words.FIRST)} {number}"
        avatar = random.randint(1, PICTURES)
        person = "person", f"p{number:06d}", name, "", "Douarnenez", "everyone", False
        yield number, *person, avatar, number
    for number in range(town.first_shop(), town.profiles + 1):
        avatar = random.randint(1, PICTURES)
        shop = "shop", f"s{number:06d}", f"Atelier {number}", "", "Brest", "everyone", False
        yield number, *shop, avatar, None


REST = "SARL", True, "Médiation du Port", "1 quai du Port, 29200 Brest", "À l'atelier", True


def shops(town: Town) -> Iterator[Row]:
    """(profile_id, status, sells, currency, country, legal …, contact …, the rest of identity)"""
    for number in range(town.first_shop(), town.profiles + 1):
        legal = f"Atelier {number} SARL", "1 quai du Port, 29200 Brest", "000 000 018"
        contact = f"s{number}@town.example", "0200000000"
        yield number, "open", "objets faits main", "EUR", "FR", *legal, *contact, *REST


def delivery_methods(town: Town) -> Iterator[Row]:
    """(id, shop_id, kind, name, price, free_from, days_min, days_max, position, is_active)"""
    for index, shop in enumerate(range(town.first_shop(), town.profiles + 1)):
        yield 2 * index + 1, shop, "post", "Colissimo", 590, 6000, 2, 4, 0, True
        yield 2 * index + 2, shop, "pickup", "À l'atelier", 0, None, 1, 2, 1, True


def payment_accounts(town: Town) -> Iterator[Row]:
    """Every shop is paid at the sandbox bank."""
    for number, shop in enumerate(range(town.first_shop(), town.profiles + 1), 1):
        yield number, shop, "sandbox", "", "{}", True, True, 0


def follows(town: Town) -> Iterator[Row]:
    """(id, follower_id, followee_id, created_at)"""
    random, number = town.random("follows"), 0
    for follower in range(1, town.people + 1):
        wanted = min(5 + int(random.paretovariate(1.3) * town.follows_each / 4), town.profiles // 2)
        if follower <= READERS:
            wanted = min(town.reader_follows, town.profiles - 1)
        chosen: dict[int, None] = {}
        while len(chosen) < wanted:
            followee = heavy(random, town.profiles, 1.6)
            if random.random() < 0.2 and town.shops:
                followee = town.people + random.randint(1, town.shops)
            if followee != follower:
                chosen[followee] = None
        for followee in chosen:
            number += 1
            yield number, follower, followee, START


def products(town: Town) -> Iterator[Row]:
    """(id, shop_id, status, source, external_id, title, description, brand, category, …)"""
    random = town.random("products")
    for number in range(1, town.products + 1):
        shop = town.first_shop() + number % town.shops
        title, text = words.product_title(random), words.saying(random)
        at = START + YEAR * (number / (town.products + 1))
        where = shop, "active", "feed", f"ref-{number}"
        what = title, text, f"Atelier {shop}", random.choice(words.CATEGORIES)
        yield number, *where, *what, "", "new", "{}", 2000, at, at


def product_pictures(town: Town) -> Iterator[Row]:
    """(id, product_id, picture_id, position, alt)"""
    random = town.random("product pictures")
    for number in range(1, 2 * town.products + 1):
        product, position = (number + 1) // 2, (number + 1) % 2
        yield number, product, random.randint(1, PICTURES), position, "Sur une table de bois"


def variants(town: Town) -> Iterator[Row]:
    """(id, product_id, status, external_id, position, options, sku, gtin, mpn, currency …)"""
    random = town.random("variants")
    for number in range(1, town.products + 1):
        price = random.randint(4, 180) * 100 + 90
        codes = f"sku-{number}", "", ""
        yield number, number, "active", f"ref-{number}", 0, "{}", *codes, "EUR", price, None, ""


def stock_items(town: Town) -> Iterator[Row]:
    """(variant_id, tracked, in_stock, available, held)"""
    for number in range(1, town.products + 1):
        yield number, True, True, town.stock_each, 0


def signals(town: Town) -> Iterator[Row]:
    """(id, actor_id, product_id, kind, audience, at): who bought, recommends or keeps what."""
    random, number = town.random("signals"), 0
    kinds = ("bought", "recommended", "kept")
    for actor in range(1, town.people + 1):
        chosen: dict[tuple[int, str], None] = {}
        for _ in range(random.randint(1, 2 * town.signals_each)):
            chosen[heavy(random, town.products, 1.8), random.choice(kinds)] = None
        for product, kind in chosen:
            number += 1
            yield number, actor, product, kind, "everyone", START + YEAR * random.random()
