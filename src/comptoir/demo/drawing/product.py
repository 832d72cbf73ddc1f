"""The picture of one product: a motif on its backdrop."""

from random import Random

from comptoir.demo.drawing.backdrop import (
    SHADOW,
    cloth,
    ground_for,
    standing_shadow,
    table_top,
    wall,
)
from comptoir.demo.drawing.look import Look
from comptoir.demo.drawing.raster import framed
from comptoir.demo.drawing.shapes import box, fill, place

SIDE = 1200
_FOOT = 985
_ROOM = 880


def product_svg(look: Look) -> str:
    """A square picture, 1200 units a side.

    Raises KeyError for a motif that nobody draws.
    """
    thing, ink = look.thing, look.ink
    chance = Random(ink.seed * 7919 + 17)
    tint, deep = ground_for(ink.main, chance)
    scale = min(_ROOM / thing.width, _ROOM / thing.height, 1.5)
    if thing.stance == "lies":
        ground = fill(box(0, 0, SIDE, SIDE), tint)
        if chance.random() < 0.3:
            ground = cloth(SIDE, SIDE, tint, deep)
        content = ground + place(thing.draw(ink), SIDE / 2, SIDE / 2, scale)
    elif thing.stance == "hangs":
        top = (SIDE - thing.height * scale) / 2 - 20
        content = wall(SIDE, SIDE, tint, deep, chance) + place(
            thing.draw(ink), SIDE / 2, max(top, 0) if thing.height * scale < 900 else 0, scale
        )
    else:
        foot = _FOOT - max(0, (520 - thing.height * scale) * 0.28)
        content = (
            wall(SIDE, SIDE, tint, deep, chance)
            + table_top(SIDE, SIDE, foot - 150, deep)
            + standing_shadow(SIDE / 2, foot, thing.width * scale * 0.86)
            + place(thing.draw(ink), SIDE / 2, foot, scale)
        )
    return framed(content, SIDE, SIDE, SHADOW)
