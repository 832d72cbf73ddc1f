"""A shop's own pictures: its sign, and its front in the street."""

from dataclasses import dataclass
from random import Random

from comptoir.demo.drawing.backdrop import SHADOW
from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.look import Look, in_a_row
from comptoir.demo.drawing.raster import framed
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    clip,
    fill,
    leaf,
    line,
    lit,
    oval,
    place,
    poly,
    stitches,
)

BANNER = (2100, 600)
SIDE = 1200


@dataclass(frozen=True, slots=True)
class Front:
    """A shop as it is drawn: three colours (hex), the look on its sign, those in its window."""

    main: str
    second: str
    accent: str
    sign: Look
    window: tuple[Look, ...]
    seed: int


def emblem_svg(front: Front) -> str:
    """The shop's sign, square, 1200 units a side, made to be cut to a circle."""
    thing = front.sign.thing
    scale = min(650 / thing.width, 620 / thing.height)
    lift = {
        "stands": 600 + thing.height * scale / 2,
        "lies": 600,
        "hangs": 600 - thing.height * scale / 2,
    }
    ring = oval(600, 600, 452)
    return framed(
        fill(box(0, 0, SIDE, SIDE), front.main)
        + fill(ring, mix(front.second, "#FFFCF6", 0.4))
        + stitches(oval(600, 600, 488), lighter(front.main, 0.45), 7, "22 20")
        + place(thing.draw(front.sign.ink), 600, lift[thing.stance], scale),
        SIDE,
        SIDE,
        SHADOW,
    )


def _bricks(wall: str, chance: Random) -> str:
    parts = ""
    for _ in range(60):
        x, y = chance.uniform(0, BANNER[0]), chance.randrange(0, 13) * 40
        parts += fill(box(x, y + 4, chance.uniform(50, 90), 30, 4), darker(wall, 0.1), 0.4)
    return parts


def _awning(front: Front) -> str:
    parts, step = "", 74
    for n in range(14):
        tone = front.main if n % 2 == 0 else mix(front.second, "#FFFCF6", 0.5)
        x = 110 + n * step
        parts += fill(
            f"M{x + 14 - n * 2} 118H{x + step + 12 - n * 2}L{x + step} 214a37 34 0 0 1 -{step} 0z",
            tone,
        )
    return parts + fill(box(110, 206, 14 * step, 8), "#2A1A1E", 0.1)


def _window(front: Front) -> str:
    pane = box(140, 170, 950, 338)
    inside = mix("#F6E9CF", front.second, 0.2)
    glow = fill(oval(620, 260, 430, 190), "#FFF3CF", 0.75)
    shelf = fill(box(140, 476, 950, 32), darker(front.main, 0.1))
    things = "".join(one.drawn() for one in in_a_row(list(front.window), 176, 1054, 482, 27))
    shine = fill(poly("220,508 430,170 500,170 290,508"), "#FFFFFF", 0.2)
    frame = line(pane, front.main, 26, cap="butt")
    return fill(pane, inside) + clip(pane, glow + shelf + things + shine) + frame


def _door(front: Front) -> str:
    door = box(1190, 150, 230, 400, 8)
    glass = box(1224, 190, 162, 220, 70)
    step = lit(box(1160, 536, 290, 26, 4), "#CFC6B8", 8)
    knob = fill(oval(1398, 460, 11), "#D9A441")
    card = place(
        lit(box(-44, -30, 88, 60, 6), "#FFFCF6", 6) + fill(oval(0, 0, 16), front.accent), 1305, 330
    )
    return (
        step
        + lit(door, front.main, 16)
        + fill(glass, "#DCE7E4")
        + fill(poly("1240,400 1320,200 1350,200 1270,400"), "#FFFFFF", 0.45)
        + card
        + knob
        + fill(box(1224, 440, 162, 80, 8), darker(front.main, 0.18))
    )


def _tree(x: float, pot: str) -> str:
    crown = "".join(
        oval(x + dx, 360 + dy, 46) for dx, dy in ((-34, 20), (34, 20), (0, -24), (0, 40))
    )
    leaves = "".join(
        fill(leaf(x + dx, 350 + dy, 40, 12, turn), "#7FA36F")
        for dx, dy, turn in ((-30, 10, -50), (20, -20, 20), (10, 40, -120))
    )
    return (
        fill(oval(x + 14, 556, 76, 12), "#3A2420", 0.16)
        + fill(box(x - 6, 400, 12, 90), "#7C5336")
        + fill(crown, "#4F7A52")
        + leaves
        + lit(poly((x - 52, 470), (x + 52, 470), (x + 40, 556), (x - 40, 556)), pot, 14)
    )


def _casement(x: float, front: Front) -> str:
    """A neighbour's window with its shutters, flowers on the sill."""
    shutter = lit(box(0, 0, 62, 250, 6), front.accent, 8) + "".join(
        fill(box(10, y, 42, 6, 3), darker(front.accent, 0.25), 0.6) for y in range(20, 240, 22)
    )
    pane = fill(box(-62, 0, 124, 250, 6), "#DCE7E4") + fill(
        poly("-50,250 20,0 50,0 -20,250"), "#FFFFFF", 0.4
    )
    frame = line(box(-62, 0, 124, 250, 6), "#FFFCF6", 14, cap="butt") + line(
        "M0 0V250M-62 110H62", "#FFFCF6", 9
    )
    blooms = "".join(
        fill(oval(dx, 246 - k % 2 * 14, 17), tone)
        for k, (dx, tone) in enumerate(
            zip(range(-60, 70, 24), ("#E0A093", "#FFFCF6", "#B83A2C") * 2, strict=True)
        )
    )
    ledge = lit(box(-84, 254, 168, 40, 6), "#C4683F", 10)
    leaves = fill(oval(-30, 252, 50, 18) + oval(34, 252, 50, 18), "#4F7A52")
    sides = place(shutter, -136, 0) + place(shutter, 74, 0)
    return place(pane + frame + sides + leaves + blooms + ledge, x, 130)


def _street(front: Front, chance: Random) -> str:
    """The wall and the pavement, all along."""
    width, height = BANNER
    wall = mix(front.second, lighter(front.accent, 0.6), 0.45)
    pavement = fill(box(0, 550, width, 50), "#D8CFC1") + fill(box(0, 550, width, 5), "#FFFFFF", 0.5)
    slabs = "".join(fill(box(x, 552, 3, 48), "#B8AD9D", 0.6) for x in range(60, width, 190))
    plinth = fill(box(0, 520, width, 34), darker(wall, 0.14))
    return fill(box(0, 0, width, height), wall) + _bricks(wall, chance) + plinth + pavement + slabs


def banner_svg(front: Front) -> str:
    """The shop's front in the street, 2100 by 600 units: window, awning, door, neighbours."""
    board = lit(box(140, 42, 950, 84, 8), darker(front.main, 0.12), 12)
    dots = "".join(
        fill(oval(x, 84, 8), front.accent) for x in range(230, 1040, 90) if abs(x - 615) > 70
    )
    mark = fill(oval(615, 84, 34), front.accent) + fill(oval(615, 84, 22), front.second)
    lamp = (
        line("M1305 96v-40", "#3D3833", 6)
        + fill(oval(1305, 118, 70, 50), "#FFE9AE", 0.5)
        + lit(blob("1270,126! 1282,96 1328,96 1340,126!"), front.accent, 8)
    )
    shop = board + dots + mark + _window(front) + _awning(front) + lamp + _door(front)
    trees = _tree(64, front.accent) + _tree(1510, front.accent)
    neighbours = _casement(190, front) + _casement(1960, front)
    street = _street(front, Random(front.seed))
    return framed(street + neighbours + place(shop + trees, 320, 0), *BANNER, SHADOW)
