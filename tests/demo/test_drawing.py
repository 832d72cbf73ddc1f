"""Pictures are drawn the same each time, at the size asked for, with no font."""

import io
import re

import pytest
from PIL import Image

from comptoir.demo.drawing import (
    Ink,
    Look,
    draw_avatar,
    draw_banner,
    draw_emblem,
    draw_product,
    draw_scene,
    spots,
)
from comptoir.demo.drawing.extent import extent
from comptoir.demo.drawing.hair import HAIR
from comptoir.demo.drawing.motifs import MOTIFS
from comptoir.demo.drawing.pattern import PRINTS
from comptoir.demo.drawing.portrait import Face, portrait_svg
from comptoir.demo.drawing.product import product_svg
from comptoir.demo.drawing.shapes import blob, box, oval, points_in, poly
from comptoir.demo.town import load_town

TINY = 48


def ink(form: int = 0, pattern: str = "uni") -> Ink:
    return Ink("#B83A2C", "#F5EAD7", "#1F5A46", pattern, form, seed=form)


def size(png: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(png)).size


def colours(png: bytes) -> int:
    found = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1_000_000)
    return len(found or [])


@pytest.mark.parametrize("name", sorted(MOTIFS))
def test_every_motif_draws_in_every_form(name: str) -> None:
    for form in range(6):
        svg = product_svg(Look(name, ink(form, "pois")))
        assert svg == product_svg(Look(name, ink(form, "pois")))
        assert "<text" not in svg
        assert not re.search(r"\b(nan|inf)\b", svg)
    assert colours(draw_product(Look(name, ink()), TINY)) > 20


@pytest.mark.parametrize("name", sorted(set(PRINTS) - {"uni"}))
def test_every_print_shows(name: str) -> None:
    plain = draw_product(Look("mug", ink()), TINY)
    assert draw_product(Look("mug", ink(0, name)), TINY) != plain


@pytest.mark.parametrize("hair", sorted(HAIR))
def test_every_head_of_hair_draws(hair: str) -> None:
    face = Face(2, hair, "noyer", "garance", "rond", ("lunettes",), 3)
    assert portrait_svg(face) == portrait_svg(face)
    assert size(draw_avatar(face, TINY)) == (TINY, TINY)


def test_the_same_look_gives_the_same_bytes_and_another_colour_others() -> None:
    one = draw_product(Look("theiere", ink()), TINY)
    assert one == draw_product(Look("theiere", ink()), TINY)
    other = Ink("#5F7C8E", "#F5EAD7", "#1F5A46")
    assert one != draw_product(Look("theiere", other), TINY)


def test_pictures_have_the_sizes_they_say() -> None:
    town = load_town()
    shop = town.shops[0]
    assert size(draw_product(shop.products[0].look)) == (1200, 1200)
    assert size(draw_banner(shop.front, 140)) == (140, 40)
    assert size(draw_emblem(shop.front, TINY)) == (TINY, TINY)
    for place, shape in {"table": (120, 90), "etagere": (120, 150)}.items():
        scene = next(p.scene for p in town.posts if p.scene and p.scene.place == place)
        assert size(draw_scene(scene, 120)) == shape


def test_each_thing_of_a_scene_has_its_own_spot_inside_the_picture() -> None:
    for post in load_town().posts:
        if post.scene is None:
            continue
        found = spots(post.scene)
        assert len(set(found)) == len(post.shows)
        assert all(0 <= x <= 1000 and 0 <= y <= 1000 for x, y in found)


def test_points_are_read_from_text() -> None:
    assert points_in("0,1 -2,3.5! 4,5") == [(0, 1), (-2, 3.5), (-2, 3.5), (4, 5)]
    assert poly("0,0 10,0 10,10") == poly((0, 0), (10, 0), (10, 10))
    with pytest.raises(ValueError, match="not enough"):
        points_in("3")


def test_the_extent_of_an_outline_holds_it_all() -> None:
    assert extent(box(10, 20, 30, 40)) == (10, 20, 40, 60)
    left, top, right, bottom = extent(oval(100, 50, 30, 20))
    assert left <= 70
    assert top <= 30
    assert right >= 130
    assert bottom >= 70
    left, top, right, bottom = extent(blob("0,0 100,0 100,100 0,100"))
    assert min(left, top) < 0
    assert min(right, bottom) > 100
