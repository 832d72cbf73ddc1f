"""Things woven and sewn for the house: cushions, blankets, towels, bags, aprons."""

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
    mirror,
    oval,
    place,
    poly,
    stitches,
)


def cushion(ink: Ink) -> str:
    d = blob("-330,-330! 0,-300 330,-330! 302,0 330,330! 0,304 -330,330! -302,0")
    if ink.form % 2:
        d = blob("-400,-230! 0,-206 400,-230! 376,0 400,230! 0,208 -400,230! -376,0")
    dents = (
        "".join(
            line(
                curve((x, y), (x * 0.78, y * 0.72), (x * 0.66, y * 0.5)),
                darker(ink.main, 0.35),
                8,
                0.3,
            )
            for x, y in ((-300, -300), (300, -300), (300, 300), (-300, 300))
        )
        if ink.form % 2 == 0
        else ""
    )
    corners = (
        "".join(
            fill(oval(x, y, 20), ink.accent)
            for x, y in ((-330, -330), (330, -330), (330, 330), (-330, 330))
        )
        if ink.form % 3 == 0 and ink.form % 2 == 0
        else ""
    )
    return (
        cast(d, 1.4)
        + corners
        + lit(d, ink.main, 30, ink.printed(reach=410) + dents)
        + line(d, darker(ink.main, 0.18), 5, 0.6)
    )


def blanket(ink: Ink) -> str:
    """Folded in four, fringe out; main is the wool."""
    parts = ""
    for k in range(3, -1, -1):
        y = -210 + k * 108
        d = box(-340, y, 680, 190, 60)
        tone = ink.main if k % 2 == 0 else darker(ink.main, 0.07)
        parts += lit(d, tone, 20, place(ink.printed(reach=350), 0, y))
    fringe = "".join(
        line(curve((x, 296), (x + (6 if i % 2 else -6), 330), (x + 2, 364)), ink.second, 9)
        for i, x in enumerate(range(-310, 320, 26))
    )
    shadow = cast(box(-340, -210, 680, 514, 60), 1.3)
    band = fill(box(-340, -160, 680, 26), ink.accent) + fill(box(-340, -122, 680, 10), ink.accent)
    front = box(-340, -210, 680, 190, 60)
    return shadow + fringe + parts + clip(front, band) + edge(front, -18, -7, "#2A1A1E", 0.15)


def throw(ink: Ink) -> str:
    """A blanket over a rail, both ends hanging."""
    rail = fill(box(-420, 30, 840, 26, 13), "#A9794C") + fill(
        box(-420, 46, 840, 10, 5), "#7C5336", 0.6
    )
    d = blob("-280,20! 280,20! 290,320 300,560! 0,572 -300,560! -290,320")
    fringe = "".join(line(f"M{x} 560v52", darker(ink.main, 0.06), 9) for x in range(-288, 300, 24))
    folds = "".join(
        line(curve((x, 40), (x - 12, 300), (x + 6, 560)), darker(ink.main, 0.4), 9, 0.22)
        for x in (-170, -40, 110, 210)
    )
    return (
        rail + cast(d, 1.2) + fringe + lit(d, ink.main, 26, ink.printed(y=300, reach=320) + folds)
    )


def tote(ink: Ink) -> str:
    """A canvas bag hanging from a peg."""
    straps = line("M-120 290C-120 60 -60 20 0 20C60 20 120 60 120 290", ink.accent, 30)
    d = blob("-250,270! 250,270! 268,480 262,690! 0,706 -262,690! -268,480")
    sewn = stitches(
        "M-236 292H236", lighter(ink.main, 0.5) if ink.form % 2 else darker(ink.main, 0.3)
    )
    picture = place(sign(ink), 0, 500, 1.25) if ink.pattern == "uni" else ""
    return (
        fill(oval(0, 14, 22), "#7C5336")
        + straps
        + cast(d)
        + lit(d, ink.main, 26, ink.printed(y=490, reach=280) + picture)
        + sewn
    )


def sign(ink: Ink) -> str:
    """A large printed picture for a plain cloth: sun and sea, a fish, a leaf, a boat."""
    kind, tone = ink.seed % 4, ink.second
    if kind == 0:
        waves = "".join(
            line(curve(*[(-110 + i * 27, y + (9 if i % 2 else -9)) for i in range(9)]), tone, 11)
            for y in (20, 52, 84)
        )
        return fill("M-80 -6A80 80 0 0 1 80 -6z", ink.accent) + waves
    if kind == 1:
        body = blob("-120,0 -40,-62 60,-46 104,0! 60,46 -40,62")
        return (
            fill(body, tone)
            + fill(poly("96,0 150,-52 138,0 150,52"), tone)
            + fill(oval(-72, -12, 9), ink.main)
            + line("M-20 -40Q6 0 -20 40", ink.main, 6)
        )
    if kind == 2:
        stem = line("M0 110V-110", tone, 9)
        sprout = blob("0,0! 50,-56 92,-50! 60,-8")
        right = "".join(place(fill(sprout, tone), 0, y) for y in (90, 30, -30))
        left = "".join(place(fill(sprout, ink.accent), 0, y) for y in (90, 30, -30))
        return stem + right + mirror(left)
    hull = poly("-110,40 110,40 76,92 -76,92")
    return (
        fill(hull, tone)
        + fill(poly("-8,26 -8,-120 -100,26"), ink.accent)
        + fill(poly("10,26 10,-90 84,26"), tone)
    )


def apron(ink: Ink) -> str:
    """A bib apron on a peg."""
    loop = line("M-84 150C-84 10 84 10 84 150", ink.accent, 16)
    d = blob(
        "-100,140! 100,140! 120,270 236,340! 250,560 240,720! 0,734 -240,720! "
        "-250,560 -236,340! -120,270"
    )
    pocket = box(-130, 460, 260, 150, 16)
    ties = line(curve("-234,350 -310,380 -300,470 -330,540"), ink.accent, 14) + line(
        curve("234,350 310,390 296,470 320,530"), ink.accent, 14
    )
    own = lit(pocket, ink.second if ink.form % 2 else darker(ink.main, 0.08), 10) + stitches(
        box(-120, 470, 240, 130, 10), lighter(ink.main, 0.5), 3
    )
    return (
        fill(oval(0, 40, 18), "#7C5336")
        + ties
        + loop
        + cast(d)
        + lit(d, ink.main, 24, ink.printed(y=440, reach=310))
        + own
        + line("M0 466V606", darker(ink.main, 0.3), 4, 0.6)
    )


def bath_towels(ink: Ink) -> str:
    """A pile of folded towels."""
    parts = ""
    for k, tone in enumerate((ink.second, ink.main, ink.accent, ink.main)):
        d = box(-290 + k % 2 * 8, -130 - k * 118, 580 - k % 2 * 16, 128, 54)
        ribs = "".join(
            fill(box(x, -400 - 200, 8, 700), lighter(tone, 0.4), 0.5) for x in (200, 216, 232)
        )
        parts += lit(d, tone, 22, ribs) + line(
            f"M-250 {-66 - k * 118}H190", darker(tone, 0.35), 5, 0.45
        )
    return parts


def tablecloth(ink: Ink) -> str:
    """Napkins fanned out on the table, seen from above."""
    parts = ""
    for k, (turn, tone) in enumerate(((-22, ink.second), (0, ink.accent), (22, ink.main))):
        d = box(-200, -330, 400, 620, 14)
        over = ink.printed(lighter(tone, 0.6), y=0, reach=330) if k == 2 or ink.form % 2 else ""
        cloth = (
            cast(d)
            + lit(d, tone, 14, over)
            + stitches(box(-184, -314, 368, 588, 8), lighter(tone, 0.6), 4)
        )
        parts += place(cloth, (k - 1) * 70, 30 + abs(k - 1) * 20, 0.92, turn)
    return parts


def pouch(ink: Ink) -> str:
    """A zipped pouch, lying."""
    d = box(-330, -210, 660, 430, 50)
    zip_ = fill(box(-320, -190, 640, 30, 15), darker(ink.main, 0.3)) + stitches(
        "M-300 -175H270", "#E3C98F", 10, "6 8"
    )
    pull = lit(box(262, -196, 34, 92, 14), ink.accent, 8)
    return (
        cast(d, 1.2)
        + lit(d, ink.main, 22, ink.printed(reach=340))
        + zip_
        + pull
        + stitches("M-300 188H300", lighter(ink.main, 0.4))
    )


def rug(ink: Ink) -> str:
    """A small rug with fringes, seen from above."""
    d = box(-260, -340, 520, 680, 6)
    border = line(box(-226, -306, 452, 612), ink.accent, 14) + line(
        box(-204, -284, 408, 568), ink.second, 5
    )
    fringe = "".join(
        line(f"M{x} {y}v{s * 44}", "#E9DCC4", 8)
        for x in range(-250, 260, 20)
        for y, s in ((-340, -1), (340, 1))
    )
    middle = place(
        lit(poly("0,-170 120,0 0,170 -120,0"), ink.second, 10)
        + fill(poly("0,-96 66,0 0,96 -66,0"), ink.accent),
        0,
        0,
    )
    return (
        cast(d)
        + fringe
        + lit(d, ink.main, 14, ink.printed(reach=350))
        + border
        + (middle if ink.form % 2 == 0 else "")
    )


MOTIFS: dict[str, Motif] = {
    "coussin": Motif(cushion, 720, 720, "lies", 42),
    "couverture": Motif(blanket, 720, 640, "lies", 40),
    "plaid": Motif(throw, 760, 640, "hangs", 70),
    "cabas": Motif(tote, 560, 720, "hangs", 46),
    "tablier": Motif(apron, 660, 740, "hangs", 70),
    "serviettes": Motif(bath_towels, 600, 490, stature=28),
    "serviettes_table": Motif(tablecloth, 640, 680, "lies", 30),
    "trousse": Motif(pouch, 680, 450, "lies", 20),
    "tapis": Motif(rug, 560, 780, "lies", 60),
}
