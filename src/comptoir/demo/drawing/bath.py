"""Things for the bath and the dressing table: soaps, bottles, creams, salts."""

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.labels import emblem, label, legible
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    clip,
    curve,
    edge,
    fill,
    line,
    lit,
    oval,
    place,
    poly,
    turned,
)

WOOD = "#C08F5E"
TILT = 0.13


def soap(ink: Ink) -> str:
    """A cake of soap on a dish, or two stacked; main is the soap."""

    def cake(tone: str, wide: float) -> str:
        side = box(-wide / 2, -130, wide, 130, 42)
        face = box(-wide / 2, -170, wide, 130, 46)
        swirl = line(
            curve((-wide * 0.4, -60), (-wide * 0.15, -30), (wide * 0.1, -64), (wide * 0.4, -34)),
            lighter(tone, 0.5),
            12,
            0.7,
        )
        return (
            lit(side, darker(tone, 0.1), 18, swirl)
            + lit(face, tone, 12, place(ink.printed(lighter(tone, 0.5), reach=230), 0, -105))
            + place(emblem(ink, darker(tone, 0.22), 84), 0, -106)
        )

    if ink.form % 2:
        return cake(ink.second, 500) + place(cake(ink.main, 440), 14, -132)
    dish = turned("50,340 30,330 0,260", tilt=0.12)
    bubbles = "".join(
        fill(oval(x, y, r), "#FFFFFF", 0.65) + line(oval(x, y, r), "#FFFFFF", 3)
        for x, y, r in ((250, -250, 30), (300, -320, 20), (206, -330, 14))
    )
    return (
        lit(dish, ink.accent, 22)
        + fill(oval(0, -50, 340, 40), lighter(ink.accent, 0.25))
        + place(cake(ink.main, 460), 0, -36)
        + bubbles
    )


def soap_wrapped(ink: Ink) -> str:
    """A soap in its paper band."""
    d = box(-300, -230, 600, 230, 34)
    band = fill(box(-170, -240, 340, 250), ink.second) + place(
        emblem(ink, legible(Ink(ink.main, ink.accent, ink.main, seed=ink.seed)), 110), 0, -128
    )
    band += fill(box(-170, -240, 12, 250) + box(158, -240, 12, 250), ink.accent)
    return lit(d, ink.main, 30, ink.printed(lighter(ink.main, 0.4), y=-115, reach=310) + band)


def pump(ink: Ink) -> str:
    """A bottle with a pump; main is the bottle, accent the pump."""
    wide = 150
    d = turned(
        (430, 60),
        (410, 70),
        (390, wide),
        (360, wide + 8),
        (40, wide + 8),
        (10, wide),
        (0, wide - 16),
        tilt=TILT,
    )
    if ink.form % 2:
        d = turned("430,60 400,80 300,170 160,186 50,170 0,130", tilt=TILT)
    head = lit(box(-18, -560, 36, 110, 8), ink.accent, 8) + lit(
        poly("-150,-566 -140,-596 70,-606 76,-556 -60,-552 -150,-540"), ink.accent, 10
    )
    collar = lit(turned("480,56 470,66 430,66", tilt=TILT), ink.accent, 14)
    return (
        head
        + lit(d, ink.main, 28, ink.printed(y=-220, reach=220))
        + label(ink, -190, 200, 220)
        + collar
    )


def cream(ink: Ink) -> str:
    """A jar of cream, its lid leaning; main is the jar."""
    d = turned("190,220 170,232 30,230 0,210", tilt=TILT)
    white = (
        fill(oval(0, -190, 220, 29), lighter(ink.main, 0.4))
        + fill(oval(0, -192, 196, 22), "#FFFBF2")
        + line(curve("-110,-196 -20,-206 60,-190 120,-198"), "#E9DECB", 9)
    )
    lid = place(
        lit(oval(0, 0, 200, 206), ink.accent, 20)
        + fill(oval(0, 0, 160, 166), lighter(ink.accent, 0.16))
        + place(emblem(ink, darker(ink.accent, 0.35), 140), 0, 0),
        270,
        -190,
        0.72,
    )
    return lid + lit(d, ink.main, 30) + white + label(ink, -92, 230, 120)


def dropper(ink: Ink) -> str:
    """A dropper bottle; main is the glass."""
    d = turned("370,60 350,64 330,130 300,144 40,144 10,134 0,116", tilt=TILT)
    neck = lit(turned("450,60 440,68 360,68 350,64", tilt=TILT), ink.accent, 14)
    bulb = lit(blob("-44,-450! -50,-540 0,-600 50,-540 44,-450!"), darker(ink.accent, 0.3), 14)
    return (
        bulb
        + lit(d, ink.main, 26)
        + label(ink, -170, 190, 200)
        + neck
        + line("M-108 -290C-114 -200 -114 -120 -108 -50", "#FFFFFF", 11, 0.4)
    )


def salts(ink: Ink) -> str:
    """Bath salts in a corked jar; main is the salt."""
    d = turned("380,120 350,170 320,190 50,190 10,176 0,158", tilt=TILT)
    chance = ink.chance()
    grains = "".join(
        fill(
            oval(chance.uniform(-190, 190), chance.uniform(-300, 0), chance.uniform(5, 12)),
            lighter(ink.main, chance.uniform(0.2, 0.7)),
        )
        for _ in range(110)
    )
    inside = clip(d, fill(box(-220, -300, 440, 320), ink.main) + grains)
    cork = lit(turned("470,96 460,106 390,100 360,96", tilt=TILT), "#C79A68", 18)
    scoop = place(
        lit(oval(0, 0, 60, 44), WOOD, 10) + lit(box(40, -14, 150, 28, 14), WOOD, 8),
        190,
        -20,
        0.9,
        -20,
    )
    return (
        fill(d, "#F3F2EA", 0.75)
        + inside
        + edge(d, -26, -10, "#2A3A40", 0.16)
        + label(ink, -165, 190, 160)
        + cork
        + line(curve("-118,-374 0,-356 118,-374"), ink.accent, 9)
        + scoop
    )


def balm(ink: Ink) -> str:
    """Round tins of balm from above."""
    parts = ""
    for k, (x, y, tone) in enumerate(
        ((-190, -110, ink.second), (200, -60, ink.accent), (-10, 190, ink.main))
    ):
        d = oval(0, 0, 170)
        mark = legible(Ink(ink.main, ink.second, ink.accent)) if k == 1 else lighter(tone, 0.6)
        one = Ink(tone, ink.second, ink.accent, ink.pattern, 0, ink.seed + k * 3)
        parts += place(
            cast(d)
            + lit(d, "#B9BDBA", 12)
            + lit(
                oval(0, 0, 152),
                tone,
                12,
                ink.printed(lighter(tone, 0.3), reach=160) if ink.form % 2 else "",
            )
            + line(oval(0, 0, 124), mark, 5)
            + place(emblem(one, mark, 130), 0, 0),
            x,
            y,
        )
    return parts


MOTIFS: dict[str, Motif] = {
    "savon": Motif(soap, 690, 330, stature=9),
    "savon_papier": Motif(soap_wrapped, 620, 240, stature=8),
    "flacon_pompe": Motif(pump, 380, 610, stature=24),
    "creme": Motif(cream, 620, 350, stature=10),
    "compte_gouttes": Motif(dropper, 300, 600, stature=16),
    "sels": Motif(salts, 460, 480, stature=18),
    "baume": Motif(balm, 740, 640, "lies", 16),
}
