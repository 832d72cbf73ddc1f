"""What stands behind a product: wall, table, light, the shadow of what stands on it."""

from random import Random

from comptoir.demo.drawing.colour import darker, distance, lighter, mix
from comptoir.demo.drawing.shapes import (
    box,
    clip,
    curve,
    faded,
    fill,
    leaf,
    line,
    oval,
    place,
    poly,
)

GROUNDS: tuple[tuple[str, str], ...] = (
    ("#F4E8D8", "#E8D5BC"),
    ("#E4EBE3", "#CFDBCE"),
    ("#F6E0D7", "#EAC9BC"),
    ("#E0E8EB", "#C8D6DC"),
    ("#F7EBCB", "#EBD9A6"),
    ("#ECE5EE", "#D9CEDD"),
    ("#F8F2E8", "#E9DECD"),
    ("#EFE3DB", "#DBC6B8"),
    ("#DDE7E0", "#C2D3C8"),
)
_DIM = "#3A2420"


def ground_for(colour: str, chance: Random) -> tuple[str, str]:
    """A wall and table tint against which the colour stands out."""
    ranked = sorted(GROUNDS, key=lambda pair: -min(distance(pair[0], colour), 0.42))
    clear = [pair for pair in ranked if distance(pair[0], colour) > 0.2] or ranked[:3]
    return chance.choice(clear)


def _window(width: float, height: float, chance: Random) -> str:
    """Sun through a window: two leaning panes of light."""
    x, slant = width * chance.uniform(0.08, 0.3), width * 0.22
    panes = ""
    for row in (0, 1):
        for column in (0, 1):
            left, top = x + column * width * 0.27, height * (0.06 + row * 0.34)
            lean = slant * (0.3 + row * 0.9)
            wide, tall = width * 0.235, height * 0.31
            panes += poly(
                (left + lean, top),
                (left + wide + lean, top),
                (left + wide + lean + slant * 0.8, top + tall),
                (left + lean + slant * 0.8, top + tall),
            )
    return fill(panes, "#FFFDF4", 0.5)


def _boughs(width: float, height: float, chance: Random) -> str:
    """The shadow of a branch outside the frame."""
    parts = ""
    for bough in range(2):
        x, y = width * (0.66 + 0.2 * bough), -40.0
        lean = chance.uniform(-0.32, -0.12)
        points = [
            (x + lean * 900 * t - 60 * t * t, y + height * 0.55 * t)
            for t in (0, 0.25, 0.5, 0.75, 1)
        ]
        parts += line(curve(*points), _DIM, 9)
        for px, py in points[1:]:
            for turn in (35, 150, 95):
                parts += fill(
                    leaf(
                        px,
                        py,
                        chance.uniform(110, 170),
                        chance.uniform(24, 36),
                        turn + chance.uniform(-20, 20),
                    ),
                    _DIM,
                )
    return faded(parts, 0.05)


def _arch(width: float, height: float, colour: str) -> str:
    w, top = width * 0.62, height * 0.13
    x = (width - w) / 2
    return fill(f"M{x} {height}V{top + w / 2:.1f}a{w / 2} {w / 2} 0 0 1 {w} 0V{height}z", colour)


def _disc(width: float, height: float, colour: str) -> str:
    return fill(oval(width / 2, height * 0.46, width * 0.36), colour)


def wall(width: float, height: float, tint: str, table: str, chance: Random) -> str:
    """The wall behind, with one quiet event on it: an arch, a disc, sun, a branch's shadow."""
    back = fill(box(0, 0, width, height), tint)
    soft = mix(tint, table, 0.62)
    event = chance.choice(("arch", "disc", "window", "boughs", "window", "none"))
    if event == "arch":
        return back + _arch(width, height, soft)
    if event == "disc":
        return back + _disc(width, height, soft)
    if event == "window":
        return back + _window(width, height, chance)
    if event == "boughs":
        return back + _boughs(width, height, chance)
    return back


def table_top(width: float, height: float, level: float, colour: str) -> str:
    """A table from `level` down to the foot of the picture."""
    return (
        fill(box(0, level, width, height - level), colour)
        + fill(box(0, level, width, 5), lighter(colour, 0.55), 0.8)
        + fill(box(0, height - 44, width, 44), darker(colour, 0.1), 0.5)
    )


SHADOW = (
    '<radialGradient id="ombre"><stop offset="0" stop-color="#3A2420" stop-opacity=".42"/>'
    '<stop offset=".45" stop-color="#3A2420" stop-opacity=".2"/>'
    '<stop offset="1" stop-color="#3A2420" stop-opacity="0"/></radialGradient>'
)


def standing_shadow(x: float, y: float, width: float) -> str:
    """The shadow of something `width` wide standing at (x, y): tight below, long to the right."""
    long = _soft(x + width * 0.2, y - 2, width * 0.74, max(width * 0.085, 12))
    return long + _soft(x + 4, y + 2, width * 0.53, max(width * 0.06, 9))


def _soft(cx: float, cy: float, rx: float, ry: float) -> str:
    return f'<ellipse cx="{cx:.1f}" cy="{cy:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="url(#ombre)"/>'


def planks(width: float, height: float, colour: str, chance: Random) -> str:
    """A table of boards seen from above."""
    parts, y = fill(box(0, 0, width, height), colour), 0.0
    while y < height:
        deep = chance.uniform(150, 210)
        parts += fill(box(0, y, width, deep), mix(colour, darker(colour, 0.1), chance.random()))
        parts += fill(box(0, y, width, 3), darker(colour, 0.3), 0.5)
        for _ in range(3):
            x, at = chance.uniform(0, width), y + chance.uniform(20, deep - 20)
            parts += line(
                curve((x, at), (x + 120, at + 5), (x + 280, at - 3)), darker(colour, 0.3), 2.5, 0.3
            )
        y += deep
    return parts


def cloth(width: float, height: float, tint: str, deep: str) -> str:
    """A plain ground seen from above, a folded cloth across one corner."""
    fold = poly((0, height * 0.62), (width * 0.5, height), (0, height))
    inner = "".join(
        line(f"M{-40 + k * 46} {height}L{-40 + k * 46 - 500} {height - 400}", lighter(deep, 0.4), 4)
        for k in range(int(width / 46) + 8)
    )
    return (
        fill(box(0, 0, width, height), tint)
        + place(fill(fold, _DIM, 0.06), 10, -6)
        + fill(fold, deep)
        + clip(fold, inner)
    )
