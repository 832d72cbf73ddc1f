"""Things that furnish: lamps, chairs, clocks, mirrors, baskets."""

import math

from comptoir.demo.drawing.colour import darker, lighter, mix
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


def lamp(ink: Ink) -> str:
    """A table lamp, lit; main is the shade, second the foot."""
    glow = fill(oval(0, -520, 330, 300), "#FFE9AE", 0.28)
    feet = (
        ((340, 20), (330, 24), (250, 60), (150, 120), (50, 130), (0, 100)),
        ((340, 16), (60, 18), (50, 60), (20, 150), (0, 150)),
        ((340, 22), (300, 70), (250, 70), (200, 40), (150, 86), (70, 96), (30, 70), (0, 120)),
    )
    foot = lit(turned(*feet[ink.form % 3], tilt=0.16), ink.second, 22)
    if ink.form % 2:
        shade = poly("-120,-720 120,-720 250,-400 -250,-400")
    else:
        shade = blob("-250,-390! -220,-560 -90,-700 90,-700 220,-560 250,-390!")
    bottom = fill(oval(0, -398, 240, 20), "#FFE7A6")
    stem = fill(box(-12, -420, 24, 100), darker(ink.second, 0.3))
    return glow + stem + foot + bottom + lit(shade, ink.main, 34, ink.printed(y=-540, reach=270))


def pendant(ink: Ink) -> str:
    """A hanging lamp; main is the shade."""
    wire = line("M0 -200V250", "#3D3833", 6)
    glow = fill(oval(0, 520, 330, 190), "#FFE9AE", 0.3)
    if ink.form % 2:
        d = blob("-36,250! 36,250! 120,310 300,470 320,520! -320,520! -300,470 -120,310")
    else:
        d = blob("0,240 220,300 300,500! 0,520 -300,500! -220,300")
    bulb = lit(oval(0, 526, 62, 60), "#FFE7A6", 10)
    return (
        wire
        + glow
        + bulb
        + lit(box(-26, 214, 52, 60, 12), ink.second, 10)
        + lit(d, ink.main, 36, ink.printed(y=390, reach=330))
    )


def chair(ink: Ink) -> str:
    """A wooden chair with a straw or painted seat; main is the wood, second the seat."""
    back = "".join(lit(box(x, -800, 40, 420, 18), ink.main, 12) for x in (-215, 175))
    if ink.form % 2:
        bars = "".join(lit(box(x, -760, 22, 380, 10), ink.main, 8) for x in (-120, -40, 40, 110))
        bars += lit(box(-215, -800, 430, 70, 30), ink.main, 16)
    else:
        bars = "".join(
            lit(
                blob(
                    (-200, y),
                    (-200, y),
                    (0, y - 26),
                    (200, y),
                    (200, y),
                    (200, y + 52),
                    (200, y + 52),
                    (0, y + 30),
                    (-200, y + 52),
                    (-200, y + 52),
                ),
                ink.main,
                12,
            )
            for y in (-760, -650, -540)
        )
    rear = "".join(lit(box(x, -380, 34, 330, 12), darker(ink.main, 0.14), 10) for x in (-186, 152))
    rung = lit(box(-220, -190, 440, 24, 12), darker(ink.main, 0.08), 8)
    front = "".join(
        lit(poly((x, -350), (x + 44, -350), (x + 44 + s, 0), (x + 10 + s, 0)), ink.main, 12)
        for x, s in ((-260, -22), (216, 10))
    )
    seat = blob("-230,-440! 230,-440! 276,-380 270,-346 0,-334 -270,-346 -276,-380")
    weave = "".join(
        line(curve((-260, y), (0, y + 12), (260, y)), darker(ink.second, 0.2), 5, 0.5)
        for y in (-424, -408, -392, -376)
    )
    return back + rear + bars + rung + lit(seat, ink.second, 20, weave) + front


def stool(ink: Ink) -> str:
    """A three-legged stool."""
    legs = (
        lit(poly("-20,-380 20,-380 12,-40 -12,-40"), darker(ink.main, 0.2), 8)
        + lit(poly("-170,-390 -120,-390 -196,0 -232,0"), ink.main, 12)
        + lit(poly("120,-390 170,-390 232,0 196,0"), ink.main, 12)
    )
    rung = lit(box(-190, -180, 380, 22, 11), darker(ink.main, 0.1), 8)
    seat = turned("440,250 420,260 388,256 376,236", tilt=0.17)
    top = oval(0, -440, 250, 42)
    return (
        legs
        + rung
        + lit(seat, ink.second, 26)
        + lit(top, lighter(ink.second, 0.2), 12, ink.printed(y=-440, reach=260))
    )


def basket(ink: Ink) -> str:
    """A wicker basket with two leather handles; main is the wicker, accent the leather."""
    d = turned("340,300 200,290 40,240 0,220", tilt=0.14)
    weave = ""
    for row in range(12):
        y = -370 + row * 34
        for column in range(-8, 9):
            x = column * 40 + (20 if row % 2 else 0)
            weave += line(f"M{x - 15} {y}q15 14 30 0", darker(ink.main, 0.26), 6, 0.65)
    band = (
        fill(blob("-330,-200 0,-150 330,-200 330,-140 0,-90 -330,-140"), ink.second, 0.9)
        if ink.form % 2
        else ""
    )
    loop = line("M-180 -330C-200 -500 -40 -500 -60 -350", ink.accent, 24)
    far = line("M60 -360C60 -470 190 -470 190 -360", darker(ink.accent, 0.25), 20)
    return (
        far
        + fill(oval(0, -340, 300, 42), darker(ink.main, 0.45))
        + lit(d, ink.main, 34, weave + band)
        + line("M-300 -340A300 42 0 0 0 300 -340", lighter(ink.main, 0.25), 16)
        + loop
    )


def clock(ink: Ink) -> str:
    """A wall clock; main is the case."""
    d, face = oval(0, 330, 310), oval(0, 330, 254)
    ticks = ""
    for k in range(12):
        turn = math.radians(k * 30)
        sin, cos = math.sin(turn), -math.cos(turn)
        inner = 192 if k % 3 else 176
        ticks += line(
            f"M{sin * inner:.1f} {330 + cos * inner:.1f}L{sin * 222:.1f} {330 + cos * 222:.1f}",
            ink.accent,
            8 if k % 3 else 15,
        )
    hour, minute = 60 + ink.seed * 37 % 240, ink.seed * 53 % 360
    hands = place(fill(box(-9, -130, 18, 160, 9), "#2E2823"), 0, 330, 1, hour) + place(
        fill(box(-6, -190, 12, 225, 6), "#2E2823"), 0, 330, 1, minute
    )
    paper = mix("#FBF5E8", ink.second, 0.14)
    return (
        cast(d, 1.2)
        + lit(d, ink.main, 20, ink.printed(y=330, reach=320))
        + fill(face, paper)
        + edge(face, 14, 18, "#2A1A1E", 0.14)
        + ticks
        + hands
        + fill(oval(0, 330, 18), ink.main)
    )


def looking_glass(ink: Ink) -> str:
    """A mirror in its frame; main is the frame."""
    kind = ink.form % 3
    d = (oval(0, 340, 290, 330), "M-260 660V270A260 260 0 0 1 260 270V660z", oval(0, 330, 300))[
        kind
    ]
    inside = (
        oval(0, 340, 246, 286),
        "M-216 616V270A216 216 0 0 1 216 270V616z",
        oval(0, 330, 244),
    )[kind]
    sheen = clip(
        inside,
        fill(poly("-300,500 120,0 220,0 -300,620"), "#FFFFFF", 0.4)
        + fill(poly("-180,660 300,90 300,140 -140,660"), "#FFFFFF", 0.3),
    )
    hook = line("M-40 26L0 -30L40 26", "#7C5336", 7) + fill(oval(0, -34, 12), "#7C5336")
    return (
        hook
        + cast(d, 1.3)
        + lit(d, ink.main, 18, ink.printed(y=330, reach=330))
        + fill(inside, "#D5E2E4")
        + sheen
        + edge(inside, 12, 16, "#2A3A40", 0.2)
    )


def shelf(ink: Ink) -> str:
    """A wall shelf with two brackets and a few things on it."""
    board = lit(box(-360, 360, 720, 44, 8), ink.main, 14)
    brackets = "".join(
        lit(f"M{x} 404h36v150c-20 0 -120 -60 -120 -150z", darker(ink.main, 0.15), 10)
        for x in (-220, 250)
    )
    books = "".join(
        lit(box(x, 360 - h, w, h, 5), c, 10) + fill(box(x, 360 - h + 34, w, 14), lighter(c, 0.6))
        for x, w, h, c in (
            (-320, 54, 260, ink.second),
            (-262, 44, 230, ink.accent),
            (-214, 60, 280, darker(ink.second)),
        )
    )
    pot = place(lit(turned("120,84 20,66 0,60"), "#C4683F", 16), 60, 360)
    sprigs = "".join(
        line(curve((60, 240), (60 + k * 24, 180), (60 + k * 52, 130 + abs(k) * 18)), "#4F7A52", 9)
        + fill(oval(60 + k * 52, 126 + abs(k) * 18, 26, 34), "#6B9263")
        for k in (-2, -1, 0, 1, 2)
    )
    return cast(box(-360, 360, 720, 44, 8), 1.4) + brackets + books + sprigs + pot + board


def candleholder(ink: Ink) -> str:
    """A lantern of metal and glass, a candle burning inside."""
    frame = box(-170, -500, 340, 480, 12)
    glow = fill(oval(0, -260, 230, 240), "#FFE0A0", 0.35)
    wax = lit(box(-60, -200, 120, 180, 10), ink.second, 18)
    flame = fill(blob("0,-330! 28,-262 0,-222 -28,-262"), "#F2B84B") + fill(
        oval(0, -252, 11, 22), "#FFF0B8"
    )
    roof = poly("-190,-500 190,-500 70,-620 -70,-620")
    ring = line(oval(0, -668, 52), ink.main, 15)
    bars = "".join(lit(box(x, -500, 26, 480, 4), ink.main, 8) for x in (-176, 150))
    return (
        glow
        + fill(frame, "#FBF3DA", 0.5)
        + wax
        + flame
        + faint_panes()
        + bars
        + ring
        + lit(roof, ink.main, 26)
        + lit(box(-196, -36, 392, 36, 8), ink.main, 18)
    )


def faint_panes() -> str:
    """Reflections on the panes of a lantern."""
    return fill(poly("-140,-480 -90,-480 -140,-330"), "#FFFFFF", 0.55) + fill(
        poly("40,-480 100,-480 30,-280 30,-380"), "#FFFFFF", 0.4
    )


def coat_hooks(ink: Ink) -> str:
    """A rail of wooden hooks on the wall."""
    rail = box(-370, 200, 740, 130, 24)
    pegs = "".join(
        fill(oval(x + 12, 292, 40), "#3A2420", 0.2) + lit(oval(x, 270, 42), tone, 16)
        for x, tone in ((-270, ink.second), (-90, ink.accent), (90, ink.second), (270, ink.accent))
    )
    return cast(rail, 1.1) + lit(rail, ink.main, 16, ink.printed(y=260, reach=370)) + pegs


MOTIFS: dict[str, Motif] = {
    "lampe": Motif(lamp, 560, 740, stature=50),
    "suspension": Motif(pendant, 660, 640, "hangs", 50),
    "chaise": Motif(chair, 560, 810, stature=92),
    "tabouret": Motif(stool, 540, 490, stature=52),
    "panier": Motif(basket, 620, 480, stature=36),
    "horloge": Motif(clock, 640, 660, "hangs", 36),
    "miroir": Motif(looking_glass, 620, 690, "hangs", 52),
    "etagere": Motif(shelf, 740, 580, "hangs", 50),
    "lanterne": Motif(candleholder, 420, 730, stature=38),
    "pateres": Motif(coat_hooks, 760, 440, "hangs", 20),
}
