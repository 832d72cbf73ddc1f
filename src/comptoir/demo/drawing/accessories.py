"""What completes the clothes: scarves, socks, hats, shoes, belts."""

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
    mirror,
    oval,
    place,
    stitches,
)


def _both(mark: str) -> str:
    return mark + mirror(mark)


def scarf(ink: Ink) -> str:
    """A scarf looped as around a neck, both ends hanging, fringes out."""
    over = ink.printed(reach=360)
    tail = blob("-84,-40! 84,-40! 92,120 96,330! 0,338 -96,330! -92,120")
    fringe = "".join(
        line(curve((x, 326), (x + 4, 360), (x - 2, 396)), ink.accent, 9) for x in range(-86, 92, 19)
    )
    end = cast(tail) + fringe + lit(tail, ink.main, 18, over)
    near = blob(
        "-250,-210! -170,-120 0,-80 170,-120 250,-210! 236,-110 150,0 0,36 -150,0 -236,-110"
    )
    ring = blob("-250,-210 -150,-340 0,-380 150,-340 250,-210 190,-230 0,-290 -190,-230")
    return (
        cast(near)
        + lit(ring, darker(ink.main, 0.1), 14, over)
        + place(end, 58, 10, 0.94, -9)
        + place(end, -66, 20, 1, 6)
        + lit(near, ink.main, 24, over)
    )


def socks(ink: Ink) -> str:
    """A pair of socks."""
    d = blob("-60,-330! 70,-330! 66,-60 80,60 190,150 250,210 226,290 130,300 10,240 -66,150 -70,0")
    over = (
        ink.printed(reach=320)
        + fill(box(-100, -340, 220, 76), ink.accent)
        + "".join(line(f"M{x} -336v68", darker(ink.accent, 0.25), 5) for x in range(-56, 70, 15))
    )
    toe = fill(oval(226, 260, 84, 92), ink.accent) + fill(oval(-40, 150, 66, 80), ink.accent)
    one = cast(d) + lit(d, ink.main, 18, over + toe)
    return place(one, -170, 30, 1, 8) + place(one, 90, -30, 1, -4)


def cap(ink: Ink) -> str:
    """A sailor's cap, a beret or a bucket hat, on the table."""
    kind = ink.form % 3
    if kind == 0:
        crown = blob("-250,-110! -240,-260 -120,-350 120,-350 240,-260 250,-110!")
        band = turned_band(250, 110)
        peak = blob("-230,-60! 0,-20 230,-60! 250,10 0,50 -250,10")
        cord = line(curve("-226,-66 0,-28 226,-66"), ink.accent, 13)
        return (
            lit(crown, ink.main, 32, ink.printed(y=-220, reach=270))
            + lit(band, darker(ink.main, 0.14), 22)
            + lit(peak, darker(ink.main, 0.3), 18)
            + cord
            + fill(oval(-222, -66, 13) + oval(222, -66, 13), ink.second)
        )
    if kind == 1:
        crown = blob("-330,-150 -220,-270 0,-310 220,-270 330,-150 230,-60 0,-40 -230,-60")
        return (
            lit(crown, ink.main, 36, ink.printed(y=-180, reach=340))
            + lit(box(-180, -70, 360, 66, 30), darker(ink.main, 0.16), 14)
            + line("M0 -306v-34", darker(ink.main, 0.2), 13)
        )
    crown = blob("-170,-100! -150,-330! 0,-350 150,-330! 170,-100!")
    brim = blob("-180,-120! 0,-96 180,-120! 310,0! 0,40 -310,0!")
    rows = "".join(
        stitches(
            curve((-200 - k * 34, -84 + k * 28), (0, -54 + k * 29), (200 + k * 34, -84 + k * 28)),
            lighter(ink.main, 0.4),
        )
        for k in range(3)
    )
    return (
        lit(crown, ink.main, 28, ink.printed(y=-220, reach=200))
        + lit(brim, ink.main, 26, ink.printed(y=-40, reach=320))
        + rows
        + line(curve("-174,-122 0,-98 174,-122"), ink.accent, 20)
    )


def turned_band(half: float, y: float) -> str:
    """Outline of a cap's band, `half` wide each way, its top at height `y`."""
    return blob(
        (-half, -y),
        (-half, -y),
        (0, -y + 40),
        (half, -y),
        (half, -y),
        (half - 10, -y + 60),
        (half - 10, -y + 60),
        (0, -y + 96),
        (-half + 10, -y + 60),
        (-half + 10, -y + 60),
    )


def beanie(ink: Ink) -> str:
    """A knitted hat with a bobble."""
    crown = blob("-230,-120! -220,-300 -110,-430 110,-430 220,-300 230,-120!")
    knit = "".join(
        line(curve((x, -120), (x * 0.9, -280), (x * 0.3, -440)), darker(ink.main, 0.22), 5, 0.5)
        for x in range(-210, 220, 30)
    )
    fold = box(-246, -150, 492, 150, 46)
    ribs = "".join(
        line(f"M{x} -140v130", darker(ink.second, 0.22), 6, 0.6) for x in range(-220, 230, 22)
    )
    bobble = "".join(
        fill(oval(dx, -470 + dy, 34), lighter(ink.accent, 0.08 * (i % 3)))
        for i, (dx, dy) in enumerate(
            (
                (-40, 0),
                (40, 0),
                (0, -40),
                (0, 30),
                (-28, -28),
                (28, -28),
                (28, 24),
                (-28, 24),
                (0, 0),
            )
        )
    )
    return (
        bobble
        + lit(
            crown,
            ink.main,
            32,
            ink.printed(y=-280, reach=240) + (knit if ink.pattern == "uni" else ""),
        )
        + lit(fold, ink.second, 24, ribs)
    )


def mittens(ink: Ink) -> str:
    """A pair of mittens on a cord."""
    d = blob(
        "-100,180! -110,-60 -70,-220 20,-250 90,-200 104,-60! 170,-110 206,-60 "
        "170,30 104,80 100,180!"
    )
    over = ink.printed(y=-20, reach=240)
    cuff = lit(
        box(-112, 150, 224, 110, 22),
        ink.accent,
        14,
        "".join(line(f"M{x} 150v110", darker(ink.accent, 0.25), 5) for x in range(-100, 110, 18)),
    )
    one = cast(d) + lit(d, ink.main, 22, over) + cuff
    cord = line(curve("-190,270 -120,350 0,330 120,350 200,270"), ink.second, 10)
    return cord + place(mirror(one), -190, 20, 1, 6) + place(one, 190, 20, 1, -6)


def espadrilles(ink: Ink) -> str:
    """A pair of rope-soled shoes from above."""
    sole = blob(
        "-116,-290 0,-340 116,-290 120,-100 92,120 100,260 0,330 -100,260 -92,120 -120,-100"
    )
    upper = blob("-104,-270 0,-318 104,-270 108,-90 90,0 0,-60 -90,0 -108,-90")
    heel = blob("-84,130! -84,250 0,300 84,250 84,130! 60,160 50,230 0,256 -50,230 -60,160")
    rope = stitches(sole, "#B08A56", 13, "10 12")
    one = (
        cast(sole)
        + lit(sole, "#D9BD8B", 16)
        + rope
        + fill(blob("-78,0 0,-40 78,0 80,240 0,276 -80,240"), "#C8A870")
        + lit(heel, ink.main, 10)
        + lit(upper, ink.main, 20, ink.printed(y=-160, reach=180))
        + line(curve("-90,2 0,-58 90,2"), ink.accent, 11)
    )
    return place(mirror(one), -170, 20, 1, -5) + place(one, 170, -10, 1, 7)


def belt(ink: Ink) -> str:
    """A leather belt, coiled."""
    d = oval(0, 0, 300, 250)
    ring = line(d, darker(ink.main, 0.3), 92) + line(oval(-4, -6, 300, 250), ink.main, 76)
    tail = place(
        lit(box(-20, 210, 400, 78, 36), ink.main, 14)
        + fill("".join(oval(x, 250, 9) for x in (180, 230, 280, 330)), darker(ink.main, 0.6)),
        0,
        0,
    )
    buckle = line(box(-70, 196, 130, 108, 20), ink.accent, 22) + fill(
        box(-16, 240, 80, 18, 8), ink.accent
    )
    return (
        place(line(d, "#3A2420", 92, 0.12), 16, 22)
        + ring
        + stitches(oval(-4, -6, 276, 226), lighter(ink.main, 0.5))
        + tail
        + buckle
    )


MOTIFS: dict[str, Motif] = {
    "echarpe": Motif(scarf, 560, 830, "lies", 60),
    "chaussettes": Motif(socks, 680, 680, "lies", 30),
    "casquette": Motif(cap, 660, 390, stature=16),
    "bonnet": Motif(beanie, 500, 550, stature=22),
    "moufles": Motif(mittens, 800, 640, "lies", 26),
    "espadrilles": Motif(espadrilles, 640, 720, "lies", 30),
    "ceinture": Motif(belt, 800, 640, "lies", 22),
}
