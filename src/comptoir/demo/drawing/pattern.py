"""Prints: what is woven, glazed or printed on a thing.

A print is drawn over a square of `size` units around the origin and clipped by the thing it
lies on. Each takes two colours, a size and a source of chance, and returns SVG markup.
"""

import math
from collections.abc import Callable
from random import Random

from comptoir.demo.drawing.shapes import (
    box,
    curve,
    fill,
    leaf,
    line,
    oval,
    place,
    poly,
    star,
)

Print = Callable[[str, str, float, Random], str]


def _rows(size: float, step: float) -> list[float]:
    count = int(size // step) + 2
    return [(i - count / 2) * step for i in range(count + 1)]


def _plain(one: str, two: str, size: float, chance: Random) -> str:
    return ""


def _stripes(one: str, two: str, size: float, chance: Random) -> str:
    return "".join(fill(box(-size, y, size * 2, 20), one) for y in _rows(size * 2, 58))


def _sailor(one: str, two: str, size: float, chance: Random) -> str:
    return "".join(fill(box(-size, y, size * 2, 13), one) for y in _rows(size * 2, 40))


def _uprights(one: str, two: str, size: float, chance: Random) -> str:
    return "".join(fill(box(x, -size, 20, size * 2), one) for x in _rows(size * 2, 62))


def _ticking(one: str, two: str, size: float, chance: Random) -> str:
    return "".join(
        fill(box(x, -size, 10, size * 2), one)
        + fill(box(x + 18, -size, 3, size * 2), one)
        + fill(box(x - 11, -size, 3, size * 2), one)
        for x in _rows(size * 2, 74)
    )


def _gingham(one: str, two: str, size: float, chance: Random) -> str:
    bars = [fill(box(-size, y, size * 2, 34), one, 0.5) for y in _rows(size * 2, 68)]
    bars += [fill(box(x, -size, 34, size * 2), one, 0.5) for x in _rows(size * 2, 68)]
    return "".join(bars)


def _tartan(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for v in _rows(size * 2, 150):
        for at, wide, colour in ((0, 44, one), (66, 8, two), (84, 8, one)):
            parts.append(fill(box(-size, v + at, size * 2, wide), colour, 0.55))
            parts.append(fill(box(v + at, -size, wide, size * 2), colour, 0.55))
    return "".join(parts)


def _dots(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 52)):
        shift = 30 if row % 2 else 0
        parts += [oval(x + shift, y, 10) for x in _rows(size * 2, 60)]
    return fill("".join(parts), one)


def _speckle(one: str, two: str, size: float, chance: Random) -> str:
    spots = int(size * size / 900)
    parts = [
        oval(chance.uniform(-size, size), chance.uniform(-size, size), chance.uniform(1.6, 5))
        for _ in range(spots)
    ]
    return fill("".join(parts), one, 0.55)


def _terrazzo(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for _ in range(int(size * size / 1900)):
        x, y, r = chance.uniform(-size, size), chance.uniform(-size, size), chance.uniform(9, 24)
        turn = chance.uniform(0, 6.28)
        corners = [
            (
                x + r * chance.uniform(0.6, 1) * math.cos(turn + k * 1.257),
                y + r * chance.uniform(0.6, 1) * math.sin(turn + k * 1.257),
            )
            for k in range(5)
        ]
        parts.append(fill(poly(*corners), chance.choice((one, two)), 0.9))
    return "".join(parts)


def _chevrons(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 56)):
        points = [(x, y + (22 if i % 2 else -22)) for i, x in enumerate(_rows(size * 2, 46))]
        d = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        parts.append(line(d, two if row % 3 == 0 else one, 14, cap="butt"))
    return "".join(parts)


def _waves(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for y in _rows(size * 2, 50):
        points = [(x, y + (13 if i % 2 else -13)) for i, x in enumerate(_rows(size * 2, 52))]
        parts.append(line(curve(*points), one, 8))
    return "".join(parts)


def _scales(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 44)):
        shift = 44 if row % 2 else 0
        for x in _rows(size * 2, 88):
            cx = x + shift
            parts.append(f"M{cx - 42:.1f} {y:.1f}a42 42 0 0 0 84 0")
            parts.append(f"M{cx - 22:.1f} {y:.1f}a22 22 0 0 0 44 0")
    return line("".join(parts), one, 6)


def _sprigs(one: str, two: str, size: float, chance: Random) -> str:
    sprig = (
        line(curve("0,34 4,8 0,-20"), one, 4)
        + fill(leaf(1, 14, 26, 9, -35) + leaf(2, 4, 24, 8, 215) + leaf(0, 24, 22, 8, 205), one)
        + fill(oval(0, -26, 9), two)
    )
    parts = []
    for row, y in enumerate(_rows(size * 2, 96)):
        shift = 52 if row % 2 else 0
        parts += [
            place(sprig, x + shift, y, 1, chance.uniform(-28, 28)) for x in _rows(size * 2, 104)
        ]
    return "".join(parts)


def _flowers(one: str, two: str, size: float, chance: Random) -> str:
    petals = "".join(
        oval(17 * math.cos(k * 1.2566), 17 * math.sin(k * 1.2566), 13) for k in range(5)
    )
    flower = fill(petals, one) + fill(oval(0, 0, 9), two)
    parts = []
    for row, y in enumerate(_rows(size * 2, 84)):
        shift = 50 if row % 2 else 0
        for x in _rows(size * 2, 100):
            grown = chance.uniform(0.7, 1.1)
            parts.append(place(flower, x + shift, y, grown, chance.uniform(0, 70)))
    return "".join(parts)


def _stars(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 66)):
        shift = 38 if row % 2 else 0
        parts += [star(x + shift, y, 5, 17, 7) for x in _rows(size * 2, 76)]
    return fill("".join(parts), one)


def _diamonds(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 60)):
        shift = 45 if row % 2 else 0
        for x in _rows(size * 2, 90):
            cx = x + shift
            colour = two if row % 4 == 1 else one
            parts.append(fill(poly((cx, y - 30), (cx + 24, y), (cx, y + 30), (cx - 24, y)), colour))
    return "".join(parts)


def _crosses(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 54)):
        shift = 27 if row % 2 else 0
        parts += [
            f"M{x + shift - 9:.1f} {y:.1f}h18M{x + shift:.1f} {y - 9:.1f}v18"
            for x in _rows(size * 2, 54)
        ]
    return line("".join(parts), one, 5)


def _jacquard(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for row, y in enumerate(_rows(size * 2, 46)):
        kind = row % 4
        if kind == 0:
            parts.append(fill(box(-size, y - 4, size * 2, 8), two))
        for x in _rows(size * 2, 46):
            if kind == 1:
                parts.append(fill(poly((x, y - 15), (x + 15, y), (x, y + 15), (x - 15, y)), one))
            elif kind == 3:
                parts.append(fill(box(x - 5, y - 5, 10, 10) + box(x + 18, y - 5, 10, 10), one))
    return "".join(parts)


def _strokes(one: str, two: str, size: float, chance: Random) -> str:
    parts = []
    for y in _rows(size * 2, 44):
        for x in _rows(size * 2, 58):
            dx, dy = chance.uniform(-12, 12), chance.uniform(-10, 10)
            turn = chance.uniform(-0.7, 0.7)
            ax, ay = 15 * math.sin(turn), 15 * math.cos(turn)
            parts.append(f"M{x + dx - ax:.1f} {y + dy - ay:.1f}l{2 * ax:.1f} {2 * ay:.1f}")
    return line("".join(parts), one, 7)


PRINTS: dict[str, Print] = {
    "uni": _plain,
    "rayures": _stripes,
    "mariniere": _sailor,
    "verticales": _uprights,
    "coutil": _ticking,
    "vichy": _gingham,
    "tartan": _tartan,
    "pois": _dots,
    "mouchete": _speckle,
    "terrazzo": _terrazzo,
    "chevrons": _chevrons,
    "vagues": _waves,
    "ecailles": _scales,
    "brindilles": _sprigs,
    "fleurs": _flowers,
    "etoiles": _stars,
    "losanges": _diamonds,
    "croix": _crosses,
    "jacquard": _jacquard,
    "traits": _strokes,
}


def printed(name: str, one: str, two: str, size: float, seed: int) -> str:
    """The named print in two colours, covering `size` units each way from the origin.

    Raises KeyError for a name that is not in PRINTS.
    """
    return PRINTS[name](one, two, size, Random(seed))
