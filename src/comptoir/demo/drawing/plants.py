"""Pots, and what grows in them."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    curve,
    fill,
    leaf,
    line,
    lit,
    oval,
    place,
    poly,
    star,
    turned,
)

WOOD = "#B98657"
LEAF = ("#3F6B4C", "#5E8A5E", "#7FA36F")


def planter(ink: Ink) -> str:
    """A flower pot: rimmed, round or straight."""
    shapes = (
        ((250, 190), (250, 196), (190, 196), (188, 176), (188, 176), (20, 132), (0, 124)),
        ((250, 150), (230, 190), (120, 204), (30, 160), (0, 140)),
        ((260, 180), (20, 164), (0, 154)),
    )
    d = turned(*shapes[ink.form % 3], tilt=0.13)
    h, w = shapes[ink.form % 3][0]
    rim = fill(oval(0, -h, w, w * 0.13), lighter(ink.main, 0.25)) + fill(
        oval(0, -h, w - 14, (w - 14) * 0.13), "#4A3428"
    )
    return lit(d, ink.main, 30, ink.printed(y=-130, reach=210)) + rim


def leafy(ink: Ink) -> str:
    """A pot with broad leaves."""
    parts = ""
    for k, (turn, long) in enumerate(
        ((-160, 330), (-20, 330), (-140, 420), (-42, 410), (-118, 470), (-66, 480), (-90, 520))
    ):
        d = leaf(0, -240, long, 70, turn)
        parts += lit(d, LEAF[k % 3], 16)
        parts += place(
            line(f"M0 0H{long * 0.86:.0f}", lighter(LEAF[k % 3], 0.35), 5), 0, -240, 1, turn
        )
    return parts + planter(ink)


def cactus(ink: Ink) -> str:
    """A pot with a cactus, a flower on top in the accent colour."""
    body = box(-86, -560, 172, 330, 86)
    arm = line("M70 -350H130Q168 -350 168 -390V-450", LEAF[0], 74)
    other = line("M-70 -310H-120Q-156 -310 -156 -346V-380", LEAF[0], 66)
    ribs = "".join(line(f"M{x} -540V-250", lighter(LEAF[0], 0.3), 5, 0.7) for x in (-44, 0, 44))
    spikes = fill(
        "".join(oval(x, y, 4) for x in (-22, 22) for y in range(-520, -260, 44)), "#F5EAD7"
    )
    flower = fill(
        "".join(oval(dx, -580 + dy, 28) for dx, dy in ((-34, 6), (34, 6), (-18, -28), (18, -28))),
        ink.accent,
    ) + fill(oval(0, -584, 20), "#EBCB5B")
    return arm + other + lit(body, LEAF[0], 26, ribs) + spikes + flower + planter(ink)


def trailing(ink: Ink) -> str:
    """A pot with small round leaves that fall over the side."""
    parts, chance = "", ink.chance()
    for k in range(-5, 6):
        reach = k * 46
        points = (
            (k * 16.0, -250.0),
            (reach * 0.8, -380 + abs(k) * 16.0),
            (reach * 1.25, -310 + abs(k) * 34.0),
            (reach * 1.3, -200 + abs(k) * 30.0),
        )
        parts += line(curve(*points), LEAF[0], 6)
        for x, y in points[1:]:
            for _ in range(3):
                parts += fill(
                    oval(x + chance.uniform(-30, 30), y + chance.uniform(-40, 34), 26, 22),
                    LEAF[chance.randrange(3)],
                )
    return planter(ink) + parts


def flowering(ink: Ink) -> str:
    """A pot in bloom; accent is the flower."""
    parts, chance = "", ink.chance()
    for k in range(9):
        x, y = -200 + k * 50 + chance.uniform(-16, 16), -400 - chance.uniform(0, 150)
        parts += line(curve((x * 0.3, -240), (x * 0.6, -330), (x, y)), LEAF[0], 7)
        parts += fill(leaf(x * 0.6, -320, 90, 22, -30 if x > 0 else 210), LEAF[k % 3])
    chance = ink.chance()
    for k in range(9):
        x, y = -200 + k * 50 + chance.uniform(-16, 16), -400 - chance.uniform(0, 150)
        tone = mix(ink.accent, "#FFF6E6", 0.25 * (k % 3))
        parts += fill(
            "".join(
                oval(x + dx * 26, y + dy * 26, 25)
                for dx, dy in ((0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3))
            ),
            tone,
        ) + fill(oval(x, y, 15), "#E9C25C")
    return parts + planter(ink)


def bucket(ink: Ink) -> str:
    """A metal bucket, full of earth or of cut flowers."""
    d = turned("380,240 360,236 20,170 0,162", tilt=0.13)
    loop = line("M-236 -370C-200 -660 200 -660 236 -370", darker(ink.main, 0.3), 13)
    hold = lit(box(-70, -606, 140, 36, 18), WOOD, 8)
    bands = fill(box(-260, -300, 520, 14) + box(-260, -100, 520, 14), darker(ink.main, 0.25), 0.6)
    inside = fill(oval(0, -380, 240, 31), lighter(ink.main, 0.3)) + fill(
        oval(0, -380, 222, 25), "#4A3428"
    )
    sprouts = ""
    if ink.form % 2:
        for x in (-150, -90, -30, 40, 100, 160):
            sprouts += line(curve((x * 0.8, -384), (x, -470), (x * 1.2, -520)), LEAF[0], 8) + fill(
                leaf(x, -470, 70, 18, -30) + leaf(x, -450, 70, 18, 210), LEAF[1]
            )
            sprouts += fill(oval(x * 1.2, -530, 30), ink.accent) + fill(
                oval(x * 1.2, -530, 12), "#EBCB5B"
            )
    return (
        loop
        + hold
        + inside
        + sprouts
        + lit(d, ink.main, 34, ink.printed(y=-200, reach=250) + bands)
        + line("M-240 -380A240 31 0 0 0 240 -380", lighter(ink.main, 0.35), 10)
    )


def bulbs(ink: Ink) -> str:
    """Bulbs in a paper bag, some on the table."""

    def one(tone: str) -> str:
        return (
            lit(blob("0,-150! 30,-96 74,-40 30,0 -30,0 -74,-40 -30,-96"), tone, 16)
            + "".join(
                line(curve((x * 0.2, -120), (x, -50), (x * 0.5, -4)), darker(tone, 0.3), 4, 0.5)
                for x in (-44, 0, 44)
            )
            + line("M-20 0v14M0 0v18M20 0v14", "#8D6B46", 5)
        )

    sack = poly("-170,0 -190,-380 -140,-404 -70,-384 0,-404 70,-384 140,-404 190,-380 170,0")
    flower = place(
        fill(star(0, 0, 6, 70, 26), ink.second) + fill(oval(0, 0, 26), ink.accent), 0, -190
    )
    return (
        place(one("#C79A68"), -30, -340)
        + place(one("#B07A58"), 60, -350)
        + lit(sack, ink.main, 28, ink.printed(y=-200, reach=210))
        + flower
        + place(one("#BE8B5A"), 260, 10)
        + place(one("#A8674E"), -270, 18, 0.9)
    )


MOTIFS: dict[str, Motif] = {
    "pot": Motif(planter, 420, 290, stature=18),
    "plante": Motif(leafy, 640, 780, stature=46),
    "cactus": Motif(cactus, 440, 640, stature=32),
    "retombante": Motif(trailing, 640, 480, stature=30),
    "fleurie": Motif(flowering, 520, 620, stature=36),
    "seau": Motif(bucket, 520, 620, stature=36),
    "bulbes": Motif(bulbs, 700, 500, stature=22),
}
