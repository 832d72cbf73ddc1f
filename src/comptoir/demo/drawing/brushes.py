"""Brushes, combs and sponges."""

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    curve,
    fill,
    line,
    lit,
    oval,
    place,
    points_in,
)

WOOD = "#C08F5E"


HAIRS = "#E6D5B4"
_TUFTS = (
    "0,-180 50,-180 -50,-180 25,-225 -25,-225 25,-135 -25,-135 76,-225 -76,-225 76,-135 "
    "-76,-135 0,-268 0,-92 100,-180 -100,-180"
)


def nail_brush(ink: Ink) -> str:
    d = box(-330, -70, 660, 120, 50)
    tufts = "".join(lit(box(x, 30, 44, 110, 8), HAIRS, 8) for x in range(-300, 290, 60))
    wood = lit(d, ink.main, 20, ink.printed(reach=330))
    hole = fill(oval(270, -10, 16), darker(ink.main, 0.5))
    return place(cast(box(-330, -70, 660, 200, 50)) + tufts + wood + hole, 0, -20, 1, -18)


def hair_brush(ink: Ink) -> str:
    head, handle = oval(0, -120, 170, 220), box(-34, 60, 68, 400, 34)
    pins = "".join(
        oval(x * 34, -120 + y * 44, 8)
        for x in range(-3, 4)
        for y in range(-4, 5)
        if x * x / 12 + y * y / 18 < 1
    )
    wood = lit(handle, ink.main, 14) + lit(head, ink.main, 22)
    pad = fill(oval(0, -120, 126, 176), ink.second) + fill(pins, lighter(HAIRS, 0.3))
    hole = fill(oval(0, 420, 13), darker(ink.main, 0.5))
    return place(cast(head) + cast(handle) + wood + pad + hole, 40, -10, 0.9, 30)


def bath_brush(ink: Ink) -> str:
    head, handle = oval(0, -180, 150, 140), box(-34, 60, 68, 400, 34)
    tufts = "".join(lit(oval(x, y, 22), HAIRS, 6) for x, y in points_in(_TUFTS))
    strap = line(curve("0,440 -40,490 0,520 40,490 0,440"), ink.accent, 9)
    wood = lit(handle, ink.main, 14) + lit(head, ink.main, 20)
    return place(cast(head) + cast(handle) + strap + wood + tufts, 60, -60, 0.84, 28)


def brush(ink: Ink) -> str:
    """A brush: nail, hair or long-handled; main is the wood."""
    return (nail_brush, hair_brush, bath_brush)[ink.form % 3](ink)


def sponge(ink: Ink) -> str:
    """A loofah on its cord, or a sea sponge."""
    if ink.form % 2:
        d = blob(
            "-300,-90 -280,-230 -150,-290 -20,-270 120,-310 270,-230 310,-100 230,-10 0,6 -220,-6"
        )
        chance = ink.chance()
        holes = "".join(
            fill(
                oval(
                    chance.uniform(-280, 280),
                    chance.uniform(-280, -20),
                    chance.uniform(6, 22),
                    chance.uniform(5, 16),
                ),
                darker(ink.main, 0.28),
                0.7,
            )
            for _ in range(46)
        )
        return lit(d, ink.main, 36, holes)
    d = box(-120, -420, 240, 420, 100)
    net = "".join(
        line(
            f"M{-140 + k * 26} -430L{-40 + k * 26} 10M{140 - k * 26} -430L{40 - k * 26} 10",
            darker(ink.main, 0.22),
            5,
            0.6,
        )
        for k in range(-4, 12)
    )
    return line(curve("0,-410 -60,-500 0,-560 60,-500 0,-410"), ink.accent, 11) + lit(
        d, ink.main, 28, net
    )


def comb(ink: Ink) -> str:
    """A wooden comb."""
    back = box(-330, -110, 660, 100, 44)
    teeth = "".join(box(-312 + k * 26, -40, 15, 190, 7) for k in range(25))
    return place(
        cast(back)
        + place(fill(teeth, "#3A2420", 0.13), 9, 13)
        + fill(teeth, ink.main)
        + lit(back, ink.main, 18, ink.printed(y=-60, reach=330)),
        0,
        0,
        1,
        -20,
    )


MOTIFS: dict[str, Motif] = {
    "brosse": Motif(brush, 680, 660, "lies", 22),
    "eponge": Motif(sponge, 640, 560, stature=18),
    "peigne": Motif(comb, 680, 460, "lies", 16),
}
