"""Bread, cheese, biscuits, chocolate, fruit."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.labels import label
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.pattern import printed
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    clip,
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


def loaf(ink: Ink) -> str:
    """A country loaf, or a long one; main is the crust."""
    flour = lighter(ink.main, 0.62)
    if ink.form % 2:
        d = blob("-380,-60 -300,-150 0,-190 300,-150 380,-60 280,-4 0,4 -280,-4")
        cuts = "".join(
            place(fill(blob("-64,20 -10,-26 66,-30 8,14"), flour), x, -104 - (40 - abs(x) * 0.1))
            for x in (-230, -80, 70, 220)
        )
        return lit(d, ink.main, 34, cuts)
    d = blob("-330,-80 -290,-230 -120,-340 120,-340 290,-230 330,-80 230,-4 0,6 -230,-4")
    cuts = "".join(
        fill(
            blob(
                (x - 20, -60 - h),
                (x - 12, -170 - h),
                (x + 14, -240 - h),
                (x + 26, -170 - h),
                (x + 10, -60 - h),
            ),
            flour,
        )
        for x, h in ((-170, 10), (-56, 50), (60, 50), (172, 10))
    )
    dust = Ink(flour, flour, flour, "mouchete", 0, ink.seed).printed(y=-200, reach=280)
    return lit(d, ink.main, 44, dust + cuts)


def cheese(ink: Ink) -> str:
    """A wheel with a slice cut out, or a small ash-covered round; main is the rind."""
    paste = ink.second
    top = oval(0, -190, 330, 96)
    side = turned("190,330! 24,330 0,316", tilt=0.29)
    inner = poly("0,-190 0,-8 250,66 250,-122")
    holes = "".join(
        fill(oval(x, y, r), darker(paste, 0.16))
        for x, y, r in (
            (60, -80, 15),
            (130, -40, 20),
            (190, -20, 11),
            (100, -120, 10),
            (200, -70, 14),
        )
    )
    body = lit(side, ink.main, 36) + lit(
        top, lighter(ink.main, 0.22), 18, ink.printed(y=-190, reach=340)
    )
    if ink.form % 2:
        ash = printed("mouchete", darker(ink.main, 0.45), ink.second, 330, ink.seed)
        return body + clip(top, place(ash, 0, -190))
    return (
        body
        + fill(poly("0,-190 250,-122 318,-190 150,-276"), mix("#E9DCC4", ink.main, 0.12))
        + fill(poly("0,-190 250,-122 250,66 0,-8"), "#F0E2BF")
        + lit(inner, paste, 8, holes)
    )


def chocolate(ink: Ink) -> str:
    """A bar half out of its wrapper."""
    bar = box(-165, -640, 330, 330, 10)
    squares = "".join(
        edge(box(-152 + c * 104, -626 + r * 84, 96, 76, 6), -8, -8, "#22120D", 0.5)
        + line(box(-152 + c * 104, -626 + r * 84, 96, 76, 6), "#2B1811", 4, 0.6)
        for r in range(3)
        for c in range(3)
    )
    foil = poly(
        *[(-180 + k * 30, -372 - (22 if k % 2 else 0)) for k in range(13)],
        (180, -330),
        (-180, -330),
    )
    wrap = box(-178, -350, 356, 350, 6)
    dark = "#4A2A1E" if ink.form % 2 == 0 else "#7B4B32"
    return (
        lit(bar, dark, 16)
        + squares
        + fill(foil, "#E5DCC8")
        + lit(wrap, ink.main, 26, ink.printed(y=-180))
        + label(ink, -170, 216, 180)
    )


def biscuits(ink: Ink) -> str:
    """A stack of biscuits tied with string; main is the dough, accent the ribbon."""
    parts = ""
    for k in range(6):
        tone = mix(ink.main, darker(ink.main), (k % 3) * 0.4)
        d = turned("70,190 56,214 18,214 0,196", tilt=0.16)
        parts += place(lit(d, tone, 20), (-6, 5, -2, 7, -5, 0)[k], -k * 66)
    top = fill(oval(-5, -400, 186, 30), lighter(ink.main, 0.25)) + "".join(
        fill(oval(x, -400 + y, 9, 5), darker(ink.main, 0.35))
        for x, y in ((-80, 0), (0, -16), (84, 2), (-30, 16), (48, 18))
    )
    bow = blob("0,-420 -90,-500 -130,-430 -60,-400") + blob("0,-420 90,-500 130,-430 60,-400")
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
    slats = "".join(
        lit(box(-340, y, 680, 76, 8), tone, 16) for y, tone in ((-184, "#D5AC78"), (-92, "#C99C66"))
    )
    posts = lit(box(-350, -230, 44, 230, 6), "#B98A56", 12) + lit(
        box(306, -230, 44, 230, 6), "#B98A56", 12
    )
    return fruits + slats + posts


MOTIFS: dict[str, Motif] = {
    "pain": Motif(loaf, 720, 350, stature=18),
    "fromage": Motif(cheese, 680, 310, stature=12),
    "chocolat": Motif(chocolate, 370, 650, stature=18),
    "biscuits": Motif(biscuits, 450, 540, stature=18),
    "cagette": Motif(fruit_box, 710, 400, stature=26),
}
