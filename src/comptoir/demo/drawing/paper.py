"""Things made of paper, and what writes on them: books, notebooks, prints, pens."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.covers import picture
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
    oval,
    place,
    points_in,
    poly,
    star,
    stitches,
)


def book(ink: Ink) -> str:
    """A book standing, cover to us: title bars above a composition."""
    pages = poly("210,-590 244,-606 244,-26 210,0")
    top = poly("-210,-590 -176,-606 244,-606 210,-590")
    art = place(
        picture(Ink(ink.main, ink.second, ink.accent, ink.pattern, ink.form, ink.seed), 420, 400),
        0,
        -200,
    )
    tone = lighter(ink.main, 0.85) if ink.form % 2 else ink.second
    title = fill(box(-150, -540, 300, 26, 4) + box(-150, -496, 190, 26, 4), tone) + fill(
        box(-150, -446, 110, 10, 4), tone, 0.8
    )
    cover = box(-210, -590, 420, 590, 6)
    hinge = fill(box(-196, -590, 8, 590), darker(ink.main, 0.4), 0.35)
    return (
        fill(pages, "#EFE5D0")
        + fill(top, "#FBF5E6")
        + lit(cover, ink.main, 18, art)
        + title
        + hinge
    )


def tome(ink: Ink) -> str:
    """Books in a pile, spines to us."""
    tones = (
        ink.main,
        ink.second,
        ink.accent,
        darker(ink.main, 0.2),
        mix(ink.second, ink.accent, 0.5),
    )
    parts, y, chance = "", 0.0, ink.chance()
    for k in range(3 + ink.form % 3):
        tall, wide, shift = (
            chance.uniform(76, 116),
            chance.uniform(420, 560),
            chance.uniform(-30, 30),
        )
        tone = tones[k % 5]
        d = box(shift - wide / 2, y - tall, wide, tall, 10)
        bands = fill(
            box(shift - wide * 0.36, y - tall, 14, tall)
            + box(shift + wide * 0.34, y - tall, 14, tall),
            lighter(tone, 0.55),
        )
        name = fill(
            box(shift - wide * 0.2, y - tall * 0.58, wide * 0.38, tall * 0.16, 3),
            lighter(tone, 0.7),
        )
        parts += lit(d, tone, 16, bands + name)
        y -= tall
    return parts


def notebook(ink: Ink) -> str:
    """A notebook lying, elastic and ribbon, or sewn."""
    d = box(-240, -330, 480, 660, 22)
    pages = fill(box(-226, -316, 480, 660, 18), "#EFE4CC")
    over = ink.printed(reach=340)
    if ink.form % 2:
        extra = fill(box(-240, -330, 84, 660), ink.second) + stitches(
            "M-156 -310V310", lighter(ink.second, 0.6), 5, "22 16"
        )
    else:
        extra = fill(box(150, -330, 20, 660), ink.accent)
    tag = lit(box(-90, -200, 200, 130, 8), "#FBF4E4", 6) + fill(
        box(-60, -158, 140, 9, 4) + box(-60, -124, 96, 9, 4), mix(ink.main, "#2A1A1E", 0.3)
    )
    ribbon = fill(poly("60,330 86,330 86,400 73,384 60,400"), ink.accent)
    return (
        cast(box(-240, -330, 494, 674, 22), 1.2)
        + ribbon
        + pages
        + lit(d, ink.main, 18, over + extra)
        + tag
    )


def print_(ink: Ink) -> str:
    """A framed print on the wall."""
    frame, mount, art = box(-280, 10, 560, 720, 6), box(-252, 38, 504, 664), (380, 520)
    paper = lighter(ink.main, 0.1) if ink.form % 2 else "#FBF3E2"
    seen = Ink(paper, ink.second, ink.accent, ink.pattern, ink.form, ink.seed)
    return (
        cast(frame, 1.3)
        + lit(frame, "#B98A5C" if ink.form % 3 else "#3D3833", 12)
        + fill(mount, "#FFFDF7")
        + place(fill(box(-art[0] / 2, -art[1] / 2, *art), paper) + picture(seen, *art), 0, 362)
        + line(box(-252, 38, 504, 664), "#2A1A1E", 4, 0.15)
    )


def cards(ink: Ink) -> str:
    """Postcards fanned out."""
    parts = ""
    for k, turn in enumerate((-16, 3, 20)):
        d = box(-170, -240, 340, 480, 8)
        tone = (ink.second, ink.accent, ink.main)[k]
        other = (ink.main, ink.second, ink.second)[k]
        art = Ink(
            tone,
            other,
            lighter(ink.accent if k != 1 else ink.main, 0.3),
            form=ink.form + k * 3,
            seed=ink.seed + k,
        )
        card = (
            cast(d)
            + fill(d, "#FFFBF0")
            + fill(box(-150, -220, 300, 440), tone)
            + picture(art, 300, 440)
        )
        parts += place(card, (k - 1) * 160, abs(k - 1) * 26 + k * 14 - 20, 0.96, turn)
    return parts


def pens(ink: Ink) -> str:
    """A fountain pen, or three, lying aslant."""

    def one(tone: str) -> str:
        body = box(-26, -300, 52, 340, 24)
        grip = poly("-22,40 22,40 15,120 -15,120")
        nib = blob("-15,120! -20,160 0,220! 20,160 15,120!")
        clasp = box(10, -280, 11, 150, 5)
        return (
            cast(body)
            + lit(nib, "#D9B85C", 6)
            + line("M0 160V214", "#8B6F2C", 3)
            + lit(grip, "#3D3833", 6)
            + lit(body, tone, 14, ink.printed(reach=120))
            + fill(box(-27, -120, 54, 14), "#D9B85C")
            + lit(clasp, "#D9B85C", 4)
        )

    if ink.form % 2:
        return place(one(ink.main), 60, -20, 1.25, 40)
    return (
        place(one(ink.second), -190, 0, 1.1, 18)
        + place(one(ink.main), 0, 20, 1.1, 18)
        + place(one(ink.accent), 190, 40, 1.1, 18)
    )


def pencils(ink: Ink) -> str:
    """Coloured pencils in a row, or in a pot."""
    tones = (
        ink.main,
        ink.second,
        ink.accent,
        "#E0A093",
        "#5F7C8E",
        "#D9A441",
        "#1F5A46",
        "#6E3B4F",
    )
    parts = ""
    for k, tone in enumerate(tones):
        x, y = -245 + k * 70, (k * 37 % 5) * 13 - 30
        tip = poly((x - 24, -200 + y), (x + 24, -200 + y), (x, -290 + y))
        lead = poly((x - 8, -260 + y), (x + 8, -260 + y), (x, -290 + y))
        body = box(x - 24, -200 + y, 48, 470)
        parts += (
            cast(body, 0.7)
            + lit(body, tone, 10)
            + fill(box(x - 4, -200 + y, 3, 470), lighter(tone, 0.5), 0.7)
            + fill(tip, "#E6C79C")
            + fill(lead, tone)
            + fill(box(x - 24, 240 + y, 48, 30), darker(tone, 0.3))
        )
    return parts


_COAST = "-400,-300 -200,-280 -80,-160 -120,-20 20,80 -40,200 -160,300 -400,300"


def map_(ink: Ink) -> str:
    """A folded chart of an imaginary coast."""
    parts, chance = cast(box(-380, -270, 760, 540)), ink.chance()
    land = blob(
        *[(x + chance.uniform(-18, 18), y + chance.uniform(-26, 26)) for x, y in points_in(_COAST)]
    )
    isle = oval(190, -70, 84, 54)
    rings = "".join(
        line(oval(190, -70, 84 + r, 54 + r), mix(ink.main, "#FFFFFF", 0.35), 4) for r in (26, 52)
    )
    route = stitches(curve("-60,90 60,10 150,60 230,170 320,120"), ink.accent, 7, "16 13")
    rose = place(
        fill(star(0, 0, 4, 70, 16), ink.accent) + fill(star(0, 0, 8, 34, 12), darker(ink.accent)),
        270,
        -190,
    )
    whole = (
        fill(box(-380, -270, 760, 540), ink.main)
        + clip(
            box(-380, -270, 760, 540),
            rings
            + fill(land, ink.second)
            + line(land, darker(ink.second, 0.3), 5)
            + fill(isle, ink.second),
        )
        + route
        + rose
    )
    folds = "".join(
        fill(box(-380 + k * 190, -270, 190, 540), "#2A1A1E", 0.06 if k % 2 else 0)
        + fill(box(-381 + k * 190, -270, 3, 540), "#FFFFFF", 0.45)
        for k in range(4)
    )
    return parts + whole + folds


def letters(ink: Ink) -> str:
    """Envelopes and sheets tied with a ribbon."""
    parts = ""
    for k, (x, y, turn, tone) in enumerate(
        ((-40, -70, -7, ink.second), (20, 0, 4, lighter(ink.main, 0.4)), (0, 70, -2, ink.main))
    ):
        d = box(-320, -200, 640, 400, 10)
        flap = line("M-316 -196L0 40L316 -196", darker(tone, 0.25), 6)
        parts += place(
            cast(d)
            + lit(d, tone, 12, ink.printed(lighter(tone, 0.5), reach=330) if k == 0 else "")
            + flap,
            x,
            y,
            0.96,
            turn,
        )
    seal = lit(oval(0, 84, 54), ink.accent, 12) + fill(
        star(0, 84, 6, 30, 14), lighter(ink.accent, 0.3)
    )
    return parts + seal


MOTIFS: dict[str, Motif] = {
    "livre": Motif(book, 470, 610, stature=24),
    "pile_livres": Motif(tome, 580, 500, stature=22),
    "carnet": Motif(notebook, 540, 730, "lies", 24),
    "affiche": Motif(print_, 570, 740, "hangs", 56),
    "cartes": Motif(cards, 720, 600, "lies", 22),
    "stylo": Motif(pens, 640, 640, "lies", 20),
    "crayons": Motif(pencils, 600, 640, "lies", 22),
    "carte_marine": Motif(map_, 780, 560, "lies", 34),
    "lettres": Motif(letters, 720, 600, "lies", 20),
}
