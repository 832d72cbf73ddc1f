"""Things for the bath and the dressing table: soaps, bottles, candles, brushes."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.pantry import emblem, label, legible
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
    turned,
)

WOOD = "#C08F5E"
TILT = 0.13


def soap(ink: Ink) -> str:
    """A cake of soap on a dish, or two stacked; main is the soap."""

    def cake(tone: str, wide: float) -> str:
        side = box(-wide / 2, -130, wide, 130, 42)
        face = box(-wide / 2, -170, wide, 130, 46)
        swirl = line(curve((-wide * 0.4, -60), (-wide * 0.15, -30), (wide * 0.1, -64), (wide * 0.4, -34)), lighter(tone, 0.5), 12, 0.7)
        return lit(side, darker(tone, 0.1), 18, swirl) + lit(face, tone, 12, place(ink.printed(lighter(tone, 0.5), reach=230), 0, -105)) + place(emblem(ink, darker(tone, 0.22), 84), 0, -106)

    if ink.form % 2:
        return cake(ink.second, 500) + place(cake(ink.main, 440), 14, -132)
    dish = turned((50, 340), (30, 330), (0, 260), tilt=0.12)
    bubbles = "".join(fill(oval(x, y, r), "#FFFFFF", 0.65) + line(oval(x, y, r), "#FFFFFF", 3) for x, y, r in ((250, -250, 30), (300, -320, 20), (206, -330, 14)))
    return lit(dish, ink.accent, 22) + fill(oval(0, -50, 340, 40), lighter(ink.accent, 0.25)) + place(cake(ink.main, 460), 0, -36) + bubbles


def soap_wrapped(ink: Ink) -> str:
    """A soap in its paper band."""
    d = box(-300, -230, 600, 230, 34)
    band = fill(box(-170, -240, 340, 250), ink.second) + place(emblem(ink, legible(Ink(ink.main, ink.accent, ink.main, seed=ink.seed)), 110), 0, -128)
    band += fill(box(-170, -240, 12, 250) + box(158, -240, 12, 250), ink.accent)
    return lit(d, ink.main, 30, ink.printed(lighter(ink.main, 0.4), y=-115, reach=310) + band)


def candle(ink: Ink) -> str:
    """A candle in a jar; main is the jar, second the wax and the label."""
    wide = 180 + 20 * (ink.form % 2)
    d = turned((360, wide), (340, wide), (30, wide - 4), (8, wide - 14), (0, wide - 30), tilt=TILT)
    flame = blob((0, -530), (0, -530), (34, -450), (0, -400), (-34, -450))
    glow = fill(oval(0, -460, 190, 170), "#FFE7A6", 0.4)
    return (
        glow + lit(d, ink.main, 30, ink.printed(y=-180, reach=210)) + fill(oval(0, -360, wide, wide * TILT), lighter(ink.main, 0.3))
        + fill(oval(0, -358, wide - 14, (wide - 14) * TILT), mix("#FBF1DC", ink.second, 0.3)) + line("M0 -356V-410", "#3D3833", 6)
        + fill(flame, "#F2B84B") + fill(oval(0, -438, 13, 26), "#FFF0B8") + label(ink, -175, 210, 180)
    )


def tapers(ink: Ink) -> str:
    """Three candles of different heights on a plate."""
    parts = lit(turned((36, 330), (20, 320), (0, 240), tilt=0.12), darker(ink.accent, 0.05), 20) + fill(oval(0, -36, 330, 39), lighter(ink.accent, 0.25))
    for x, h, w, tone in ((-160, 300, 82, ink.second), (160, 220, 100, ink.second), (0, 440, 92, ink.main)):
        d = turned((h, w), (h - 20, w), (10, w), (0, w - 6), tilt=0.15)
        flame = blob((0, -h - 130), (0, -h - 130), (24, -h - 66), (0, -h - 30), (-24, -h - 66))
        ridges = "".join(line(curve((-w, -y), (0, -y + 34), (w, -y - 10)), darker(tone, 0.18), 9, 0.5) for y in range(20, h, 46)) if ink.form % 2 else ""
        one = lit(d, tone, 22, ridges) + fill(oval(0, -h, w, w * 0.15), lighter(tone, 0.35)) + line(f"M0 {-h}v-40", "#3D3833", 5) + fill(flame, "#F2B84B")
        parts += place(one, x, -30 + (14 if x else 24))
    return parts


def pump(ink: Ink) -> str:
    """A bottle with a pump; main is the bottle, accent the pump."""
    wide = 150
    d = turned((430, 60), (410, 70), (390, wide), (360, wide + 8), (40, wide + 8), (10, wide), (0, wide - 16), tilt=TILT)
    if ink.form % 2:
        d = turned((430, 60), (400, 80), (300, 170), (160, 186), (50, 170), (0, 130), tilt=TILT)
    head = lit(box(-18, -560, 36, 110, 8), ink.accent, 8) + lit(poly((-150, -566), (-140, -596), (70, -606), (76, -556), (-60, -552), (-150, -540)), ink.accent, 10)
    collar = lit(turned((480, 56), (470, 66), (430, 66), tilt=TILT), ink.accent, 14)
    return head + lit(d, ink.main, 28, ink.printed(y=-220, reach=220)) + label(ink, -190, 200, 220) + collar


def cream(ink: Ink) -> str:
    """A jar of cream, its lid leaning; main is the jar."""
    d = turned((190, 220), (170, 232), (30, 230), (0, 210), tilt=TILT)
    white = fill(oval(0, -190, 220, 29), lighter(ink.main, 0.4)) + fill(oval(0, -192, 196, 22), "#FFFBF2") + line(curve((-110, -196), (-20, -206), (60, -190), (120, -198)), "#E9DECB", 9)
    lid = place(lit(oval(0, 0, 200, 206), ink.accent, 20) + fill(oval(0, 0, 160, 166), lighter(ink.accent, 0.16)) + place(emblem(ink, darker(ink.accent, 0.35), 140), 0, 0), 270, -190, 0.72)
    return lid + lit(d, ink.main, 30) + white + label(ink, -92, 230, 120)


def dropper(ink: Ink) -> str:
    """A dropper bottle; main is the glass."""
    d = turned((370, 60), (350, 64), (330, 130), (300, 144), (40, 144), (10, 134), (0, 116), tilt=TILT)
    neck = lit(turned((450, 60), (440, 68), (360, 68), (350, 64), tilt=TILT), ink.accent, 14)
    bulb = lit(blob((-44, -450), (-44, -450), (-50, -540), (0, -600), (50, -540), (44, -450), (44, -450)), darker(ink.accent, 0.3), 14)
    return bulb + lit(d, ink.main, 26) + label(ink, -170, 190, 200) + neck + line("M-108 -290C-114 -200 -114 -120 -108 -50", "#FFFFFF", 11, 0.4)


def salts(ink: Ink) -> str:
    """Bath salts in a corked jar; main is the salt."""
    d = turned((380, 120), (350, 170), (320, 190), (50, 190), (10, 176), (0, 158), tilt=TILT)
    chance = ink.chance()
    grains = "".join(fill(oval(chance.uniform(-190, 190), chance.uniform(-300, 0), chance.uniform(5, 12)), lighter(ink.main, chance.uniform(0.2, 0.7))) for _ in range(110))
    inside = clip(d, fill(box(-220, -300, 440, 320), ink.main) + grains)
    cork = lit(turned((470, 96), (460, 106), (390, 100), (360, 96), tilt=TILT), "#C79A68", 18)
    scoop = place(lit(oval(0, 0, 60, 44), WOOD, 10) + lit(box(40, -14, 150, 28, 14), WOOD, 8), 190, -20, 0.9, -20)
    return fill(d, "#F3F2EA", 0.75) + inside + edge(d, -26, -10, "#2A3A40", 0.16) + label(ink, -165, 190, 160) + cork + line(curve((-118, -374), (0, -356), (118, -374)), ink.accent, 9) + scoop


def brush(ink: Ink) -> str:
    """A brush: nail, hair or long-handled; main is the wood."""
    kind = ink.form % 3
    hairs = "#E6D5B4"
    if kind == 0:
        d = box(-330, -70, 660, 120, 50)
        tufts = "".join(lit(box(x, 30, 44, 110, 8), hairs, 8) for x in range(-300, 290, 60))
        return place(cast(box(-330, -70, 660, 200, 50)) + tufts + lit(d, ink.main, 20, ink.printed(reach=330)) + fill(oval(270, -10, 16), darker(ink.main, 0.5)), 0, -20, 1, -18)
    handle = box(-34, 60, 68, 400, 34)
    if kind == 1:
        head = oval(0, -120, 170, 220)
        pins = fill("".join(oval(x * 34, -120 + y * 44, 8) for x in range(-3, 4) for y in range(-4, 5) if x * x / 12 + y * y / 18 < 1), lighter(hairs, 0.3))
        return place(cast(head) + cast(handle) + lit(handle, ink.main, 14) + lit(head, ink.main, 22) + fill(oval(0, -120, 126, 176), ink.second) + pins + fill(oval(0, 420, 13), darker(ink.main, 0.5)), 40, -10, 0.9, 30)
    head = oval(0, -180, 150, 140)
    bristles = "".join(lit(oval(x, y, 22), hairs, 6) for x, y in ((0, -180), (50, -180), (-50, -180), (25, -225), (-25, -225), (25, -135), (-25, -135), (76, -225), (-76, -225), (76, -135), (-76, -135), (0, -268), (0, -92), (100, -180), (-100, -180)))
    strap = line(curve((0, 440), (-40, 490), (0, 520), (40, 490), (0, 440)), ink.accent, 9)
    return place(cast(head) + cast(handle) + strap + lit(handle, ink.main, 14) + lit(head, ink.main, 20) + bristles, 60, -60, 0.84, 28)


def sponge(ink: Ink) -> str:
    """A loofah on its cord, or a sea sponge."""
    if ink.form % 2:
        d = blob((-300, -90), (-280, -230), (-150, -290), (-20, -270), (120, -310), (270, -230), (310, -100), (230, -10), (0, 6), (-220, -6))
        chance = ink.chance()
        holes = "".join(fill(oval(chance.uniform(-280, 280), chance.uniform(-280, -20), chance.uniform(6, 22), chance.uniform(5, 16)), darker(ink.main, 0.28), 0.7) for _ in range(46))
        return lit(d, ink.main, 36, holes)
    d = box(-120, -420, 240, 420, 100)
    net = "".join(line(f"M{-140 + k * 26} -430L{-40 + k * 26} 10M{140 - k * 26} -430L{40 - k * 26} 10", darker(ink.main, 0.22), 5, 0.6) for k in range(-4, 12))
    return line(curve((0, -410), (-60, -500), (0, -560), (60, -500), (0, -410)), ink.accent, 11) + lit(d, ink.main, 28, net)


def comb(ink: Ink) -> str:
    """A wooden comb."""
    back = box(-330, -110, 660, 100, 44)
    teeth = "".join(box(-312 + k * 26, -40, 15, 190, 7) for k in range(25))
    return place(cast(back) + place(fill(teeth, "#3A2420", 0.13), 9, 13) + fill(teeth, ink.main) + lit(back, ink.main, 18, ink.printed(y=-60, reach=330)), 0, 0, 1, -20)


def balm(ink: Ink) -> str:
    """Round tins of balm from above."""
    parts = ""
    for k, (x, y, tone) in enumerate(((-190, -110, ink.second), (200, -60, ink.accent), (-10, 190, ink.main))):
        d = oval(0, 0, 170)
        mark = legible(Ink(ink.main, ink.second, ink.accent)) if k == 1 else lighter(tone, 0.6)
        one = Ink(tone, ink.second, ink.accent, ink.pattern, 0, ink.seed + k * 3)
        parts += place(cast(d) + lit(d, "#B9BDBA", 12) + lit(oval(0, 0, 152), tone, 12, ink.printed(lighter(tone, 0.3), reach=160) if ink.form % 2 else "") + line(oval(0, 0, 124), mark, 5) + place(emblem(one, mark, 130), 0, 0), x, y)
    return parts


def lavender(ink: Ink) -> str:
    """A bunch of dried flowers tied with string; accent is the flower."""
    parts = ""
    for k in range(-4, 5):
        tip_x, tip_y = k * 56, -330 + abs(k) * 16
        parts += line(curve((k * 10, 330), (k * 6, 60), (tip_x, tip_y + 120)), "#7C9A72", 8)
        for j in range(7):
            y = tip_y + j * 26
            x = tip_x - k * 2 * j
            parts += fill(leaf(x, y + 20, 34, 12, -50) + leaf(x, y + 20, 34, 12, 230), mix(ink.accent, ink.main, 0.15 * (j % 3)))
    band = lit(box(-62, 80, 124, 66, 20), ink.second, 12) + line(curve((-40, 140), (-110, 210), (-60, 250)), ink.second, 8) + line(curve((40, 140), (110, 200), (70, 260)), ink.second, 8)
    return place(faint(parts), 16, 22) + parts + band


def faint(marks: str) -> str:
    """The marks as their own soft shadow."""
    return f'<g opacity=".1">{marks}</g>'


def wash_bag(ink: Ink) -> str:
    """A gift box with a ribbon."""
    d = box(-280, -360, 560, 360, 10)
    lid = box(-300, -440, 600, 100, 10)
    ribbon = fill(box(-40, -440, 80, 440), ink.accent)
    bow = lit(blob((0, -440), (-150, -560), (-220, -470), (-90, -420)), ink.accent, 14) + lit(blob((0, -440), (150, -560), (220, -470), (90, -420)), ink.accent, 14) + lit(oval(0, -448, 38, 34), darker(ink.accent, 0.1), 10)
    return lit(d, ink.main, 32, ink.printed(y=-180, reach=290)) + lit(lid, ink.second, 26) + ribbon + fill(box(-300, -346, 600, 8), "#2A1A1E", 0.12) + bow


MOTIFS: dict[str, Motif] = {
    "savon": Motif(soap, 690, 330, stature=9),
    "savon_papier": Motif(soap_wrapped, 620, 240, stature=8),
    "bougie": Motif(candle, 420, 540, stature=18),
    "cierges": Motif(tapers, 680, 600, stature=24),
    "flacon_pompe": Motif(pump, 380, 610, stature=24),
    "creme": Motif(cream, 620, 350, stature=10),
    "compte_gouttes": Motif(dropper, 300, 600, stature=16),
    "sels": Motif(salts, 460, 480, stature=18),
    "brosse": Motif(brush, 680, 660, "lies", 22),
    "eponge": Motif(sponge, 640, 560, stature=18),
    "peigne": Motif(comb, 680, 460, "lies", 16),
    "baume": Motif(balm, 740, 640, "lies", 16),
    "lavande": Motif(lavender, 560, 700, "lies", 30),
    "coffret": Motif(wash_bag, 620, 570, stature=24),
}
