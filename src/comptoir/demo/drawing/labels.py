"""Labels and their emblems: what stands where words would be."""

from comptoir.demo.drawing.colour import darker, lighter, lightness
from comptoir.demo.drawing.motif import Ink
from comptoir.demo.drawing.shapes import (
    blob,
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


def emblem(ink: Ink, colour: str, size: float) -> str:
    """A small printed sign, one of eight, that stands where a label would have its words."""
    kind = ink.seed % 8
    if kind == 0:
        mark = fill(star(0, 0, 8, 46, 22), colour)
    elif kind == 1:
        mark = fill(
            leaf(0, 44, 84, 26, -90) + leaf(0, 30, 56, 16, -30) + leaf(0, 30, 56, 16, 210), colour
        )
    elif kind == 2:
        mark = fill(oval(0, 0, 40), colour) + fill(oval(14, -6, 34), lighter(colour, 0.85))
    elif kind == 3:
        mark = line(curve("-48,16 -24,-8 0,16 24,-8 48,16"), colour, 12) + fill(
            oval(0, -28, 15), colour
        )
    elif kind == 4:
        mark = fill(poly("0,-46 42,30 -42,30"), colour)
    elif kind == 5:
        mark = fill(oval(-20, 12, 24) + oval(22, 14, 24), colour) + line(
            curve("-18,-10 0,-44 20,-8"), colour, 7
        )
    elif kind == 6:
        mark = fill(blob("0,-48! 34,14 0,44 -34,14"), colour)
    else:
        mark = fill(
            "".join(oval(30 * x, 30 * y, 17) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0))), colour
        )
    return place(mark, 0, 0, size / 100)


def legible(ink: Ink) -> str:
    """Whichever of the thing's colours reads best on paper."""
    return min((ink.second, ink.accent, ink.main, darker(ink.main, 0.45)), key=lightness_on_paper)


def lightness_on_paper(colour: str) -> float:
    """Distance from a good printing tone: dark enough to read, not black."""
    return abs(lightness(colour) - 0.33)


def label(ink: Ink, y: float, w: float, h: float, colour: str = "") -> str:
    """A paper label centred at (0, y): emblem, rule, two lines of would-be words."""
    ground = colour or "#FBF3E3"
    tone = lighter(colour, 0.75) if colour else legible(ink)
    return (
        fill(box(-w / 2, y - h / 2, w, h, 8), ground)
        + line(box(-w / 2 + 9, y - h / 2 + 9, w - 18, h - 18, 4), tone, 3)
        + place(emblem(ink, tone, min(w, h) * 0.42), 0, y - h * 0.12)
        + fill(box(-w * 0.24, y + h * 0.22, w * 0.48, 8, 4), tone)
        + fill(box(-w * 0.15, y + h * 0.33, w * 0.3, 6, 3), tone, 0.6)
    )
