"""Things from the grocer's: jars, bottles, tins, bags, bread and cheese."""

from comptoir.demo.drawing.colour import darker, lighter, lightness, mix
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
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

TILT = 0.12


def emblem(ink: Ink, colour: str, size: float) -> str:
    """A small printed sign, one of eight, that stands where a label would have its words."""
    kind = ink.seed % 8
    if kind == 0:
        mark = fill(star(0, 0, 8, 46, 22), colour)
    elif kind == 1:
        mark = fill(leaf(0, 44, 84, 26, -90) + leaf(0, 30, 56, 16, -30) + leaf(0, 30, 56, 16, 210), colour)
    elif kind == 2:
        mark = fill(oval(0, 0, 40), colour) + fill(oval(14, -6, 34), lighter(colour, 0.85))
    elif kind == 3:
        mark = line(curve((-48, 16), (-24, -8), (0, 16), (24, -8), (48, 16)), colour, 12) + fill(oval(0, -28, 15), colour)
    elif kind == 4:
        mark = fill(poly((0, -46), (42, 30), (-42, 30)), colour)
    elif kind == 5:
        mark = fill(oval(-20, 12, 24) + oval(22, 14, 24), colour) + line(
            curve((-18, -10), (0, -44), (20, -8)), colour, 7)
    elif kind == 6:
        mark = fill(blob((0, -48), (0, -48), (34, 14), (0, 44), (-34, 14)), colour)
    else:
        mark = fill("".join(oval(30 * x, 30 * y, 17) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0))), colour)
    return place(mark, 0, 0, size / 100)


def legible(ink: Ink) -> str:
    """Whichever of the thing's colours reads best on paper."""
    return min((ink.second, ink.accent, ink.main, darker(ink.main, 0.45)), key=lightness_on_paper)


def lightness_on_paper(colour: str) -> float:
    """Distance from a good printing tone: dark enough to read, not black."""
    return abs(lightness(colour) - 0.33)


def label(ink: Ink, y: float, w: float, h: float, colour: str = "") -> str:
    """A paper label centred at (0, y): emblem, rule, two lines of would-be words."""
    ground = colour or "#FBF3E3"
    tone = lighter(colour, 0.75) if colour else legible(ink)
    return (
        fill(box(-w / 2, y - h / 2, w, h, 8), ground)
        + line(box(-w / 2 + 9, y - h / 2 + 9, w - 18, h - 18, 4), tone, 3)
        + place(emblem(ink, tone, min(w, h) * 0.42), 0, y - h * 0.12)
        + fill(box(-w * 0.24, y + h * 0.22, w * 0.48, 8, 4), tone)
        + fill(box(-w * 0.15, y + h * 0.33, w * 0.3, 6, 3), tone, 0.6)
    )


def jam(ink: Ink) -> str:
    """A jar of jam under a gingham cap; main is the fruit."""
    glass = turned((380, 150), (350, 190), (320, 204), (60, 204), (16, 190), (0, 170), tilt=TILT)
    filled = turned((330, 190), (60, 196), (20, 184), (8, 166), tilt=TILT)
    fruit = "".join(
        fill(oval(x, y, 20), darker(ink.main, 0.25), 0.5)
        for x, y in ((-120, -70), (-40, -40), (60, -70), (140, -110), (-150, -240), (120, -270), (20, -300))
    )
    cap = turned((430, 150), (424, 168), (372, 178), (352, 214), (350, 214), tilt=TILT)
    checks = Ink(ink.second, ink.second, ink.accent, "vichy" if ink.form % 2 == 0 else "pois", 0, ink.seed)
    cover = lit(cap, "#FBF4E6", 22, checks.printed(y=-400, reach=220))
    return (
        fill(glass, "#F4EFE6", 0.75)
        + lit(filled, ink.main, 26, fruit)
        + label(ink, -180, 220, 190)
        + line("M-176 -310C-184 -240 -184 -150 -176 -80", "#FFFFFF", 14, 0.5)
        + cover + line(curve((-180, -366), (0, -348), (180, -366)), ink.accent, 11)
    )


def honey(ink: Ink) -> str:
    """A squat jar with a flat lid; main is the honey, accent the lid."""
    wide = 210 if ink.form % 2 else 190
    glass = turned((330, wide - 20), (300, wide), (60, wide), (14, wide - 14), (0, wide - 34), tilt=TILT)
    lid = turned((404, wide - 22), (396, wide - 12), (330, wide - 12), (322, wide - 14), tilt=TILT)
    shine = line(f"M{-wide + 34} -270C{-wide + 26} -200 {-wide + 26} -120 {-wide + 34} -70", "#FFFFFF", 16, 0.5)
    glow = fill(oval(40, -120, wide * 0.7, 120), lighter(ink.main, 0.45), 0.45)
    return (
        lit(glass, ink.main, 30, glow) + label(ink, -165, 240, 200) + shine
        + lit(lid, ink.accent, 24) + fill(oval(0, -402, wide - 22, (wide - 22) * TILT), lighter(ink.accent, 0.2))
    )


def pickles(ink: Ink) -> str:
    """A tall clip-top jar; main is what is inside."""
    glass = turned((500, 130), (470, 166), (440, 176), (50, 176), (12, 164), (0, 146), tilt=TILT)
    inside = clip(glass, "".join(
        fill(oval(x, y, 46, 22) if (x + y) % 2 else oval(x, y, 30), c)
        for x, y, c in (
            (-110, -60, ink.main), (0, -50, darker(ink.main)), (100, -70, ink.main),
            (-60, -130, lighter(ink.main)), (60, -140, ink.main), (-125, -180, darker(ink.main)),
            (120, -190, lighter(ink.main)), (0, -210, ink.main), (-80, -270, ink.main),
            (85, -270, darker(ink.main)), (0, -320, lighter(ink.main)), (-115, -350, ink.main),
            (115, -350, ink.main), (10, -390, darker(ink.main)),
        )
    ))
    lid = turned((556, 120), (540, 138), (508, 138), (498, 132), tilt=TILT)
    return (
        lit(glass, mix("#E9E6D2", ink.main, 0.25), 26) + inside + label(ink, -200, 190, 170)
        + line("M-150 -430C-156 -300 -156 -160 -150 -70", "#FFFFFF", 13, 0.55)
        + fill(box(-150, -512, 300, 18, 9), ink.accent) + lit(lid, "#E8E6DC", 20)
        + line("M140 -530C190 -520 190 -470 150 -450M-140 -530C-190 -520 -190 -470 -150 -450", "#8D9393", 9)
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
        + line(f"M{-wide + 26} -370C{-wide + 22} -250 {-wide + 22} -140 {-wide + 26} -50", "#FFFFFF", 12, 0.45)
        + lit(cap, ink.accent, 16)
    )


def loaf(ink: Ink) -> str:
    """A country loaf, or a long one; main is the crust."""
    flour = lighter(ink.main, 0.62)
    if ink.form % 2:
        d = blob((-380, -60), (-300, -150), (0, -190), (300, -150), (380, -60), (280, -4), (0, 4), (-280, -4))
        cuts = "".join(
            place(fill(blob((-64, 20), (-10, -26), (66, -30), (8, 14)), flour), x, -104 - (40 - abs(x) * 0.1))
            for x in (-230, -80, 70, 220)
        )
        return lit(d, ink.main, 34, cuts)
    d = blob((-330, -80), (-290, -230), (-120, -340), (120, -340), (290, -230), (330, -80), (230, -4), (0, 6), (-230, -4))
    cuts = "".join(
        fill(blob((x - 20, -60 - h), (x - 12, -170 - h), (x + 14, -240 - h), (x + 26, -170 - h), (x + 10, -60 - h)), flour)
        for x, h in ((-170, 10), (-56, 50), (60, 50), (172, 10))
    )
    dust = Ink(flour, flour, flour, "mouchete", 0, ink.seed).printed(y=-200, reach=280)
    return lit(d, ink.main, 44, dust + cuts)


def cheese(ink: Ink) -> str:
    """A wheel with a slice cut out, or a small ash-covered round; main is the rind."""
    paste = ink.second
    top = oval(0, -190, 330, 96)
    side = turned((190, 330), (180, 334), (20, 330), (0, 318), tilt=0.29)
    wedge = poly((0, -190), (120, -280), (328, -200), (328, -20), (230, 60), (0, -20))
    inner = poly((0, -190), (0, -8), (250, 66), (250, -122))
    holes = "".join(fill(oval(x, y, r), darker(paste, 0.16)) for x, y, r in
                    ((60, -80, 15), (130, -40, 20), (190, -20, 11), (100, -120, 10), (200, -70, 14)))
    body = lit(side, ink.main, 36) + lit(top, lighter(ink.main, 0.22), 18, ink.printed(y=-190, reach=340))
    if ink.form % 2:
        return body + label(ink, -300, 0.1, 0.1) + place(emblem(ink, darker(ink.main, 0.3), 130), 0, -196)
    _ = wedge
    return body + fill(poly((0, -190), (250, -122), (318, -190), (150, -276)), mix("#E9DCC4", ink.main, 0.12)) + fill(
        poly((0, -190), (250, -122), (250, 66), (0, -8)), "#F0E2BF"
    ) + lit(inner, paste, 8, holes)


def tin(ink: Ink) -> str:
    """A tall tea tin with a lid; the print wraps it."""
    body = box(-165, -470, 330, 470, 16)
    lid = box(-172, -560, 344, 110, 16)
    return (
        lit(body, ink.main, 30, ink.printed(y=-240)) + label(ink, -215, 220, 240)
        + lit(lid, ink.accent, 30) + fill(box(-172, -462, 344, 10), darker(ink.accent, 0.3), 0.5)
    )


def sardines(ink: Ink) -> str:
    """A flat tin of fish, lid up: a printed band, a fish."""
    body = box(-330, -190, 660, 190, 60)
    lid = box(-340, -420, 680, 400, 70)
    scene = ink.printed(y=-220, reach=340)
    fish = blob((-210, -220), (-120, -290), (60, -290), (150, -222), (150, -222), (60, -160), (-120, -150))
    tail = poly((140, -222), (225, -285), (205, -222), (225, -160))
    return (
        lit(lid, ink.main, 30, scene) + line(box(-316, -396, 632, 352, 54), ink.second, 6)
        + fill(oval(0, -222, 262, 118), ink.second) + lit(fish, ink.accent, 12) + fill(tail, ink.accent)
        + fill(oval(-150, -236, 11), "#FBF8F3")
        + line("M-90 -262C-70 -236 -70 -204 -90 -178M-30 -272C-10 -240 -10 -204 -30 -172", lighter(ink.accent, 0.5), 6)
        + place(lit(box(-330, -60, 660, 62, 28), "#B9BDBA", 20) if body else "", 0, 0)
    )


def chocolate(ink: Ink) -> str:
    """A bar half out of its wrapper."""
    bar = box(-165, -640, 330, 330, 10)
    squares = "".join(
        edge(box(-152 + c * 104, -626 + r * 84, 96, 76, 6), -8, -8, "#22120D", 0.5)
        + line(box(-152 + c * 104, -626 + r * 84, 96, 76, 6), "#2B1811", 4, 0.6)
        for r in range(3) for c in range(3)
    )
    foil = poly(*[(-180 + k * 30, -372 - (22 if k % 2 else 0)) for k in range(13)], (180, -330), (-180, -330))
    wrap = box(-178, -350, 356, 350, 6)
    dark = "#4A2A1E" if ink.form % 2 == 0 else "#7B4B32"
    return (
        lit(bar, dark, 16) + squares + fill(foil, "#E5DCC8") + lit(wrap, ink.main, 26, ink.printed(y=-180))
        + label(ink, -170, 216, 180)
    )


def coffee(ink: Ink) -> str:
    """A folded paper bag: coffee, flour, lentils."""
    d = poly((-190, -10), (-204, -470), (-180, -520), (180, -520), (204, -470), (190, -10), (170, 0), (-170, 0))
    fold = box(-184, -590, 368, 84, 8)
    gusset = fill(poly((204, -470), (190, -10), (150, -60), (156, -470)), darker(ink.main, 0.2), 0.6)
    return (
        lit(d, ink.main, 24, ink.printed(y=-260) + gusset) + label(ink, -250, 240, 260)
        + lit(fold, darker(ink.main, 0.06), 20) + fill(box(-206, -566, 24, 22, 4) + box(182, -566, 24, 22, 4), ink.accent)
    )


def biscuits(ink: Ink) -> str:
    """A stack of biscuits tied with string; main is the dough, accent the ribbon."""
    parts = ""
    for k in range(6):
        tone = mix(ink.main, darker(ink.main), (k % 3) * 0.4)
        d = turned((70, 190), (56, 214), (18, 214), (0, 196), tilt=0.16)
        parts += place(lit(d, tone, 20), (-6, 5, -2, 7, -5, 0)[k], -k * 66)
    top = fill(oval(-5, -400, 186, 30), lighter(ink.main, 0.25)) + "".join(fill(oval(x, -400 + y, 9, 5), darker(ink.main, 0.35)) for x, y in
                  ((-80, 0), (0, -16), (84, 2), (-30, 16), (48, 18)))
    bow = blob((0, -420), (-90, -500), (-130, -430), (-60, -400)) + blob((0, -420), (90, -500), (130, -430), (60, -400))
    return parts + top + fill(box(-13, -414, 26, 436, 6), ink.accent) + lit(bow, ink.accent, 10)


def fruit_box(ink: Ink) -> str:
    """A wooden crate of fruit; main is the fruit."""
    fruits = ""
    for row, (y, count) in enumerate(((-300, 4), (-225, 5))):
        for k in range(count):
            x = (k - (count - 1) / 2) * 126
            tone = mix(ink.main, ink.accent, 0.3 * ((k + row) % 3))
            fruits += lit(oval(x, y, 74, 70), tone, 18) + line(f"M{x} {y - 62}v-20", "#5B4630", 8)
            fruits += fill(leaf(x, y - 70, 54, 16, -24), "#5C7A4B")
    slats = "".join(lit(box(-340, y, 680, 76, 8), tone, 16) for y, tone in
                    ((-184, "#D5AC78"), (-92, "#C99C66")))
    posts = lit(box(-350, -230, 44, 230, 6), "#B98A56", 12) + lit(box(306, -230, 44, 230, 6), "#B98A56", 12)
    return fruits + slats + posts


MOTIFS: dict[str, Motif] = {
    "confiture": Motif(jam, 440, 450, stature=16),
    "miel": Motif(honey, 430, 430, stature=15),
    "bocal": Motif(pickles, 400, 570, stature=22),
    "bouteille": Motif(bottle, 320, 720, stature=36),
    "pain": Motif(loaf, 720, 350, stature=18),
    "fromage": Motif(cheese, 680, 310, stature=12),
    "boite_the": Motif(tin, 350, 570, stature=20),
    "sardines": Motif(sardines, 700, 430, stature=11),
    "chocolat": Motif(chocolate, 370, 650, stature=18),
    "paquet": Motif(coffee, 420, 600, stature=26),
    "biscuits": Motif(biscuits, 450, 540, stature=18),
    "cagette": Motif(fruit_box, 710, 400, stature=26),
}
