"""Scenes for the photos of posts: products at home on a table, a shelf, a sill, a stall."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from comptoir.demo.drawing.backdrop import (
    GROUNDS,
    SHADOW,
    cloth,
    planks,
    table_top,
    wall,
)
from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.look import Look, Placed, in_a_row, size_in_scene
from comptoir.demo.drawing.raster import framed
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    clip,
    curve,
    fill,
    leaf,
    line,
    lit,
    oval,
    place,
    poly,
)

WIDE, TALL = (1200, 900), (1200, 1500)
SIZES: dict[str, tuple[int, int]] = {
    "bureau": TALL,
    "etagere": TALL,
    "etal": WIDE,
    "fenetre": TALL,
    "mur": TALL,
    "table": WIDE,
}
PLACES = frozenset(SIZES)


@dataclass(frozen=True, slots=True)
class Scene:
    """A place (a name of PLACES), the looks in it from left to right, and a seed."""

    place: str
    looks: tuple[Look, ...]
    seed: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in units, which are pixels at full size."""
        return SIZES[self.place]


def _tints(seed: int) -> tuple[str, str]:
    return GROUNDS[seed % len(GROUNDS)]


def _table(scene: Scene, chance: Random) -> tuple[str, list[Placed]]:
    width, height = WIDE
    tint, deep = _tints(scene.seed)
    wood = chance.choice((deep, "#C99A6B", "#D9B48A", deep))
    things = in_a_row(list(scene.looks), 60, width - 60, 750, 46, 26)
    back = wall(width, height, tint, deep, chance) + table_top(width, height, 610, wood)
    return back, things


def _shelf(scene: Scene, chance: Random) -> tuple[str, list[Placed]]:
    width, height = TALL
    tint, deep = _tints(scene.seed)
    looks = list(scene.looks)
    rows = 2 if len(looks) <= 4 else 3
    each = -(-len(looks) // rows)
    levels = [height * (n + 1) / (rows + 0.42) + 20 for n in range(rows)]
    room = levels[0] - 130 if rows == 2 else levels[0] - 90
    wood = chance.choice(("#C99A6B", "#B5835A", "#E3CDAE"))
    back = wall(width, height, tint, deep, chance)
    things: list[Placed] = []
    for n, level in enumerate(levels):
        back += fill(box(60, level + 34, width - 100, 40, 6), "#3A2420", 0.1)
        back += lit(box(40, level, width - 80, 42, 8), wood, 14)
        part = looks[n * each : (n + 1) * each]
        tallest = max((size_in_scene(one, 1)[0] * one.thing.height for one in part), default=1)
        unit = min(62.0, room / tallest)
        things += in_a_row(part, 110, width - 110, level + 4, unit)
    return back, things


def _view(chance: Random) -> str:
    """The harbour seen through a window."""
    sky, sea = chance.choice(
        (("#DCE9EC", "#8FB0B8"), ("#F6E2CF", "#A9B9B4"), ("#E6EEF0", "#7FA3AE"))
    )
    sun = fill(oval(chance.uniform(380, 820), chance.uniform(330, 480), 74), "#F4C988", 0.9)
    hills = fill(blob("60,640! 240,560 420,600 620,640 620,660 60,660"), mix(sea, "#5B7A66", 0.6))
    x = chance.uniform(640, 940)
    boat = place(
        fill(poly("-70,0 70,0 46,30 -46,30"), "#B83A2C")
        + fill(poly("-4,-10 -4,-130 -60,-10"), "#FFFCF6")
        + fill(poly("8,-10 8,-104 54,-10"), "#F5EAD7"),
        x,
        690,
    )
    waves = "".join(
        line(curve((x0, y), (x0 + 36, y - 8), (x0 + 72, y)), "#FFFFFF", 5, 0.5)
        for x0, y in ((180, 760), (420, 820), (700, 780), (900, 850), (300, 900), (620, 920))
    )
    return (
        fill(box(60, 90, 1080, 560), sky)
        + sun
        + fill(box(60, 640, 1080, 560), sea)
        + hills
        + waves
        + boat
    )


def _sill(scene: Scene, chance: Random) -> tuple[str, list[Placed]]:
    width, height = TALL
    tint, deep = _tints(scene.seed)
    pane = box(110, 90, 980, 1080, 8)
    frame = "#FFFCF6"
    bars = fill(box(586, 90, 28, 1080) + box(110, 520, 980, 24), frame)
    surround = line(pane, frame, 46, cap="butt") + line(
        box(84, 64, 1032, 1130, 10), darker(deep, 0.12), 5
    )
    drape = lit(
        blob("0,0! 220,0! 190,500 110,900 70,1190! 0,1190!"),
        chance.choice(("#F0D9CC", "#DCE5DC", "#EBDDBC")),
        26,
    )
    back = fill(box(0, 0, width, height), tint) + clip(pane, _view(chance)) + bars + surround
    back += drape + f'<g transform="translate({width} 0) scale(-1 1)">{drape}</g>'
    sill = lit(box(20, 1180, width - 40, 96, 10), lighter(deep, 0.5), 20) + fill(
        box(0, 1276, width, height - 1276), mix(tint, deep, 0.4)
    )
    sill += fill(box(40, 1276, width - 80, 26), "#3A2420", 0.1)
    things = in_a_row(list(scene.looks), 110, width - 110, 1232, 58, 14)
    return back + sill, things


def _stall(scene: Scene, chance: Random) -> tuple[str, list[Placed]]:
    width, height = WIDE
    tint, deep = _tints(scene.seed)
    one, two = chance.choice(
        (
            ("#B83A2C", "#FBF3E3"),
            ("#1F5A46", "#FBF3E3"),
            ("#D9A441", "#FFFCF6"),
            ("#5F7C8E", "#FBF3E3"),
        )
    )
    back = fill(box(0, 0, width, height), tint)
    for x, tall, part in ((-40, 420, 0.25), (250, 350, 0.4), (560, 450, 0.3), (860, 380, 0.45)):
        back += fill(
            poly(
                (x, 640),
                (x, 640 - tall),
                (x + 150, 540 - tall),
                (x + 300, 640 - tall),
                (x + 300, 640),
            ),
            mix(tint, deep, part),
        )
    stripes = ""
    for n in range(12):
        tone = one if n % 2 == 0 else two
        stripes += fill(f"M{n * 100} 0h100v130a50 46 0 0 1 -100 0z", tone)
    shade = fill(box(0, 150, width, 46), "#3A2420", 0.07)
    posts = fill(box(36, 120, 20, 560) + box(1144, 120, 20, 560), "#9C7149")
    top = table_top(width, height, 640, "#C99A6B")
    boards = "".join(
        lit(box(-10, 800 + n * 52, width + 20, 46, 4), "#B5835A", 10) for n in range(2)
    )
    things = in_a_row(list(scene.looks), 80, width - 80, 760, 43, 18)
    return back + shade + posts + stripes + fill(
        box(0, 118, width, 10), "#3A2420", 0.08
    ) + top + boards, things


def _on_wall(scene: Scene, chance: Random) -> tuple[str, list[Placed]]:
    width, height = TALL
    tint, deep = _tints(scene.seed)
    hanging = [look for look in scene.looks if look.thing.stance == "hangs"]
    standing = [look for look in scene.looks if look.thing.stance != "hangs"]
    wood = chance.choice(("#C99A6B", "#B5835A", deep))
    back = wall(width, height, tint, deep, chance)
    back += fill(box(0, 1150, width, height - 1150), mix(tint, deep, 0.5))
    back += fill(box(30, 1262, width - 60, 20), "#3A2420", 0.1) + lit(
        box(0, 1190, width, 78, 6), wood, 16
    )
    things: list[Placed] = []
    for n, look in enumerate(hanging):
        scale = min(640 / look.thing.height, 620 / look.thing.width)
        top = 0 if look.motif in {"suspension", "mobile"} else 110
        things.append(Placed(look, width * (n + 1) / (len(hanging) + 1), top, scale))
    things += in_a_row(standing, 90, width - 90, 1222, 40, 8)
    return back, things


_DESKS: dict[int, tuple[tuple[float, float, float], ...]] = {
    1: ((0.5, 0.5, 0.8),),
    2: ((0.36, 0.31, 0.6), (0.62, 0.7, 0.6)),
    3: ((0.33, 0.28, 0.54), (0.7, 0.45, 0.48), (0.37, 0.74, 0.54)),
    4: ((0.29, 0.27, 0.48), (0.73, 0.3, 0.44), (0.3, 0.72, 0.46), (0.72, 0.73, 0.48)),
}


def _desk(scene: Scene, chance: Random) -> tuple[str, list[Placed]]:
    width, height = TALL
    tint, deep = _tints(scene.seed)
    if chance.random() < 0.5:
        back = planks(width, height, "#D9B48A", chance)
    else:
        back = cloth(width, height, tint, deep)
    things = []
    for look, (x, y, room) in zip(scene.looks, _DESKS[len(scene.looks)], strict=True):
        scale = room * width / max(look.thing.width, look.thing.height * 0.92)
        things.append(Placed(look, x * width, y * height, scale, chance.uniform(-9, 9)))
    sprig = line(curve("0,0 120,-60 260,-70"), "#4F7A52", 8) + "".join(
        fill(leaf(60 + n * 48, -34 - n * 9, 90, 26, turn), tone)
        for n, (turn, tone) in enumerate(
            ((-80, "#6B9263"), (30, "#4F7A52"), (-70, "#7FA36F"), (40, "#6B9263"))
        )
    )
    corner = place(sprig, 1190, 210, 1.2, 200) + place(sprig, 20, 1420, 1.2, -30)
    return back + corner, things


_BUILDERS: dict[str, Callable[[Scene, Random], tuple[str, list[Placed]]]] = {
    "bureau": _desk,
    "etagere": _shelf,
    "etal": _stall,
    "fenetre": _sill,
    "mur": _on_wall,
    "table": _table,
}


def _built(scene: Scene) -> tuple[str, list[Placed]]:
    return _BUILDERS[scene.place](scene, Random(scene.seed * 104729 + 3))


def spots(scene: Scene) -> list[tuple[int, int]]:
    """Where each look is in the picture, in thousandths of its width and height, in order."""
    width, height = scene.size
    by_look = {id(one.look): one.middle for one in _built(scene)[1]}
    middles = [by_look[id(look)] for look in scene.looks]
    return [
        (
            round(min(max(x / width, 0.02), 0.98) * 1000),
            round(min(max(y / height, 0.02), 0.98) * 1000),
        )
        for x, y in middles
    ]


def scene_svg(scene: Scene) -> str:
    """The scene as a whole document of `scene.size` units.

    Raises KeyError for a place that nobody draws.
    """
    back, things = _built(scene)
    nearest_last = sorted(things, key=lambda one: one.y)
    width, height = scene.size
    return framed(back + "".join(one.drawn() for one in nearest_last), width, height, SHADOW)
