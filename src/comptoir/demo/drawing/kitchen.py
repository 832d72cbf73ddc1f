"""Things one prepares and serves with: knives, boards, spoons, carafes, towels."""

from comptoir.demo.drawing.colour import darker, lighter
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
    stitches,
    turned,
)

WOOD = "#C08F5E"
STEEL = "#B4BBBB"


def grain(x: float, y: float, w: float, h: float, colour: str) -> str:
    """A few lines of wood grain in a box."""
    parts = ""
    for k in range(5):
        at = x + w * (k + 0.5) / 5
        parts += line(
            curve((at, y), (at + 9, y + h * 0.3), (at - 7, y + h * 0.65), (at + 5, y + h)),
            darker(colour, 0.3),
            3,
            0.35,
        )
    return parts


def knife(ink: Ink) -> str:
    """A kitchen knife lying aslant; main is the handle."""
    long = 470 if ink.form % 2 == 0 else 400
    tall = 92 if ink.form % 2 == 0 else 64
    blade = (
        f"M0 -40H{long - 120}C{long - 40} -36 {long} 0 {long + 30} {tall - 40}"
        f"C{long - 120} {tall - 26} 160 {tall - 22} 0 {tall - 30}z"
    )
    grip = blob("10,-44! -120,-46 -240,-38 -286,-14 -276,24 -200,26 -100,16 10,26!")
    rivets = fill(oval(-60, -10, 10) + oval(-140, -10, 10) + oval(-220, -8, 10), "#E4D4A8")
    whole = (
        cast(blade)
        + cast(grip)
        + lit(blade, "#CBD1D0", 10)
        + line(f"M8 {tall - 42}H{long - 130}", "#FFFFFF", 5, 0.8)
        + lit(grip, ink.main, 14)
        + rivets
        + fill(box(0, -46, 22, 74, 6), ink.accent)
    )
    if ink.form % 3 == 2:
        return place(whole, -60, -120, 1, 35) + place(whole, -110, 60, 0.8, 35)
    return place(whole, -75, -75, 1.06, 40)


def board(ink: Ink) -> str:
    """A cutting board; main is the wood."""
    if ink.form % 2:
        d = oval(0, 60, 290)
        hold = box(-52, -430, 104, 240, 44)
        return (
            cast(d)
            + cast(hold)
            + lit(hold, ink.main, 14)
            + fill(oval(0, -376, 20), darker(ink.main, 0.5))
            + lit(d, ink.main, 18, grain(-300, -240, 600, 600, ink.main))
        )
    d = box(-250, -340, 500, 700, 46)
    inlay = fill(box(-250, 190, 500, 44), ink.second) + fill(box(-250, 246, 500, 12), ink.second)
    hole = oval(0, -276, 30)
    return (
        cast(d)
        + lit(d, ink.main, 16, grain(-250, -340, 500, 700, ink.main) + inlay)
        + fill(hole, darker(ink.main, 0.45))
    )


def spoons(ink: Ink) -> str:
    """Wooden spoons in a pot; main is the pot."""
    parts = ""
    for x, y, turn, kind in ((-60, -250, -16, 0), (10, -250, 3, 1), (70, -250, 18, 2)):
        stem = lit(box(-13, -330, 26, 330, 12), WOOD, 8)
        if kind == 0:
            head = lit(oval(0, -370, 56, 80), "#CFA06E", 14) + fill(
                oval(-4, -374, 34, 52), darker(WOOD, 0.16), 0.7
            )
        elif kind == 1:
            head = lit(box(-46, -470, 92, 160, 24), "#B98657", 12) + fill(
                box(-22, -440, 10, 90, 5) + box(12, -440, 10, 90, 5), darker(WOOD, 0.4)
            )
        else:
            head = lit(blob("-40,-330 -50,-440 0,-470 50,-440 40,-330"), "#D8AE7E", 12)
        parts += place(stem + head, x, y, 1, turn)
    d = turned("300,150 280,160 120,168 20,150 0,136", tilt=0.14)
    return (
        fill(oval(0, -300, 150, 22), darker(ink.main, 0.4))
        + parts
        + clip(box(-200, -300, 400, 400), lit(d, ink.main, 28, ink.printed(y=-150, reach=190)))
        + line("M-150 -300A150 21 0 0 0 150 -300", lighter(ink.main, 0.4), 9)
    )


def tea_towel(ink: Ink) -> str:
    """A linen towel on a hook, folded once."""
    d = blob("-150,40! 150,40! 168,300 176,640! 0,652 -176,640! -166,300")
    over = ink.printed(y=340, reach=330)
    hem = fill(box(-190, 560, 380, 16), ink.accent) + fill(box(-190, 592, 380, 8), ink.accent)
    folds = line(curve("-50,60 -60,320 -46,640"), darker(ink.main, 0.3), 6, 0.35) + line(
        curve("70,60 60,320 78,640"), darker(ink.main, 0.3), 6, 0.3
    )
    top = line("M-20 44C-20 0 20 0 20 44", ink.accent, 9)
    return (
        cast(d) + fill(oval(0, 8, 18), "#7C5336") + top + lit(d, ink.main, 24, over + hem + folds)
    )


def carafe(ink: Ink) -> str:
    """A glass carafe and a glass; main is what is poured."""
    glass = turned("600,74 560,54 480,54 360,120 220,176 90,176 20,150 0,130", tilt=0.12)
    drink = clip(
        glass,
        fill(box(-200, -330, 400, 360), ink.main, 0.75)
        + fill(oval(0, -330, 134, 18), lighter(ink.main, 0.3), 0.8),
    )
    tumbler = turned("250,104 20,88 0,80", tilt=0.12)
    sip = clip(
        tumbler,
        fill(box(-120, -130, 240, 150), ink.main, 0.75)
        + fill(oval(0, -130, 98, 12), lighter(ink.main, 0.3), 0.8),
    )
    shine = line("M-132 -250C-150 -190 -150 -120 -124 -60", "#FFFFFF", 13, 0.6)
    big = (
        fill(glass, "#F3F6F4", 0.62)
        + drink
        + edge(glass, -22, -9, "#2A3A40", 0.16)
        + shine
        + line(oval(0, -600, 74, 9), "#FFFFFF", 6, 0.8)
    )
    small = (
        fill(tumbler, "#F3F6F4", 0.62)
        + sip
        + edge(tumbler, -16, -6, "#2A3A40", 0.16)
        + line(oval(0, -250, 104, 12), "#FFFFFF", 6, 0.8)
    )
    return place(big, -110) + place(small, 190, 30)


def tumblers(ink: Ink) -> str:
    """Three coloured glasses."""
    parts = ""
    for k, (x, y, colour) in enumerate(
        ((-210, -20, ink.second), (215, -14, ink.accent), (0, 30, ink.main))
    ):
        d = turned("300,122 20,96 0,86", tilt=0.12)
        ribs = "".join(
            line(f"M{-90 + i * 30} -290L{-72 + i * 24} 0", "#FFFFFF", 5, 0.4) for i in range(7)
        )
        one = lit(
            d,
            lighter(colour, 0.2),
            22,
            ribs if ink.form % 2 else ink.printed(lighter(colour, 0.7), y=-150, reach=160),
        )
        one += fill(oval(0, -300, 122, 15), lighter(colour, 0.55)) + fill(
            oval(0, -298, 108, 11), darker(colour, 0.1)
        )
        parts += place(one, x, y, 0.94 + 0.06 * (k == 2))
    return parts


def rolling_pin(ink: Ink) -> str:
    """A rolling pin, aslant; main is the wood, second the handles."""
    body = box(-280, -62, 560, 124, 34)
    ends = box(-410, -28, 820, 56, 28)
    whole = (
        cast(body)
        + cast(ends)
        + lit(ends, ink.second, 14)
        + lit(body, ink.main, 20, ink.printed(y=0, reach=290))
    )
    return place(
        whole + stitches("M-240 -20H240", darker(ink.main, 0.25), 3, "60 40"), 0, 0, 1, -32
    )


def ironware(ink: Ink) -> str:
    """A whisk, a spatula and a brush lying side by side."""
    loops = "".join(
        line(f"M0 -60C{-w} -180 {-w} -330 0 -350C{w} -330 {w} -180 0 -60", STEEL, 7)
        for w in (20, 70, 120)
    )
    whisk = loops + lit(box(-22, -70, 44, 330, 20), ink.main, 12)
    spat = lit(box(-66, -340, 132, 210, 26), ink.accent, 16) + lit(
        box(-18, -140, 36, 400, 18), WOOD, 10
    )
    bristles = (
        lit(box(-62, -320, 124, 150, 12), "#E8D9B8", 14)
        + lit(box(-66, -190, 132, 60, 10), ink.second, 12)
        + lit(box(-18, -140, 36, 400, 18), WOOD, 10)
    )
    shadow = faint = fill(box(-12, -300, 60, 570, 30), "#3A2420", 0.08)
    return (
        place(shadow + whisk, -230, 50, 1, -6)
        + place(faint + spat, 0, 50)
        + place(faint + bristles, 220, 50, 1, 6)
    )


MOTIFS: dict[str, Motif] = {
    "couteau": Motif(knife, 720, 680, "lies", 32),
    "planche": Motif(board, 560, 800, "lies", 42),
    "cuilleres": Motif(spoons, 420, 720, stature=36),
    "torchon": Motif(tea_towel, 400, 680, "hangs", 48),
    "carafe": Motif(carafe, 600, 620, stature=30),
    "verres": Motif(tumblers, 680, 330, stature=14),
    "rouleau": Motif(rolling_pin, 720, 520, "lies", 24),
    "ustensiles": Motif(ironware, 620, 660, "lies", 32),
}
