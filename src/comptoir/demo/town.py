"""Reads the town from its data files, and refuses what cannot be."""

import re
import tomllib
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from comptoir.demo.drawing import Face, Front, Ink, Look, Scene
from comptoir.demo.drawing.colour import paint
from comptoir.demo.drawing.hair import HAIR
from comptoir.demo.drawing.motifs import MOTIFS
from comptoir.demo.drawing.pattern import PRINTS
from comptoir.demo.drawing.portrait import COLLARS, EXTRAS, SKINS
from comptoir.demo.drawing.scene import PLACES
from comptoir.demo.records import (
    DATA,
    Comment,
    Delivery,
    Offer,
    Order,
    Person,
    Post,
    Product,
    Recommendation,
    Shop,
    Town,
    TownError,
    Variant,
)
from comptoir.shops.identity import Identity

T = TypeVar("T")

HANDLE = re.compile(r"[a-z0-9_]{3,30}")
WHERE = {
    "bureau": "Posés à plat, vus d'en haut",
    "etagere": "Sur une étagère",
    "etal": "Sur un étal du marché",
    "fenetre": "Sur un rebord de fenêtre, devant la mer",
    "mur": "Contre un mur, près d'une tablette",
    "table": "Sur une table",
}


def load_town(folder: Path = DATA) -> Town:
    """The whole town, checked.

    Raises:
        TownError: a name that nobody bears, a motif that nobody draws, a price that is not one …
        OSError, tomllib.TOMLDecodeError: a file that cannot be read.
    """
    people_file = _read(folder / "people.toml")
    shops = tuple(
        _named(path, _shop, _read(path)) for path in sorted((folder / "shops").glob("*.toml"))
    )
    titles = {p.ref: p for shop in shops for p in shop.products}
    posts = [
        _named(path, _post, one, titles)
        for path in sorted((folder / "posts").glob("*.toml"))
        for one in _read(path)["post"]
    ]
    town = Town(
        people=tuple(
            _named(handle, _person, handle, one) for handle, one in people_file["people"].items()
        ),
        circles={name: tuple(who) for name, who in people_file["circles"].items()},
        shops=shops,
        posts=tuple(sorted(posts, key=lambda post: -post.days)),
        recommendations=tuple(
            Recommendation(by, ref, word)
            for ref, said in _read(folder / "opinions.toml").items()
            for by, word in said.items()
        ),
        orders=tuple(
            sorted(
                (_order(one) for one in _read(folder / "purchases.toml")["order"]),
                key=lambda order: -order.days,
            )
        ),
    )
    check(town)
    return town


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _named(place: object, make: Callable[..., T], *args: Any) -> T:
    try:
        return make(*args)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise TownError(f"{place}: {type(error).__name__}: {error}") from error


def seed_of(key: str) -> int:
    """A seed that is the same wherever the key is read."""
    return zlib.crc32(key.encode()) % 9973


def _person(handle: str, given: dict[str, Any]) -> Person:
    drawn = given["avatar"]
    face = Face(**{**drawn, "extras": tuple(drawn["extras"])}, seed=seed_of(handle))
    _ = SKINS[face.skin], HAIR[face.hair], paint(face.tint), paint(face.top)
    if face.collar not in COLLARS or not set(face.extras) <= set(EXTRAS):
        raise TownError(f"{handle}: an unknown collar or extra")
    return Person(
        handle=handle,
        name=given["name"],
        email=given.get("email", f"{handle}@demo.example"),
        bio=given["bio"],
        place=given["place"],
        language=given.get("lang", "fr"),
        likes=tuple(given["likes"]),
        fame=given["fame"],
        face=face,
    )


def _shop(given: dict[str, Any]) -> Shop:
    products = tuple(
        _named(f"{given['handle']}/{key}", _product, key, one, given)
        for key, one in given["products"].items()
    )
    main, second, accent = (paint(name) for name in given["ink"])
    return Shop(
        handle=given["handle"],
        name=given["name"],
        bio=given["bio"],
        sells=given["sells"],
        owner=given["owner"],
        place=given["place"],
        trader=Identity(**given["trader"]),
        deliveries=tuple(
            Delivery(
                *(d["kind"], d["name"], d["price"], d.get("free_from"), tuple(d["days"])),
                where=d.get("where", ""),
            )
            for d in given["delivery"]
        ),
        products=products,
        offers=tuple(
            Offer(
                o["name"], o["kind"], o["value"], o.get("code", ""), o["audience"], o.get("from", 0)
            )
            for o in given.get("offer", ())
        ),
        front=Front(
            main=main,
            second=second,
            accent=accent,
            sign=next(p.look for p in products if p.look.motif == given["emblem"]),
            window=_window(products),
            seed=seed_of(given["handle"]),
        ),
    )


def _window(products: Iterable[Product]) -> tuple[Look, ...]:
    """Five standing things, each of another motif, as far as there are."""
    standing = [p.look for p in products if p.look.thing.stance == "stands"]
    first = {look.motif: look for look in reversed(standing)}
    others = [look for look in standing if first[look.motif] is not look]
    return tuple([*reversed(first.values()), *others][:5])


def _product(key: str, given: dict[str, Any], shop: dict[str, Any]) -> Product:
    ref = f"{shop['handle']}/{key}"
    main, second, accent = (paint(name) for name in given["ink"])
    ink = Ink(
        main,
        second,
        accent,
        pattern=given.get("pattern", "uni"),
        form=given.get("form", 0),
        seed=seed_of(ref),
    )
    _ = MOTIFS[given["motif"]], PRINTS[ink.pattern]
    choices = given.get("variants", {})
    variants = [
        Variant(option, value, stock)
        for option, values in choices.items()
        for value, stock in values.items()
    ]
    return Product(
        ref=ref,
        title=given["title"],
        text=given["text"],
        price_minor=given["price"],
        sale_minor=given.get("sale"),
        vat_rate_bp=given.get("vat", shop["vat"]),
        category=given["category"],
        brand=given.get("brand", shop["name"]),
        look=Look(given["motif"], ink),
        variants=tuple(variants or [Variant("", "", given["stock"])]),
    )


def _post(given: dict[str, Any], products: dict[str, Product]) -> Post:
    text, drawn = given["text"], given.get("scene")
    shows = tuple(drawn["shows"] if drawn else given.get("tags", ()))
    scene, alt = None, ""
    if drawn:
        looks = tuple(products[ref].look for ref in shows)
        scene = Scene(drawn["place"], looks, seed_of(text))
        titles = [products[ref].title for ref in shows]
        alt = f"{WHERE[scene.place]} : {', '.join(titles[:-1])} et {titles[-1]}. Dessin."
    comments = (line.split(": ", 1) for line in given.get("comments", ()))
    return Post(
        key=f"{given['by']}-{seed_of(text)}",
        by=given["by"],
        days=given["ago"],
        text=text,
        scene=scene,
        shows=shows,
        alt=alt,
        comments=tuple(Comment(by, said) for by, said in comments),
        warmth=given["loved"],
    )


def _order(given: dict[str, Any]) -> Order:
    shop = given["shop"]
    lines = []
    for line in given["lines"]:
        key, _times, count = line.partition(" x")
        lines.append((f"{shop}/{key}", int(count or 1)))
    return Order(
        by=given["by"],
        shop=shop,
        days=given["ago"],
        lines=tuple(lines),
        shared={f"{shop}/{key}": word for key, word in given.get("shared", {}).items()},
        back={f"{shop}/{key}": words for key, words in given.get("back", {}).items()},
        state=given.get("state", "shipped"),
        delivery=given.get("delivery", "post"),
    )


def check(town: Town) -> None:
    """Raises TownError for a town that does not hold together."""
    people, shops = {p.handle for p in town.people}, {s.handle for s in town.shops}
    for wrong in _faults(town, people, shops):
        raise TownError(wrong)


def _faults(town: Town, people: set[str], shops: set[str]) -> Iterable[str]:
    if people & shops:
        yield f"both a person and a shop: {sorted(people & shops)}"
    yield from (f"not a handle: {h}" for h in people | shops if not HANDLE.fullmatch(h))
    speakers = {name for circle in town.circles.values() for name in circle}
    speakers |= {c.by for post in town.posts for c in post.comments}
    speakers |= {r.by for r in town.recommendations} | {o.by for o in town.orders}
    speakers |= {shop.owner for shop in town.shops}
    yield from (f"nobody is called {name}" for name in speakers - people)
    yield from (f"no such author: {p.by}" for p in town.posts if p.by not in people | shops)
    yield from (f"no such shop: {s}" for p in town.people for s in p.likes if s not in shops)
    named = [r for post in town.posts for r in post.shows]
    named += [r.ref for r in town.recommendations]
    named += [ref for order in town.orders for ref, _n in order.lines]
    yield from (f"no such product: {ref}" for ref in named if ref not in town.products)
    for product in town.products.values():
        if not 0 < (product.sale_minor or 1) < product.price_minor:
            yield f"{product.ref}: a price that is none"
    for post in town.posts:
        if post.scene is not None:
            yield from _scene_faults(post.key, post.scene)


def _scene_faults(key: str, scene: Scene) -> Iterable[str]:
    if scene.place not in PLACES:
        yield f"{key}: no such place"
    flat = scene.place == "bureau"
    for look in scene.looks:
        if (look.thing.stance == "lies") is not flat:
            yield f"{key}: {look.motif} {look.thing.stance}, which it cannot at a {scene.place}"
