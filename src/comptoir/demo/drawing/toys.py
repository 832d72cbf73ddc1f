"""Wooden toys: on wheels, on water, to build and to play music."""

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
    poly,
    star,
    turned,
)

WOOD = "#CFA06E"


def wheel(x: float, y: float, r: float, colour: str) -> str:
    """A wooden wheel and its peg."""
    return (
        lit(oval(x, y, r), colour, r * 0.3)
        + fill(oval(x, y, r * 0.34), lighter(colour, 0.5))
        + fill(oval(x, y, r * 0.14), darker(colour, 0.5))
    )


def train(ink: Ink) -> str:
    """An engine and a wagon; main is the engine."""
    engine = (
        lit(box(-60, -250, 250, 150, 60), ink.main, 24)
        + lit(box(-190, -370, 170, 270, 14), ink.second, 22)
        + lit(box(-214, -404, 218, 44, 20), ink.accent, 12)
        + fill(box(-160, -330, 104, 90, 12), darker(ink.second, 0.5))
        + lit(poly("94,-250 156,-250 170,-350 80,-350"), ink.accent, 12)
        + lit(box(-200, -110, 420, 56, 14), WOOD, 14)
        + fill(oval(172, -178, 22), "#F2D58A")
        + wheel(-130, -50, 52, ink.accent)
        + wheel(0, -50, 52, ink.accent)
        + wheel(140, -50, 52, ink.accent)
    )
    cargo = "".join(
        lit(oval(x, -250 - y, 48), tone, 12)
        for x, y, tone in ((-70, 0, ink.accent), (20, 10, ink.main), (90, -4, ink.second))
    )
    wagon = (
        cargo
        + lit(
            box(-140, -236, 290, 136, 14), ink.second, 20, ink.printed(ink.main, y=-170, reach=160)
        )
        + lit(box(-150, -110, 310, 52, 14), WOOD, 14)
        + wheel(-80, -48, 50, ink.main)
        + wheel(90, -48, 50, ink.main)
    )
    puffs = "".join(
        fill(oval(x, y, r), "#FFFDF7", 0.85)
        for x, y, r in ((330, -430, 34), (380, -500, 46), (340, -580, 58))
    )
    link = line("M-20 -84H60", "#3D3833", 12)
    return puffs + place(link, -30) + place(engine, 205) + place(wagon, -230)


def top(ink: Ink) -> str:
    """A spinning top, leaning."""
    body = turned("330,60 300,200 220,280 150,250 60,90 0,14", tilt=0.16)
    bands = "".join(
        fill(
            blob((-300, y), (0, y + 56), (300, y), (300, y + 44), (0, y + 100), (-300, y + 44)),
            tone,
        )
        for y, tone in ((-300, ink.second), (-210, ink.accent), (-120, ink.second))
    )
    stem = lit(box(-20, -520, 40, 210, 16), WOOD, 10) + lit(oval(0, -530, 42, 34), ink.accent, 12)
    whirl = "".join(
        line(curve((-330, y), (-380, y + 24), (-330, y + 46)), darker(ink.main, 0.1), 7, 0.4)
        for y in (-240, -150)
    )
    return whirl + place(
        stem
        + lit(body, ink.main, 30, ink.printed(y=-200, reach=290) if ink.pattern != "uni" else bands)
        + fill(oval(0, -330, 60, 11), lighter(ink.main, 0.3)),
        0,
        0,
        1,
        9,
    )


def blocks(ink: Ink) -> str:
    """Wooden blocks piled into a small gate."""
    dot = fill(oval(-190, -100, 50), lighter(ink.main, 0.6))
    return (
        lit(box(-290, -200, 200, 200, 14), ink.main, 22)
        + dot
        + lit(
            box(90, -200, 200, 200, 14), ink.second, 22, ink.printed(ink.accent, y=-100, reach=300)
        )
        + fill(
            star(190, -100, 5, 60, 26),
            lighter(ink.second, 0.5) if ink.pattern == "uni" else ink.accent,
        )
        + lit("M-290 -200H290V-320H-290z", WOOD, 22)
        + lit("M-110 -320H110A110 110 0 0 0 -110 -320z", ink.accent, 18)
        + lit(box(-290, -440, 120, 120, 10), ink.second, 16)
        + lit(poly("170,-320 290,-320 230,-450"), ink.main, 14)
        + lit(oval(0, -480, 52), ink.main, 16)
        + fill(box(-290, -262, 580, 5), darker(WOOD, 0.3), 0.4)
    )


def sailboat(ink: Ink) -> str:
    """A toy boat on its stand."""
    hull = blob("-300,-180! 320,-190! 230,-60 160,-40 -170,-40 -240,-70")
    stripe = fill(box(-340, -150, 700, 30), ink.second)
    mast = lit(box(-12, -700, 24, 520, 10), WOOD, 8)
    big = poly("-24,-660 -24,-220 -270,-220")
    jib = poly("24,-600 24,-220 240,-220")
    flag = fill(poly("12,-700 96,-676 12,-648"), ink.accent)
    stand = lit(poly("-170,-60 -130,-60 -100,0 -190,0"), WOOD, 8) + lit(
        poly("130,-60 170,-60 190,0 100,0"), WOOD, 8
    )
    return (
        stand
        + mast
        + flag
        + lit(big, lighter(ink.second, 0.2), 16, ink.printed(ink.main, y=-400, reach=300))
        + lit(jib, ink.accent, 14)
        + lit(hull, ink.main, 24, stripe)
    )


def duck(ink: Ink) -> str:
    """A duck on wheels, its string before it."""
    body = blob("-260,-250 -120,-260 60,-230 230,-290 270,-240 200,-120 0,-90 -190,-120")
    head = oval(-170, -380, 110, 106)
    bill = blob("-260,-390! -360,-370 -366,-340 -260,-336!")
    wing = blob("-60,-210 40,-240 160,-220 100,-150 0,-140")
    string = line(curve("-270,-70 -340,-20 -400,-30"), ink.accent, 8) + fill(
        oval(-404, -30, 20), ink.accent
    )
    return place(
        string
        + lit(bill, "#E0913A", 10)
        + lit(body, ink.main, 30)
        + lit(head, ink.main, 24)
        + lit(wing, ink.second, 16, ink.printed(ink.accent, y=-190, reach=130))
        + fill(oval(-200, -400, 14), "#2E2420")
        + lit(box(-260, -104, 480, 44, 18), WOOD, 14)
        + wheel(-150, -50, 50, ink.accent)
        + wheel(120, -50, 50, ink.accent),
        40,
    )


def rings(ink: Ink) -> str:
    """Rings stacked on a peg."""
    tones = (ink.main, ink.second, ink.accent, lighter(ink.main, 0.3), darker(ink.second, 0.1))
    parts = lit(turned("40,230 30,240 0,230", tilt=0.14), WOOD, 20)
    for k, tone in enumerate(tones):
        w = 220 - k * 30
        parts += place(
            lit(
                turned((86, w - 34), (70, w - 6), (43, w), (16, w - 6), (0, w - 34), tilt=0.1),
                tone,
                22,
            ),
            0,
            -36 - k * 84,
        )
    return parts + lit(oval(0, -500, 62, 58), ink.main, 18)


def xylophone(ink: Ink) -> str:
    """A small xylophone from above."""
    tones = (ink.main, ink.accent, "#D9A441", "#9DB29A", ink.second, "#5F7C8E", "#E0A093")
    rails = lit(poly("-340,-150 340,-80 340,-46 -340,-116"), WOOD, 8) + lit(
        poly("-340,150 340,80 340,46 -340,116"), WOOD, 8
    )
    bars = ""
    for k, tone in enumerate(tones):
        x, h = -320 + k * 94, 440 - k * 38
        d = box(x, -h / 2, 74, h, 18)
        bars += (
            cast(d, 0.7)
            + lit(d, tone, 12)
            + fill(
                oval(x + 37, -h / 2 + 60 - k * 3, 9) + oval(x + 37, h / 2 - 60 + k * 3, 9),
                "#FBF8F3",
            )
        )
    stick = place(
        lit(box(-8, -240, 16, 460, 8), WOOD, 6) + lit(oval(0, -250, 38), ink.main, 12),
        60,
        240,
        1,
        66,
    )
    return place(rails + bars + stick, 0, -60)


MOTIFS: dict[str, Motif] = {
    "train": Motif(train, 830, 560, stature=18),
    "toupie": Motif(top, 640, 580, stature=14),
    "cubes": Motif(blocks, 600, 540, stature=22),
    "bateau": Motif(sailboat, 640, 710, stature=32),
    "canard": Motif(duck, 760, 500, stature=20),
    "anneaux": Motif(rings, 490, 570, stature=22),
    "xylophone": Motif(xylophone, 760, 620, "lies", 26),
}
