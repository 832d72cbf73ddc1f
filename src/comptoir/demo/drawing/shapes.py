"""Shapes as SVG text: outlines (`d` strings), and the marks made with them.

Coordinates are in picture units, y downward. Points are pairs, or a text of many: "0,0 10,5! 9,9",
where ! makes a corner. An outline is the value of a path's `d`; a mark is
SVG markup. Marks that need a clip carry their own, named by their content, so that the same
input always gives the same bytes.
"""

import hashlib
import math
from collections.abc import Sequence

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.extent import extent

Point = tuple[float, float]


def _n(value: float) -> str:
    return f"{value + 0.0:.1f}"  # a negative zero is a zero


def box(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """Outline of a rectangle with corners rounded by `r`."""
    r = min(r, w / 2, h / 2)
    if r <= 0:
        return f"M{_n(x)} {_n(y)}h{_n(w)}v{_n(h)}h{_n(-w)}z"
    a = f"a{_n(r)} {_n(r)} 0 0 1 "
    return (
        f"M{_n(x + r)} {_n(y)}h{_n(w - 2 * r)}{a}{_n(r)} {_n(r)}v{_n(h - 2 * r)}"
        f"{a}{_n(-r)} {_n(r)}h{_n(2 * r - w)}{a}{_n(-r)} {_n(-r)}v{_n(2 * r - h)}"
        f"{a}{_n(r)} {_n(-r)}z"
    )


def oval(cx: float, cy: float, rx: float, ry: float | None = None) -> str:
    """Outline of an ellipse, of a circle when `ry` is left out."""
    ry = rx if ry is None else ry
    arc = f"a{_n(rx)} {_n(ry)} 0 1 1 "
    return f"M{_n(cx - rx)} {_n(cy)}{arc}{_n(2 * rx)} 0{arc}{_n(-2 * rx)} 0z"


def points_in(text: str) -> list[Point]:
    """Points written as "x,y x,y! x,y"; an exclamation mark gives the point twice: a corner.

    Raises ValueError for anything else.
    """
    found: list[Point] = []
    for word in text.split():
        x, y = word.rstrip("!").split(",")
        point = float(x), float(y)
        found += [point, point] if word.endswith("!") else [point]
    return found


def _all(points: Sequence[Point | str]) -> list[Point]:
    found: list[Point] = []
    for one in points:
        found += points_in(one) if isinstance(one, str) else [one]
    return found


def poly(*given: Point | str) -> str:
    """Outline of a polygon with straight sides."""
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in _all(given)) + "z"


def _bends(points: Sequence[Point], closed: bool) -> str:
    count = len(points)
    parts: list[str] = []
    for i in range(count if closed else count - 1):
        before = points[i - 1] if closed or i > 0 else points[i]
        start, end = points[i], points[(i + 1) % count]
        if start == end:
            continue
        after = points[(i + 2) % count] if closed or i + 2 < count else end
        parts.append(
            f"C{_n(start[0] + (end[0] - before[0]) / 6)} {_n(start[1] + (end[1] - before[1]) / 6)}"
            f" {_n(end[0] - (after[0] - start[0]) / 6)} {_n(end[1] - (after[1] - start[1]) / 6)}"
            f" {_n(end[0])} {_n(end[1])}"
        )
    return "".join(parts)


def blob(*given: Point | str) -> str:
    """Closed smooth outline through the points; a point given twice makes a corner."""
    points = _all(given)
    return f"M{_n(points[0][0])} {_n(points[0][1])}{_bends(points, True)}z"


def curve(*given: Point | str) -> str:
    """Open smooth line through the points; a point given twice makes a corner."""
    points = _all(given)
    return f"M{_n(points[0][0])} {_n(points[0][1])}{_bends(points, False)}"


def turned(*given: Point | str, tilt: float = 0.14) -> str:
    """Outline of something turned on a wheel: (height above ground, half width), top first.

    The top and the bottom edges are the far and near halves of ellipses, `tilt` times as high
    as wide: the eye looks slightly down. A point given twice makes a corner.
    """
    profile = _all(given)
    right = [(w, -h) for h, w in profile]
    left = [(-w, -h) for h, w in reversed(profile)]
    top, foot = profile[0][1], profile[-1][1]
    return (
        f"M{_n(right[0][0])} {_n(right[0][1])}{_bends(right, False)}"
        f"A{_n(foot)} {_n(foot * tilt)} 0 0 1 {_n(-foot)} {_n(left[0][1])}"
        f"{_bends(left, False)}A{_n(top)} {_n(top * tilt)} 0 0 1 {_n(top)} {_n(right[0][1])}z"
    )


def star(cx: float, cy: float, points: int, outer: float, inner: float) -> str:
    """Outline of a star."""
    corners: list[Point] = []
    for i in range(points * 2):
        radius = inner if i % 2 else outer
        angle = math.pi * i / points - math.pi / 2
        corners.append((cx + radius * math.cos(angle), cy + radius * math.sin(angle)))
    return poly(*corners)


def leaf(x: float, y: float, length: float, width: float, angle: float) -> str:
    """Outline of a pointed leaf growing from (x, y); `angle` in degrees, 0 is to the right."""
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)

    def place(along: float, across: float) -> str:
        return f"{_n(x + along * cos - across * sin)} {_n(y + along * sin + across * cos)}"

    return (
        f"M{_n(x)} {_n(y)}C{place(length * 0.3, -width)} {place(length * 0.7, -width * 0.8)} "
        f"{place(length, 0)}C{place(length * 0.7, width * 0.8)} {place(length * 0.3, width)} "
        f"{_n(x)} {_n(y)}z"
    )


def fill(d: str, colour: str, opacity: float = 1) -> str:
    """The outline filled flat."""
    seen = "" if opacity >= 1 else f' fill-opacity="{opacity:.3g}"'
    return f'<path d="{d}" fill="{colour}"{seen}/>'


def line(d: str, colour: str, width: float, opacity: float = 1, cap: str = "round") -> str:
    """The outline drawn as a line."""
    seen = "" if opacity >= 1 else f' stroke-opacity="{opacity:.3g}"'
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" '
        f'stroke-linecap="{cap}" stroke-linejoin="round"{seen}/>'
    )


def clip(d: str, content: str) -> str:
    """The content, seen only inside the outline."""
    name = "k" + hashlib.md5(d.encode(), usedforsecurity=False).hexdigest()[:12]
    return (
        f'<clipPath id="{name}"><path d="{d}"/></clipPath><g clip-path="url(#{name})">{content}</g>'
    )


def place(content: str, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0) -> str:
    """The content moved, turned (degrees, clockwise) and scaled about its own origin."""
    steps = f"translate({_n(x)} {_n(y)})"
    if turn:
        steps += f" rotate({_n(turn)})"
    if scale != 1:
        steps += f" scale({scale:.4f})"
    return f'<g transform="{steps}">{content}</g>'


def mirror(content: str) -> str:
    """The content seen in a mirror standing on its origin."""
    return f'<g transform="scale(-1 1)">{content}</g>'


def faded(content: str, opacity: float) -> str:
    """The content as one see-through layer."""
    return f'<g opacity="{opacity:.3g}">{content}</g>'


def _crescent(d: str, dx: float, dy: float, colour: str, opacity: float) -> str:
    left, top, right, bottom = extent(d)
    far = max(abs(dx), abs(dy)) + 1
    around = box(left - far, top - far, right - left + 2 * far, bottom - top + 2 * far)
    return (
        f'<path transform="translate({_n(dx)} {_n(dy)})" d="{around}{d}" '
        f'fill-rule="evenodd" fill="{colour}" fill-opacity="{opacity:.3g}"/>'
    )


def edge(d: str, dx: float, dy: float, colour: str, opacity: float = 1) -> str:
    """The crescent of the outline left bare when it is moved by (dx, dy)."""
    return clip(d, _crescent(d, dx, dy, colour, opacity))


def lit(d: str, colour: str, depth: float = 26, over: str = "") -> str:
    """A solid under the place's one light, from the upper left: three tones.

    `over` (a print, a label) lies on the surface and is shaded with it. Everything is clipped
    once: each clip is a layer, and layers are what a picture's time is spent on.
    """
    shade = _crescent(d, -depth, -depth * 0.4, darker(colour, 0.45), 0.3)
    light = _crescent(d, depth * 0.5, depth * 0.2, lighter(colour, 0.85), 0.34)
    return fill(d, colour) + clip(d, over + shade + light)


def cast(d: str, reach: float = 1) -> str:
    """The shadow that a flat thing throws on what it lies on."""
    far = place(fill(d, "#3A2420", 0.07), 22 * reach, 30 * reach)
    return far + place(fill(d, "#3A2420", 0.13), 9 * reach, 13 * reach)


def stitches(d: str, colour: str, width: float = 3, dash: str = "12 9") -> str:
    """A row of stitches along the outline."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{_n(width)}" '
        f'stroke-dasharray="{dash}" stroke-linecap="round"/>'
    )
