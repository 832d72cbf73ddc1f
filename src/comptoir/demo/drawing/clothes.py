"""Things one wears, laid flat or on a hanger."""

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    clip,
    curve,
    fill,
    line,
    lit,
    mirror,
    oval,
    poly,
    stitches,
)

HANGER = line("M0 60C0 30 34 34 34 4C34 -22 0 -30 -14 -8", "#8D7A5C", 9) + line(
    "M0 56L-190 140M0 56L190 140", "#B58554", 16
)


def _both(mark: str) -> str:
    return mark + mirror(mark)


def sweater(ink: Ink) -> str:
    """A knitted jumper, sleeves down."""
    sleeve = blob("-150,-270! -250,-230 -330,40 -356,250! -258,270! -210,60 -160,-20!")
    body = blob("-110,-290! 110,-290! 190,-260 204,-60 204,290! 0,300 -204,290! -204,-60 -190,-260")
    cuffs = clip(
        sleeve,
        fill(box(-400, 214, 200, 90), ink.accent, 0.9)
        + "".join(line(f"M{x} 214v80", darker(ink.accent, 0.25), 5) for x in range(-360, -230, 16)),
    )
    hem = fill(box(-220, 236, 440, 80), ink.accent, 0.9) + "".join(
        line(f"M{x} 236v70", darker(ink.accent, 0.25), 5) for x in range(-200, 210, 16)
    )
    neck = lit(
        blob("-112,-296 -60,-250 0,-236 60,-250 112,-296 84,-320 0,-300 -84,-320"), ink.accent, 8
    )
    inner = fill(oval(0, -304, 88, 18), darker(ink.main, 0.45))
    over = ink.printed(y=0, reach=320)
    arms = _both(cast(sleeve) + lit(sleeve, ink.main, 20, over) + cuffs)
    return arms + cast(body) + lit(body, ink.main, 22, over + hem) + inner + neck


def shirt(ink: Ink) -> str:
    """A buttoned shirt on a hanger."""
    sleeve = blob("-130,120! -230,160 -300,430 -310,600! -222,612! -190,400 -160,330!")
    body = blob(
        "-100,110! 100,110! 180,140 190,330 196,680! 100,712 0,690 -100,712 "
        "-196,680! -190,330 -180,140"
    )
    over = ink.printed(y=400, reach=330)
    arms = _both(
        cast(sleeve)
        + lit(sleeve, ink.main, 18, over)
        + fill(poly("-310,572 -220,584 -222,612 -310,602"), darker(ink.main, 0.12))
    )
    front = fill(box(-20, 130, 40, 570), lighter(ink.main, 0.22)) + fill(
        "".join(oval(0, y, 9) for y in range(190, 680, 86)), ink.accent
    )
    collar = lit(poly("-104,112 0,150 -60,214 -118,150"), lighter(ink.main, 0.2), 8) + lit(
        poly("104,112 0,150 60,214 118,150"), lighter(ink.main, 0.2), 8
    )
    pocket = (
        lit(poly("60,290 146,290 146,380 103,400 60,380"), darker(ink.main, 0.05), 6)
        if ink.form % 2 == 0
        else ""
    )
    inner = fill(poly("-96,110 96,110 0,152"), darker(ink.main, 0.4))
    return (
        HANGER + arms + cast(body) + lit(body, ink.main, 20, over) + front + inner + collar + pocket
    )


def tee(ink: Ink) -> str:
    """A striped sailor's top, long sleeves folded in; or a short-sleeved tee."""
    if ink.form % 2:
        sleeve = blob("-140,-270! -270,-200 -350,-80! -260,-20! -190,-110!")
    else:
        sleeve = blob("-140,-270! -250,-210 -310,60 -330,220! -246,236! -206,60 -180,-40!")
    body = blob("-120,-284! 120,-284! 196,-250 206,0 210,300! 0,308 -210,300! -206,0 -196,-250")
    over = ink.printed(y=20, reach=320)
    yoke = fill(box(-220, -320, 440, 150), ink.main) if ink.pattern == "mariniere" else ""
    neck = line(curve("-120,-284 -60,-256 0,-250 60,-256 120,-284"), darker(ink.main, 0.14), 12)
    inner = fill("M-118 -286C-60 -256 60 -256 118 -286z", darker(ink.main, 0.35))
    return (
        _both(cast(sleeve) + lit(sleeve, ink.main, 16, over))
        + cast(body)
        + lit(body, ink.main, 20, over + yoke)
        + inner
        + neck
    )


def jacket(ink: Ink) -> str:
    """A work jacket on a hanger, three pockets."""
    sleeve = blob("-130,120! -240,160 -310,420 -322,620! -224,634! -200,400 -170,330!")
    body = box(-200, 110, 400, 570, 30)
    arms = _both(
        cast(sleeve)
        + lit(sleeve, ink.main, 20)
        + stitches("M-318 580L-226 592", lighter(ink.main, 0.4))
    )
    pockets = "".join(
        lit(box(x, y, w, h, 12), lighter(ink.main, 0.08), 8)
        + stitches(box(x + 8, y + 8, w - 16, h - 16, 8), lighter(ink.main, 0.45))
        for x, y, w, h in ((-172, 460, 140, 160), (32, 460, 140, 160), (44, 250, 108, 110))
    )
    front = line("M0 150V676", darker(ink.main, 0.35), 5) + fill(
        "".join(oval(-18, y, 11) for y in (220, 320, 420, 520, 620)), ink.accent
    )
    collar = _both(lit(poly("-116,106 0,150 -70,230 -136,160"), darker(ink.main, 0.08), 8))
    inner = fill(poly("-96,110 96,110 0,156"), ink.second)
    return HANGER + arms + cast(body) + lit(body, ink.main, 22) + front + pockets + inner + collar


def dress(ink: Ink) -> str:
    """A dress on a hanger."""
    sleeve = blob("-110,120! -200,160 -250,290! -170,320! -140,260!")
    body = blob(
        "-96,110! 96,110! 150,150 126,350! 230,600 270,760! 0,780 -270,760! "
        "-230,600 -126,350! -150,150"
    )
    over = ink.printed(y=450, reach=350)
    belt = fill(blob("-130,336! 0,348 130,336! 132,372 0,384 -132,372"), ink.accent)
    folds = "".join(
        line(curve((x * 0.4, 390), (x * 0.8, 560), (x, 760)), darker(ink.main, 0.4), 7, 0.25)
        for x in (-150, -40, 80, 180)
    )
    return (
        HANGER
        + _both(cast(sleeve) + lit(sleeve, ink.main, 16, over))
        + cast(body)
        + lit(body, ink.main, 24, over + folds)
        + belt
        + fill("M-92 108C-60 180 60 180 92 108z", darker(ink.main, 0.4))
    )


MOTIFS: dict[str, Motif] = {
    "pull": Motif(sweater, 720, 640, "lies", 60),
    "chemise": Motif(shirt, 640, 730, "hangs", 66),
    "maillot": Motif(tee, 700, 610, "lies", 56),
    "veste": Motif(jacket, 660, 710, "hangs", 66),
    "robe": Motif(dress, 560, 810, "hangs", 80),
}
