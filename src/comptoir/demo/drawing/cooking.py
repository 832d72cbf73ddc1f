"""Things that go on the fire: pans, casseroles, coffee makers."""

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    curve,
    edge,
    fill,
    line,
    lit,
    mirror,
    oval,
    place,
    poly,
    turned,
)

WOOD = "#C08F5E"
STEEL = "#B4BBBB"


def pan(ink: Ink) -> str:
    """A frying pan from above; main is the metal, second the handle."""
    bowl = oval(-110, 60, 270)
    floor = oval(-110, 60, 216)
    grip = box(120, -34, 400, 62, 31)
    turned_grip = place(
        lit(grip, ink.second, 14) + fill(oval(490, -3, 13), darker(ink.second, 0.5)),
        -110,
        60,
        1,
        -38,
    )
    joint = place(lit(box(130, -44, 150, 84, 16), STEEL, 14), -110, 60, 1, -38)
    shadow = cast(bowl) + place(fill(grip, "#3A2420", 0.1), -90, 88, 1, -38)
    shine = line(curve("-270,20 -250,-40 -200,-90"), "#FFFFFF", 14, 0.3)
    return (
        shadow
        + joint
        + turned_grip
        + lit(bowl, ink.main, 16)
        + fill(floor, darker(ink.main, 0.2))
        + edge(floor, 16, 18, darker(ink.main, 0.5), 0.6)
        + shine
    )


def casserole(ink: Ink) -> str:
    """A cast-iron casserole and its lid; accent is the knob."""
    ear = box(290, -270, 96, 46, 22)
    ears = lit(ear, darker(ink.main, 0.1), 12) + mirror(lit(ear, darker(ink.main, 0.1), 12))
    body = turned("300,320 200,322 60,304 16,280 0,240", tilt=0.12)
    lid = turned("420,90 404,180 360,290 318,330 292,332", tilt=0.12)
    knob = turned("490,44 474,56 452,40 414,34", tilt=0.2)
    return (
        ears
        + lit(body, ink.main, 40, ink.printed(y=-160, reach=330))
        + lit(lid, lighter(ink.main, 0.05), 34)
        + line(curve("-322,-298 0,-262 322,-298"), darker(ink.main, 0.4), 6, 0.6)
        + lit(knob, ink.accent, 14)
    )


def saucepan(ink: Ink) -> str:
    """A deep pan, its handle to the right."""
    grip = box(190, -270, 330, 48, 24)
    body = turned("300,230 60,226 14,208 0,190", tilt=0.12)
    hole = oval(0, -300, 216, 24)
    return place(
        lit(grip, ink.second, 12)
        + fill(oval(490, -246, 10), darker(ink.second, 0.4))
        + lit(body, ink.main, 34, ink.printed(y=-160, reach=240))
        + fill(oval(0, -300, 230, 28), lighter(ink.main, 0.4))
        + fill(hole, darker(ink.main, 0.35))
        + fill(oval(202, -246, 9) + oval(180, -246, 9), lighter(STEEL)),
        -130,
    )


def ladle(ink: Ink) -> str:
    """A ladle and a skimmer hanging from a rail; main is the enamel."""
    rail = fill(box(-240, 20, 480, 16, 8), "#8D7A5C") + fill(
        oval(-240, 28, 16) + oval(240, 28, 16), "#6E5D44"
    )

    def one(x: float, holes: bool, colour: str) -> str:
        stem = lit(box(-14, 60, 28, 430, 12), colour, 8)
        hook = line("M0 66C-34 60 -34 14 0 14C22 14 26 34 16 44", darker(colour, 0.2), 10)
        if holes:
            d = oval(0, 560, 104)
            head = lit(d, colour, 16) + fill(
                "".join(oval(dx * 40, 560 + dy * 40, 10) for dx in (-1, 0, 1) for dy in (-1, 0, 1)),
                darker(colour, 0.5),
            )
        else:
            d = blob("-110,480! 110,480! 92,580 0,626 -92,580")
            head = lit(d, colour, 18) + fill(oval(0, 482, 110, 18), darker(colour, 0.3))
        return place(hook + stem + head, x)

    return rail + one(-120, False, ink.main) + one(120, True, ink.second)


def moka(ink: Ink) -> str:
    """A stove-top coffee maker; main is the enamel, second the handle."""
    base = poly("-140,-230 140,-230 170,-20 150,0 -150,0 -170,-20")
    top = poly("-126,-260 126,-260 158,-520 150,-540 -150,-540 -158,-520")
    spout = poly("-140,-540 -215,-520 -128,-410")
    lid = poly("-160,-540 0,-600 160,-540")
    loop = line("M150 -500H262C280 -500 282 -470 276 -440L246 -300", ink.second, 40)
    return place(
        loop
        + lit(spout, ink.main, 8)
        + lit(base, ink.main, 36)
        + lit(top, ink.main, 34, ink.printed(y=-400, reach=180))
        + fill(box(-150, -264, 300, 38, 10), darker(ink.main, 0.3))
        + lit(lid, darker(ink.main, 0.08), 22)
        + lit(oval(0, -616, 30, 26), ink.second, 10),
        -30,
    )


def colander(ink: Ink) -> str:
    """An enamel colander, its holes in stars."""
    ear = box(270, -280, 120, 44, 22)
    ears = line(ear, ink.second, 20) + mirror(line(ear, ink.second, 20))
    body = turned("300,310 220,296 110,220 50,120! 0,132", tilt=0.12)
    holes = "".join(
        fill(oval(x, -y, 11, 10), darker(ink.main, 0.55))
        for y, xs in (
            (230, (-220, -150, -80, -10, 60, 130, 200)),
            (180, (-180, -110, -40, 30, 100, 170)),
            (130, (-130, -65, 0, 65, 130)),
        )
        for x in xs
    )
    return (
        ears
        + lit(body, ink.main, 36, holes)
        + fill(oval(0, -300, 312, 38), ink.second)
        + fill(oval(0, -300, 294, 31), darker(ink.main, 0.18))
        + edge(oval(0, -300, 294, 31), 12, 12, darker(ink.main, 0.4), 0.6)
    )


MOTIFS: dict[str, Motif] = {
    "poele": Motif(pan, 720, 720, "lies", 34),
    "cocotte": Motif(casserole, 780, 500, stature=28),
    "casserole": Motif(saucepan, 780, 330, stature=20),
    "louche": Motif(ladle, 520, 680, "hangs", 40),
    "cafetiere": Motif(moka, 530, 640, stature=26),
    "passoire": Motif(colander, 800, 340, stature=20),
}
