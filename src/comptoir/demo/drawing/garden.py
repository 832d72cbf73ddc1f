"""Things for the garden: pots and what grows in them, cans, tools, seeds."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.pantry import emblem
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    clip,
    curve,
    edge,
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
STEEL = "#A9B2B0"
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
    rim = fill(oval(0, -h, w, w * 0.13), lighter(ink.main, 0.25)) + fill(oval(0, -h, w - 14, (w - 14) * 0.13), "#4A3428")
    return lit(d, ink.main, 30, ink.printed(y=-130, reach=210)) + rim


def leafy(ink: Ink) -> str:
    """A pot with broad leaves."""
    parts = ""
    for k, (turn, long) in enumerate(((-160, 330), (-20, 330), (-140, 420), (-42, 410), (-118, 470), (-66, 480), (-90, 520))):
        d = leaf(0, -240, long, 70, turn)
        parts += lit(d, LEAF[k % 3], 16)
        parts += place(line(f"M0 0H{long * 0.86:.0f}", lighter(LEAF[k % 3], 0.35), 5), 0, -240, 1, turn)
    return parts + planter(ink)


def cactus(ink: Ink) -> str:
    """A pot with a cactus, a flower on top in the accent colour."""
    body = box(-86, -560, 172, 330, 86)
    arm = line("M70 -350H130Q168 -350 168 -390V-450", LEAF[0], 74)
    other = line("M-70 -310H-120Q-156 -310 -156 -346V-380", LEAF[0], 66)
    ribs = "".join(line(f"M{x} -540V-250", lighter(LEAF[0], 0.3), 5, 0.7) for x in (-44, 0, 44))
    spikes = fill("".join(oval(x, y, 4) for x in (-22, 22) for y in range(-520, -260, 44)), "#F5EAD7")
    flower = fill("".join(oval(dx, -580 + dy, 28) for dx, dy in ((-34, 6), (34, 6), (-18, -28), (18, -28))), ink.accent) + fill(oval(0, -584, 20), "#EBCB5B")
    return arm + other + lit(body, LEAF[0], 26, ribs) + spikes + flower + planter(ink)


def trailing(ink: Ink) -> str:
    """A pot with small round leaves that fall over the side."""
    parts, chance = "", ink.chance()
    for k in range(-5, 6):
        reach = k * 46
        points = ((k * 16.0, -250.0), (reach * 0.8, -380 + abs(k) * 16.0), (reach * 1.25, -310 + abs(k) * 34.0), (reach * 1.3, -200 + abs(k) * 30.0))
        parts += line(curve(*points), LEAF[0], 6)
        for x, y in points[1:]:
            for _ in range(3):
                parts += fill(oval(x + chance.uniform(-30, 30), y + chance.uniform(-40, 34), 26, 22), LEAF[chance.randrange(3)])
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
        parts += fill("".join(oval(x + dx * 26, y + dy * 26, 25) for dx, dy in ((0, -1), (0.95, -0.3), (0.6, 0.8), (-0.6, 0.8), (-0.95, -0.3))), tone) + fill(oval(x, y, 15), "#E9C25C")
    return parts + planter(ink)


def watering_can(ink: Ink) -> str:
    body = turned((330, 170), (300, 180), (30, 200), (0, 190), tilt=0.13)
    spout = poly((150, -90), (390, -400), (350, -430), (150, -170))
    rose = lit(poly((326, -410), (396, -362), (452, -432), (372, -484)), ink.accent, 10)
    loop = line("M-150 -280C-330 -300 -330 -80 -180 -70", darker(ink.main, 0.14), 34)
    top = line("M-110 -330C-100 -480 120 -480 130 -330", ink.main, 30)
    bands = fill(box(-230, -270, 460, 16) + box(-230, -70, 460, 16), darker(ink.main, 0.25), 0.6)
    return place(
        lit(spout, ink.main, 14) + rose + loop + top + lit(body, ink.main, 36, ink.printed(y=-170, reach=210) + bands)
        + fill(oval(0, -330, 170, 22), lighter(ink.main, 0.25)) + fill(oval(0, -330, 154, 17), darker(ink.main, 0.45)),
        -70,
    )


def seeds(ink: Ink) -> str:
    """Packets of seeds; each shows its plant."""

    def packet(tone: str, other: str, kind: int) -> str:
        d = box(-150, -230, 300, 460, 6)
        art = Ink(tone, other, ink.accent, seed=kind + ink.seed)
        window = fill(oval(0, 20, 112), "#FBF4E4") + place(emblem(art, other, 130), 0, 22)
        head = fill(box(-150, -230, 300, 66), darker(tone, 0.2)) + fill(box(-90, -206, 180, 18, 4), "#FBF4E4")
        foot = fill(box(-76, 168, 152, 12, 4) + box(-44, 192, 88, 9, 4), "#FBF4E4")
        return cast(d) + lit(d, tone, 14, head) + window + foot

    return place(packet(ink.second, ink.main, 3), -180, -16, 0.96, -12) + place(packet(ink.main, ink.accent, 1), 150, 10, 1.05, 7)


def trowel(ink: Ink) -> str:
    """A trowel and a hand fork; main is the handles."""

    def grip() -> str:
        d = blob((-30, 60), (-30, 60), (-38, 160), (-26, 300), (0, 326), (26, 300), (38, 160), (30, 60), (30, 60))
        return cast(d, 0.8) + lit(d, ink.main, 12) + fill(box(-33, 92, 66, 16), ink.accent) + fill(oval(0, 290, 9), darker(ink.main, 0.5))

    neck = lit(box(-14, -60, 28, 140, 10), STEEL, 8)
    blade = blob((-92, -80), (-92, -80), (-100, -200), (-60, -330), (0, -400), (0, -400), (60, -330), (100, -200), (92, -80), (92, -80), (0, -40))
    scoop = cast(blade, 0.8) + lit(blade, STEEL, 20) + line("M0 -90V-340", lighter(STEEL, 0.5), 8)
    tines = "".join(lit(box(x - 12, -380, 24, 260, 12), STEEL, 8) for x in (-76, 0, 76)) + lit(blob((-92, -140), (-92, -140), (0, -60), (92, -140), (92, -140), (0, -100)), STEEL, 6)
    return place(neck + scoop + grip(), -150, 30, 1, -14) + place(neck + tines + grip(), 170, 30, 1, 10)


def shears(ink: Ink) -> str:
    """Secateurs, half open."""
    blade = blob((-10, 10), (-10, 10), (-60, -120), (-50, -270), (20, -360), (20, -360), (46, -200), (36, 0), (36, 0))
    hook = blob((10, 0), (10, 0), (80, -90), (120, -220), (100, -300), (100, -300), (150, -230), (150, -80), (60, 40), (60, 40))
    left = blob((20, 0), (20, 0), (-70, 120), (-130, 300), (-120, 370), (-80, 380), (-40, 250), (60, 60), (60, 60))
    right = blob((0, 30), (0, 30), (90, 130), (140, 300), (130, 380), (180, 380), (210, 300), (170, 120), (60, 0), (60, 0))
    spring = line(curve((0, 150), (40, 130), (20, 170), (70, 150), (50, 190), (100, 170)), "#8D9393", 9)
    return place(cast(left) + cast(right) + cast(blade) + lit(hook, STEEL, 8) + spring + lit(right, darker(ink.main, 0.1), 14) + lit(blade, lighter(STEEL, 0.2), 8) + lit(left, ink.main, 14) + lit(oval(30, 24, 30), ink.accent, 8), -30, -10, 1, 24)


def birdhouse(ink: Ink) -> str:
    """A nest box on the wall."""
    walls = poly((-190, 260), (0, 90), (190, 260), (190, 640), (-190, 640))
    roof = lit(poly((-260, 290), (-226, 330), (0, 130), (0, 60)), ink.second, 8) + lit(poly((260, 290), (226, 330), (0, 130), (0, 60)), darker(ink.second, 0.12), 8)
    hole = fill(oval(0, 370, 76), darker(ink.main, 0.6)) + edge(oval(0, 370, 76), 10, 14, "#1B1210", 0.5)
    perch = lit(box(-12, 480, 24, 44, 10), WOOD, 6)
    bird = fill(blob((-40, 390), (-30, 340), (20, 326), (50, 356), (46, 400)), ink.accent) + fill(poly((48, 352), (78, 362), (50, 374)), "#D9A441") + fill(oval(24, 350, 6), "#1F1B16")
    slats = "".join(fill(box(-190, y, 380, 4), darker(ink.main, 0.3), 0.5) for y in (330, 420, 510, 590))
    return line("M0 0V90", "#7C5336", 8) + fill(oval(0, 4, 14), "#7C5336") + cast(walls, 1.4) + lit(walls, ink.main, 30, ink.printed(y=400, reach=270) + slats) + hole + (clip(oval(0, 370, 76), bird) if ink.form % 2 else "") + perch + roof


def twine(ink: Ink) -> str:
    """A spool of twine."""
    ends = lit(turned((70, 210), (56, 220), (14, 220), (0, 210), tilt=0.16), WOOD, 20)
    wound = turned((320, 176), (180, 196), (40, 176), tilt=0.16)
    turns = "".join(line(curve((-210, y), (0, y + 46), (210, y - 14)), darker(ink.main, 0.28), 5, 0.6) for y in range(-320, -30, 20))
    top = place(lit(turned((60, 214), (48, 222), (12, 222), (0, 214), tilt=0.16), WOOD, 20) + fill(oval(0, -60, 212, 34), lighter(WOOD, 0.25)) + fill(oval(0, -60, 46, 8), "#4A3428"), 0, -316)
    tail = line(curve((180, -80), (270, -50), (330, -14), (300, 14), (220, 20)), ink.main, 9)
    return tail + ends + lit(wound, ink.main, 26, turns) + top


def gloves(ink: Ink) -> str:
    """A pair of gardening gloves."""
    d = blob((-90, 200), (-90, 200), (-110, 0), (-116, -180), (-96, -230), (-70, -180), (-60, -60), (-52, -260), (-30, -300), (-8, -260), (-6, -70), (6, -270), (28, -310), (50, -266), (46, -60), (70, -220), (92, -240), (108, -196), (96, 20), (150, -30), (190, -20), (180, 30), (100, 130), (94, 200), (94, 200))
    palm = fill(oval(0, -120, 160, 150), ink.second, 0.95)
    cuff = lit(box(-104, 180, 210, 130, 16), ink.accent, 12)
    one = cast(d) + lit(d, ink.main, 16, ink.printed(reach=310) + (palm if ink.form % 2 else "")) + cuff
    return place('<g transform="scale(-1 1)">' + one + "</g>", -200, 10, 1, -10) + place(one, 200, -10, 1, 10)


def bucket(ink: Ink) -> str:
    """A metal bucket, full of earth or of cut flowers."""
    d = turned((380, 240), (360, 236), (20, 170), (0, 162), tilt=0.13)
    loop = line("M-236 -370C-200 -660 200 -660 236 -370", darker(ink.main, 0.3), 13)
    hold = lit(box(-70, -606, 140, 36, 18), WOOD, 8)
    bands = fill(box(-260, -300, 520, 14) + box(-260, -100, 520, 14), darker(ink.main, 0.25), 0.6)
    inside = fill(oval(0, -380, 240, 31), lighter(ink.main, 0.3)) + fill(oval(0, -380, 222, 25), "#4A3428")
    sprouts = ""
    if ink.form % 2:
        for x in (-150, -90, -30, 40, 100, 160):
            sprouts += line(curve((x * 0.8, -384), (x, -470), (x * 1.2, -520)), LEAF[0], 8) + fill(leaf(x, -470, 70, 18, -30) + leaf(x, -450, 70, 18, 210), LEAF[1])
            sprouts += fill(oval(x * 1.2, -530, 30), ink.accent) + fill(oval(x * 1.2, -530, 12), "#EBCB5B")
    return loop + hold + inside + sprouts + lit(d, ink.main, 34, ink.printed(y=-200, reach=250) + bands) + line("M-240 -380A240 31 0 0 0 240 -380", lighter(ink.main, 0.35), 10)


def bulbs(ink: Ink) -> str:
    """Bulbs in a paper bag, some on the table."""

    def one(tone: str) -> str:
        return lit(blob((0, -150), (0, -150), (30, -96), (74, -40), (30, 0), (-30, 0), (-74, -40), (-30, -96)), tone, 16) + "".join(line(curve((x * 0.2, -120), (x, -50), (x * 0.5, -4)), darker(tone, 0.3), 4, 0.5) for x in (-44, 0, 44)) + line("M-20 0v14M0 0v18M20 0v14", "#8D6B46", 5)

    sack = poly((-170, 0), (-190, -380), (-140, -404), (-70, -384), (0, -404), (70, -384), (140, -404), (190, -380), (170, 0))
    flower = place(fill(star(0, 0, 6, 70, 26), ink.second) + fill(oval(0, 0, 26), ink.accent), 0, -190)
    return place(one("#C79A68"), -30, -340) + place(one("#B07A58"), 60, -350) + lit(sack, ink.main, 28, ink.printed(y=-200, reach=210)) + flower + place(one("#BE8B5A"), 260, 10) + place(one("#A8674E"), -270, 18, 0.9)


MOTIFS: dict[str, Motif] = {
    "pot": Motif(planter, 420, 290, stature=18),
    "plante": Motif(leafy, 640, 780, stature=46),
    "cactus": Motif(cactus, 440, 640, stature=32),
    "retombante": Motif(trailing, 640, 480, stature=30),
    "fleurie": Motif(flowering, 520, 620, stature=36),
    "arrosoir": Motif(watering_can, 800, 490, stature=34),
    "graines": Motif(seeds, 680, 560, "lies", 18),
    "transplantoir": Motif(trowel, 600, 740, "lies", 28),
    "secateur": Motif(shears, 560, 760, "lies", 22),
    "nichoir": Motif(birdhouse, 540, 650, "hangs", 40),
    "ficelle": Motif(twine, 560, 400, stature=14),
    "gants": Motif(gloves, 800, 640, "lies", 24),
    "seau": Motif(bucket, 520, 620, stature=36),
    "bulbes": Motif(bulbs, 700, 500, stature=22),
}
