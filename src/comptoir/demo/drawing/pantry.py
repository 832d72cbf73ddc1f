"""Things from the grocer's shelf: jars, bottles, tins, bags."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.labels import label
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    clip,
    curve,
    edge,
    fill,
    line,
    lit,
    oval,
    poly,
    turned,
)

TILT = 0.12


def jam(ink: Ink) -> str:
    """A jar of jam under a gingham cap; main is the fruit."""
    glass = turned("380,150 350,190 320,204 60,204 16,190 0,170", tilt=TILT)
    filled = turned("330,190 60,196 20,184 8,166", tilt=TILT)
    fruit = "".join(
        fill(oval(x, y, 20), darker(ink.main, 0.25), 0.5)
        for x, y in (
            (-120, -70),
            (-40, -40),
            (60, -70),
            (140, -110),
            (-150, -240),
            (120, -270),
            (20, -300),
        )
    )
    cap = turned("430,150 424,168 372,178 352,214 350,214", tilt=TILT)
    checks = Ink(
        ink.second, ink.second, ink.accent, "vichy" if ink.form % 2 == 0 else "pois", 0, ink.seed
    )
    cover = lit(cap, "#FBF4E6", 22, checks.printed(y=-400, reach=220))
    return (
        fill(glass, "#F4EFE6", 0.75)
        + lit(filled, ink.main, 26, fruit)
        + label(ink, -180, 220, 190)
        + line("M-176 -310C-184 -240 -184 -150 -176 -80", "#FFFFFF", 14, 0.5)
        + cover
        + line(curve("-180,-366 0,-348 180,-366"), ink.accent, 11)
    )


def honey(ink: Ink) -> str:
    """A squat jar with a flat lid; main is the honey, accent the lid."""
    wide = 210 if ink.form % 2 else 190
    glass = turned(
        (330, wide - 20), (300, wide), (60, wide), (14, wide - 14), (0, wide - 34), tilt=TILT
    )
    lid = turned((404, wide - 22), (396, wide - 12), (330, wide - 12), (322, wide - 14), tilt=TILT)
    shine = line(
        f"M{-wide + 34} -270C{-wide + 26} -200 {-wide + 26} -120 {-wide + 34} -70",
        "#FFFFFF",
        16,
        0.5,
    )
    glow = fill(oval(40, -120, wide * 0.7, 120), lighter(ink.main, 0.45), 0.45)
    return (
        lit(glass, ink.main, 30, glow)
        + label(ink, -165, 240, 200)
        + shine
        + lit(lid, ink.accent, 24)
        + fill(oval(0, -402, wide - 22, (wide - 22) * TILT), lighter(ink.accent, 0.2))
    )


def pickles(ink: Ink) -> str:
    """A tall clip-top jar; main is what is inside."""
    glass = turned("500,130 470,166 440,176 50,176 12,164 0,146", tilt=TILT)
    inside = clip(
        glass,
        "".join(
            fill(oval(x, y, 46, 22) if (x + y) % 2 else oval(x, y, 30), c)
            for x, y, c in (
                (-110, -60, ink.main),
                (0, -50, darker(ink.main)),
                (100, -70, ink.main),
                (-60, -130, lighter(ink.main)),
                (60, -140, ink.main),
                (-125, -180, darker(ink.main)),
                (120, -190, lighter(ink.main)),
                (0, -210, ink.main),
                (-80, -270, ink.main),
                (85, -270, darker(ink.main)),
                (0, -320, lighter(ink.main)),
                (-115, -350, ink.main),
                (115, -350, ink.main),
                (10, -390, darker(ink.main)),
            )
        ),
    )
    lid = turned("556,120 540,138 508,138 498,132", tilt=TILT)
    return (
        lit(glass, mix("#E9E6D2", ink.main, 0.25), 26)
        + inside
        + label(ink, -200, 190, 170)
        + line("M-150 -430C-156 -300 -156 -160 -150 -70", "#FFFFFF", 13, 0.55)
        + fill(box(-150, -512, 300, 18, 9), ink.accent)
        + lit(lid, "#E8E6DC", 20)
        + line(
            "M140 -530C190 -520 190 -470 150 -450M-140 -530C-190 -520 -190 -470 -150 -450",
            "#8D9393",
            9,
        )
    )


def bottle(ink: Ink) -> str:
    """Oil, syrup, cider, wine: main is the glass, second the label, accent the cap."""
    shapes = (
        ((640, 42), (520, 46), (470, 60), (400, 128), (360, 134), (40, 134), (10, 124), (0, 110)),
        ((660, 40), (470, 44), (400, 76), (300, 140), (240, 146), (40, 142), (10, 130), (0, 116)),
        ((560, 50), (500, 52), (460, 90), (430, 150), (400, 156), (40, 156), (10, 146), (0, 130)),
    )
    shape = shapes[ink.form % 3]
    glass = turned(*shape, tilt=TILT)
    wide, top = shape[-3][1], shape[0][0]
    cap = turned((top + 54, 38), (top + 46, 50), (top - 46, 52), (top - 54, 50), tilt=TILT)
    return (
        lit(glass, ink.main, 24)
        + clip(glass, label(ink, -205, wide * 2 - 8, 230))
        + edge(glass, -22, -9, "#2A1A1E", 0.22)
        + line(
            f"M{-wide + 26} -370C{-wide + 22} -250 {-wide + 22} -140 {-wide + 26} -50",
            "#FFFFFF",
            12,
            0.45,
        )
        + lit(cap, ink.accent, 16)
    )


def tin(ink: Ink) -> str:
    """A tall tea tin with a lid; the print wraps it."""
    body = box(-165, -470, 330, 470, 16)
    lid = box(-172, -560, 344, 110, 16)
    return (
        lit(body, ink.main, 30, ink.printed(y=-240))
        + label(ink, -215, 220, 240)
        + lit(lid, ink.accent, 30)
        + fill(box(-172, -462, 344, 10), darker(ink.accent, 0.3), 0.5)
    )


def sardines(ink: Ink) -> str:
    """A flat tin of fish, lid up: a printed band, a fish."""
    lid = box(-340, -420, 680, 400, 70)
    scene = ink.printed(y=-220, reach=340)
    fish = blob("-210,-220 -120,-290 60,-290 150,-222! 60,-160 -120,-150")
    tail = poly("140,-222 225,-285 205,-222 225,-160")
    return (
        lit(lid, ink.main, 30, scene)
        + line(box(-316, -396, 632, 352, 54), ink.second, 6)
        + fill(oval(0, -222, 262, 118), ink.second)
        + lit(fish, ink.accent, 12)
        + fill(tail, ink.accent)
        + fill(oval(-150, -236, 11), "#FBF8F3")
        + line(
            "M-90 -262C-70 -236 -70 -204 -90 -178M-30 -272C-10 -240 -10 -204 -30 -172",
            lighter(ink.accent, 0.5),
            6,
        )
        + lit(box(-330, -60, 660, 62, 28), "#B9BDBA", 20)
    )


def coffee(ink: Ink) -> str:
    """A folded paper bag: coffee, flour, lentils."""
    d = poly("-190,-10 -204,-470 -180,-520 180,-520 204,-470 190,-10 170,0 -170,0")
    fold = box(-184, -590, 368, 84, 8)
    gusset = fill(poly("204,-470 190,-10 150,-60 156,-470"), darker(ink.main, 0.2), 0.6)
    return (
        lit(d, ink.main, 24, ink.printed(y=-260) + gusset)
        + label(ink, -250, 240, 260)
        + lit(fold, darker(ink.main, 0.06), 20)
        + fill(box(-206, -566, 24, 22, 4) + box(182, -566, 24, 22, 4), ink.accent)
    )


MOTIFS: dict[str, Motif] = {
    "confiture": Motif(jam, 440, 450, stature=16),
    "miel": Motif(honey, 430, 430, stature=15),
    "bocal": Motif(pickles, 400, 570, stature=22),
    "bouteille": Motif(bottle, 320, 720, stature=36),
    "boite_the": Motif(tin, 350, 570, stature=20),
    "sardines": Motif(sardines, 700, 430, stature=11),
    "paquet": Motif(coffee, 420, 600, stature=26),
}
