"""Things turned on a wheel: mugs, bowls, plates, teapots, vases."""

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    Point,
    blob,
    box,
    cast,
    clip,
    curve,
    edge,
    fill,
    line,
    lit,
    mirror,
    oval,
    place,
    turned,
)

TILT = 0.14


def glaze(ink: Ink, height: float, level: float = 0.38) -> str:
    """The glaze's line above a bare foot, and the print on it; alternate forms are glazed whole."""
    prints = ink.printed(y=-height / 2)
    if ink.form % 2 == 0:
        return prints
    y = -height * level
    drip = blob(
        (-360, y - 10),
        (-250, y + 8),
        (-90, y - 12),
        (60, y + 14),
        (200, y - 6),
        (360, y + 8),
        (360, 60),
        (360, 60),
        (-360, 60),
        (-360, 60),
    )
    return prints + fill(drip, ink.second)


def mouth(ink: Ink, height: float, radius: float, wall: float = 11, tilt: float = TILT) -> str:
    """The opening of a vessel seen from slightly above."""
    hole = oval(0, -height, radius - wall, (radius - wall) * tilt)
    return (
        fill(oval(0, -height, radius, radius * tilt), lighter(ink.main, 0.28))
        + fill(hole, darker(ink.main, 0.42))
        + edge(hole, 10, 14, darker(ink.main, 0.62), 0.8)
    )


def vessel(ink: Ink, *profile: Point, level: float = 0.38, wall: float = 11) -> str:
    """An open vessel: body, glaze and mouth."""
    height = profile[0][0]
    body = lit(turned(*profile, tilt=TILT), ink.main, 30, glaze(ink, height, level))
    return body + mouth(ink, height, profile[0][1], wall)


def handle(ink: Ink, points: tuple[Point, ...], width: float) -> str:
    """A handle pulled from the same clay."""
    d = curve(*points)
    return line(d, darker(ink.main, 0.24), width) + place(
        line(d, ink.main, width * 0.66), -width * 0.1, -width * 0.12
    )


def mug(ink: Ink) -> str:
    shapes: tuple[tuple[Point, ...], ...] = (
        ((430, 190), (220, 186), (60, 178), (14, 160), (0, 140)),
        ((400, 205), (250, 196), (120, 165), (30, 120), (0, 110)),
        ((460, 165), (300, 190), (160, 205), (50, 180), (0, 150)),
    )
    profile = shapes[ink.form // 2 % 3]
    h, w = profile[0]
    loop = handle(
        ink,
        (
            (w - 20, -h * 0.8),
            (w + 86, -h * 0.84),
            (w + 118, -h * 0.52),
            (w + 60, -h * 0.24),
            (w - 26, -h * 0.24),
        ),
        44,
    )
    return place(loop + vessel(ink, *profile), -40)


def bowl(ink: Ink) -> str:
    if ink.form // 2 % 2:
        return vessel(
            ink, (250, 340), (170, 318), (80, 240), (34, 130), (34, 130), (0, 118), level=0.45
        )
    return vessel(ink, (300, 310), (210, 306), (110, 262), (40, 170), (22, 130), (0, 122))


def plate(ink: Ink) -> str:
    rim, well = oval(0, 0, 360), oval(0, 0, 252)
    ring = ink.printed(reach=380)
    whole = cast(rim) + lit(rim, ink.main, 16, ring)
    if ink.form % 2:
        whole += line(oval(0, 0, 344), ink.accent, 12)
    centre = fill(oval(0, 0, 262), darker(ink.main, 0.12)) + fill(well, lighter(ink.main, 0.3))
    centre += edge(well, 16, 20, darker(ink.main, 0.3), 0.35)
    if ink.form // 2 % 2:
        centre += clip(well, ink.printed(reach=380))
    return whole + centre


def teapot(ink: Ink) -> str:
    wide = 40 if ink.form // 2 % 2 else 0
    belly: tuple[Point, ...] = (
        (330 - wide, 120),
        (300 - wide, 190 + wide),
        (180, 262 + wide),
        (60, 220 + wide),
        (0, 150),
    )
    spout = blob("210,-120 300,-190 352,-318! 400,-330! 372,-190 270,-60 200,-40")
    loop = handle(ink, ((-200, -290), (-360, -330), (-400, -180), (-300, -80), (-215, -80)), 40)
    body = lit(turned(*belly, tilt=TILT), ink.main, 34, glaze(ink, 300, 0.3))
    top = 330 - wide
    lid = turned((top + 56, 20), (top + 46, 74), (top + 8, 122), (top - 6, 128), tilt=TILT)
    knob = oval(0, -top - 78, 34, 30)
    return place(
        lit(spout, ink.main, 18) + loop + body + lit(lid, ink.main, 22) + lit(knob, ink.accent, 14),
        0,
        0,
        0.98,
    )


_VASES: tuple[tuple[Point, ...], ...] = (
    ((640, 92), (600, 64), (520, 62), (400, 150), (230, 200), (80, 160), (0, 110)),
    ((520, 110), (480, 84), (440, 90), (330, 216), (180, 236), (60, 180), (0, 130)),
    ((680, 120), (500, 126), (250, 122), (30, 116), (0, 108)),
    ((600, 150), (560, 96), (500, 80), (330, 96), (160, 170), (60, 176), (0, 140)),
    ((560, 70), (500, 54), (420, 54), (390, 54), (330, 190), (200, 250), (80, 220), (0, 150)),
)


def vase(ink: Ink) -> str:
    return vessel(ink, *_VASES[ink.form % len(_VASES)], level=0.3)


def bouquet(ink: Ink) -> str:
    """A vase with stems in it: the accent is the flowers' colour."""
    chance, stems, heads = ink.chance(), "", ""
    for k in range(7):
        x, y = -170 + k * 56 + chance.uniform(-14, 14), -560 - chance.uniform(0, 170)
        stems += line(curve((0, -330), (x * 0.35, -430), (x, y)), "#5C7A55", 7)
        if k % 3 == 1:
            for turn in (-150, -30, -90):
                stems += fill(oval(x + turn * 0.2, y + abs(turn) * 0.3, 17, 26), "#7F9A6E")
            continue
        petals = "".join(
            oval(x + dx, y + dy, 24)
            for dx, dy in ((0, -26), (25, -8), (16, 22), (-16, 22), (-25, -8))
        )
        heads += fill(petals, lighter(ink.accent, 0.12 * (k % 2))) + fill(oval(x, y, 15), "#E9C25C")
    base = Ink(ink.main, ink.second, ink.accent, ink.pattern, ink.form, ink.seed)
    pot = vessel(base, (380, 84), (330, 74), (270, 110), (150, 158), (50, 136), (0, 104), level=0.3)
    return stems + heads + pot


def pitcher(ink: Ink) -> str:
    loop = handle(ink, ((120, -440), (270, -450), (290, -280), (190, -150), (140, -150)), 40)
    profile = ((520, 120), (440, 104), (330, 130), (170, 190), (60, 170), (0, 130))
    lip = blob("-118,-530 -176,-560! -140,-480 -96,-440 -60,-530")
    return loop + lit(lip, ink.main, 10) + vessel(ink, *profile, level=0.34)


def lidded(ink: Ink) -> str:
    """A jar with a wooden lid: salt, sugar, coffee."""
    d = turned("330,176 310,190 120,196 24,180 0,160", tilt=TILT)
    body = lit(d, ink.main, 30, glaze(ink, 330, 0.3))
    lid = turned("378,170 366,196 336,196 324,186", tilt=TILT)
    wood = lit(lid, "#C79A68", 22) + fill(oval(0, -376, 168, 22), "#D8B183")
    return body + wood + lit(turned("440,40 420,44 378,30", tilt=TILT), "#B58554", 14)


def butter_dish(ink: Ink) -> str:
    tray = turned("40,370 20,350 0,280", tilt=0.1)
    dome = blob("-270,-50! -264,-210 -220,-262 -120,-276 120,-276 220,-262 264,-210 270,-50! 0,-22")
    knob = turned("350,44 330,52 300,30 262,40", tilt=TILT)
    return (
        lit(tray, ink.second, 20)
        + fill(oval(0, -40, 370, 37), lighter(ink.second, 0.2))
        + lit(dome, ink.main, 34, ink.printed(y=-150))
        + lit(knob, ink.accent, 14)
    )


def candlestick(ink: Ink) -> str:
    """A ceramic candlestick and its candle; the accent is the wax."""
    taper = box(-26, -700, 52, 330, 8)
    flame = blob("0,-800! 24,-744 0,-712 -24,-744")
    foot = turned(
        "400,44 380,62 360,40 220,34 120,60 60,130 16,160 0,150",
        tilt=TILT,
    )
    return (
        line("M0 -700v-24", "#3D3833", 5)
        + fill(flame, "#F2B84B")
        + fill(oval(0, -738, 9, 18), "#FFE9A8")
        + lit(taper, ink.accent, 16)
        + lit(foot, ink.main, 22, ink.printed(y=-200))
        + fill(oval(0, -400, 44, 7), lighter(ink.main, 0.3))
    )


def egg_cups(ink: Ink) -> str:
    """A pair of egg cups, an egg in each."""

    def cup(colour: str) -> str:
        egg = blob("0,-330 70,-280 88,-200 0,-140 -88,-200 -70,-280")
        d = turned("220,112 150,100 96,46 60,40 20,84 0,84", tilt=TILT)
        return lit(egg, "#F0DCC3", 20) + lit(d, colour, 22, ink.printed(y=-120, reach=150))

    return place(cup(ink.main), -150) + place(cup(ink.second), 150, 26)


def cups(ink: Ink) -> str:
    """A small stack of handleless cups."""
    parts = ""
    for k, colour in enumerate((ink.second, ink.accent, ink.main)):
        one = Ink(colour, ink.main, ink.accent, ink.pattern, 0, ink.seed + k)
        cup = vessel(one, (230, 176), (150, 166), (40, 130), (0, 108))
        parts += place(cup, (k - 1) * 10, -k * 128)
    return parts


def jug_pair(ink: Ink) -> str:
    """A sugar bowl and a milk jug."""
    sugar = vessel(ink, (210, 150), (140, 170), (50, 150), (0, 110))
    other = Ink(ink.second, ink.main, ink.accent, ink.pattern, ink.form, ink.seed)
    loop = handle(other, ((90, -250), (190, -260), (200, -150), (110, -90)), 28)
    lip = blob("-84,-300 -132,-324! -100,-250 -60,-250 -50,-300")
    milk = (
        loop
        + lit(lip, other.main, 8)
        + vessel(other, (290, 86), (230, 84), (130, 124), (50, 116), (0, 90))
    )
    return place(milk, -150) + place(sugar, 170, 30)


def dish(ink: Ink) -> str:
    """A long oven dish with two ears."""
    ear = box(300, -170, 110, 44, 20)
    side = lit(ear, ink.main, 12)
    d = turned("190,340 120,330 30,290 0,270", tilt=0.12)
    body = lit(d, ink.main, 34, glaze(ink, 190, 0.3))
    return mirror(side) + side + body + mouth(ink, 190, 340, 16, 0.12)


MOTIFS: dict[str, Motif] = {
    "mug": Motif(mug, 520, 480, stature=13),
    "bol": Motif(bowl, 660, 330, stature=10),
    "assiette": Motif(plate, 720, 720, "lies", 26),
    "theiere": Motif(teapot, 800, 450, stature=20),
    "vase": Motif(vase, 480, 690, stature=32),
    "bouquet": Motif(bouquet, 480, 780, stature=46),
    "pichet": Motif(pitcher, 470, 570, stature=26),
    "pot_couvert": Motif(lidded, 400, 450, stature=18),
    "beurrier": Motif(butter_dish, 740, 360, stature=14),
    "bougeoir": Motif(candlestick, 330, 800, stature=34),
    "coquetiers": Motif(egg_cups, 560, 330, stature=11),
    "gobelets": Motif(cups, 370, 520, stature=20),
    "sucrier": Motif(jug_pair, 660, 330, stature=13),
    "plat_four": Motif(dish, 820, 240, stature=11),
}
