"""Things made of paper, and what writes on them: books, notebooks, prints, pens."""

import math
from random import Random

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    clip,
    curve,
    fill,
    leaf,
    line,
    lit,
    oval,
    place,
    poly,
    star,
    stitches,
)


def _sea(ink: Ink, chance: Random) -> str:
    sun = fill(oval(chance.uniform(-70, 70), -40, 92), ink.accent)
    waves = "".join(
        fill("M-240 %d%sV340H-240z" % (y, "".join(f"q20 {-26 if i % 2 else 26} 40 0" for i in range(12))), tone)
        for y, tone in ((40, ink.second), (110, mix(ink.second, ink.main, 0.45)), (180, darker(ink.main, 0.2)))
    )
    return sun + waves


def _hills(ink: Ink, chance: Random) -> str:
    parts = fill(oval(70, -150, 60), ink.accent)
    for k, tone in enumerate((ink.second, mix(ink.second, ink.main, 0.5), darker(ink.main, 0.25))):
        y = -20 + k * 90
        lift = chance.uniform(40, 90)
        parts += fill(f"M-240 {y}C-120 {y - lift} -60 {y + 40} 20 {y - 10}S180 {y - lift} 240 {y}V340H-240z", tone)
    return parts


def _orbits(ink: Ink, chance: Random) -> str:
    parts = "".join(line(oval(0, 0, r), ink.second, 8) for r in (60, 110, 160))
    for r in (60, 110, 160):
        turn = chance.uniform(0, 6.28)
        parts += fill(oval(r * math.cos(turn), r * math.sin(turn), 20), ink.accent)
    return parts + fill(oval(0, 0, 28), ink.second)


def _stem(ink: Ink, chance: Random) -> str:
    parts = line(curve((0, 220), (14, 40), (0, -190)), ink.second, 10)
    for k, y in enumerate(range(170, -170, -62)):
        parts += fill(leaf(4, y, 130 - k * 12, 34, -40), ink.second) + fill(leaf(4, y - 24, 130 - k * 12, 34, 220), ink.accent)
    return parts + fill(oval(0, -200, 24), ink.accent)


def _blocks(ink: Ink, chance: Random) -> str:
    tones = [ink.second, ink.accent, lighter(ink.main, 0.35), darker(ink.main, 0.3)]
    parts = ""
    for row in range(4):
        for column in range(3):
            x, y, tone = -165 + column * 110, -225 + row * 110, chance.choice(tones)
            kind = chance.randrange(4)
            if kind == 0:
                parts += fill(oval(x + 55, y + 55, 50), tone)
            elif kind == 1:
                parts += fill(f"M{x} {y + 110}A110 110 0 0 1 {x + 110} {y}V{y + 110}z", tone)
            elif kind == 2:
                parts += fill(poly((x, y), (x + 110, y + 110), (x, y + 110)), tone)
            else:
                parts += fill(box(x + 6, y + 6, 98, 98), tone)
    return parts


def _house(ink: Ink, chance: Random) -> str:
    moon = fill(star(-110, -180, 5, 30, 13) + star(100, -220, 5, 22, 9) + star(140, -110, 5, 16, 7), ink.accent)
    walls = fill(box(-100, -20, 200, 190), ink.second) + fill(poly((-130, -16), (0, -130), (130, -16)), ink.accent)
    door = fill(box(-28, 70, 56, 100, 28), ink.main) + fill(box(48, 20, 34, 40) + box(-82, 20, 34, 40), ink.main)
    return moon + walls + door + fill(box(-240, 170, 480, 20), darker(ink.main, 0.3))


def _boat(ink: Ink, chance: Random) -> str:
    waves = "".join(line("M-200 %d%s" % (y, "".join(f"q20 {-20 if i % 2 else 20} 40 0" for i in range(10))), ink.second, 9) for y in (150, 190, 230))
    return fill(poly((-8, 90), (-8, -170), (-130, 90)), ink.second) + fill(poly((12, 90), (12, -120), (110, 90)), ink.accent) + fill(poly((-150, 104), (150, 104), (104, 160), (-104, 160)), ink.accent) + waves


def _bird(ink: Ink, chance: Random) -> str:
    body = blob((-150, 20), (-60, -80), (60, -70), (120, -120), (160, -100), (130, -40), (60, 70), (-60, 90))
    wing = blob((-60, -10), (20, -40), (70, 0), (0, 60), (-110, 70))
    return fill(poly((-120, 30), (-230, -10), (-210, 60), (-110, 60)), ink.second) + fill(body, ink.second) + fill(wing, ink.accent) + fill(oval(132, -94, 8), ink.main) + fill(poly((158, -104), (206, -90), (156, -80)), ink.accent) + line("M0 90v60M40 80v66", ink.accent, 8) + line("M-180 150H180", ink.second, 9)


COVERS = (_sea, _hills, _orbits, _stem, _blocks, _house, _boat, _bird)


def picture(ink: Ink, w: float, h: float) -> str:
    """A printed composition filling w by h around the origin, chosen by the thing's form."""
    art = COVERS[ink.form % len(COVERS)](ink, ink.chance())
    return clip(box(-w / 2, -h / 2, w, h), place(art, 0, 0, max(w / 400, h / 560)))


def book(ink: Ink) -> str:
    """A book standing, cover to us: title bars above a composition."""
    pages = poly((210, -590), (244, -606), (244, -26), (210, 0))
    top = poly((-210, -590), (-176, -606), (244, -606), (210, -590))
    art = place(picture(Ink(ink.main, ink.second, ink.accent, ink.pattern, ink.form, ink.seed), 420, 400), 0, -200)
    tone = lighter(ink.main, 0.85) if ink.form % 2 else ink.second
    title = fill(box(-150, -540, 300, 26, 4) + box(-150, -496, 190, 26, 4), tone) + fill(box(-150, -446, 110, 10, 4), tone, 0.8)
    cover = box(-210, -590, 420, 590, 6)
    hinge = fill(box(-196, -590, 8, 590), darker(ink.main, 0.4), 0.35)
    return fill(pages, "#EFE5D0") + fill(top, "#FBF5E6") + lit(cover, ink.main, 18, art) + title + hinge


def tome(ink: Ink) -> str:
    """Books in a pile, spines to us."""
    tones = (ink.main, ink.second, ink.accent, darker(ink.main, 0.2), mix(ink.second, ink.accent, 0.5))
    parts, y, chance = "", 0.0, ink.chance()
    for k in range(3 + ink.form % 3):
        tall, wide, shift = chance.uniform(76, 116), chance.uniform(420, 560), chance.uniform(-30, 30)
        tone = tones[k % 5]
        d = box(shift - wide / 2, y - tall, wide, tall, 10)
        bands = fill(box(shift - wide * 0.36, y - tall, 14, tall) + box(shift + wide * 0.34, y - tall, 14, tall), lighter(tone, 0.55))
        name = fill(box(shift - wide * 0.2, y - tall * 0.58, wide * 0.38, tall * 0.16, 3), lighter(tone, 0.7))
        parts += lit(d, tone, 16, bands + name)
        y -= tall
    return parts


def notebook(ink: Ink) -> str:
    """A notebook lying, elastic and ribbon, or sewn."""
    d = box(-240, -330, 480, 660, 22)
    pages = fill(box(-226, -316, 480, 660, 18), "#EFE4CC")
    over = ink.printed(reach=340)
    if ink.form % 2:
        extra = fill(box(-240, -330, 84, 660), ink.second) + stitches("M-156 -310V310", lighter(ink.second, 0.6), 5, "22 16")
    else:
        extra = fill(box(150, -330, 20, 660), ink.accent)
    tag = lit(box(-90, -200, 200, 130, 8), "#FBF4E4", 6) + fill(box(-60, -158, 140, 9, 4) + box(-60, -124, 96, 9, 4), mix(ink.main, "#2A1A1E", 0.3))
    ribbon = fill(poly((60, 330), (86, 330), (86, 400), (73, 384), (60, 400)), ink.accent)
    return cast(box(-240, -330, 494, 674, 22), 1.2) + ribbon + pages + lit(d, ink.main, 18, over + extra) + tag


def print_(ink: Ink) -> str:
    """A framed print on the wall."""
    frame, mount, art = box(-280, 10, 560, 720, 6), box(-252, 38, 504, 664), (380, 520)
    paper = lighter(ink.main, 0.1) if ink.form % 2 else "#FBF3E2"
    seen = Ink(paper, ink.second, ink.accent, ink.pattern, ink.form, ink.seed)
    return cast(frame, 1.3) + lit(frame, "#B98A5C" if ink.form % 3 else "#3D3833", 12) + fill(mount, "#FFFDF7") + place(
        fill(box(-art[0] / 2, -art[1] / 2, *art), paper) + picture(seen, *art), 0, 362
    ) + line(box(-252, 38, 504, 664), "#2A1A1E", 4, 0.15)


def cards(ink: Ink) -> str:
    """Postcards fanned out."""
    parts = ""
    for k, turn in enumerate((-16, 3, 20)):
        d = box(-170, -240, 340, 480, 8)
        tone = (ink.second, ink.accent, ink.main)[k]
        other = (ink.main, ink.second, ink.second)[k]
        art = Ink(tone, other, lighter(ink.accent if k != 1 else ink.main, 0.3), form=ink.form + k * 3, seed=ink.seed + k)
        card = cast(d) + fill(d, "#FFFBF0") + fill(box(-150, -220, 300, 440), tone) + picture(art, 300, 440)
        parts += place(card, (k - 1) * 160, abs(k - 1) * 26 + k * 14 - 20, 0.96, turn)
    return parts


def pens(ink: Ink) -> str:
    """A fountain pen, or three, lying aslant."""

    def one(tone: str) -> str:
        body = box(-26, -300, 52, 340, 24)
        grip = poly((-22, 40), (22, 40), (15, 120), (-15, 120))
        nib = blob((-15, 120), (-15, 120), (-20, 160), (0, 220), (0, 220), (20, 160), (15, 120), (15, 120))
        clasp = box(10, -280, 11, 150, 5)
        return cast(body) + lit(nib, "#D9B85C", 6) + line("M0 160V214", "#8B6F2C", 3) + lit(grip, "#3D3833", 6) + lit(body, tone, 14, ink.printed(reach=120)) + fill(box(-27, -120, 54, 14), "#D9B85C") + lit(clasp, "#D9B85C", 4)

    if ink.form % 2:
        return place(one(ink.main), 60, -20, 1.25, 40)
    return place(one(ink.second), -190, 0, 1.1, 18) + place(one(ink.main), 0, 20, 1.1, 18) + place(one(ink.accent), 190, 40, 1.1, 18)


def pencils(ink: Ink) -> str:
    """Coloured pencils in a row, or in a pot."""
    tones = (ink.main, ink.second, ink.accent, "#E0A093", "#5F7C8E", "#D9A441", "#1F5A46", "#6E3B4F")
    parts = ""
    for k, tone in enumerate(tones):
        x, y = -245 + k * 70, (k * 37 % 5) * 13 - 30
        tip = poly((x - 24, -200 + y), (x + 24, -200 + y), (x, -290 + y))
        lead = poly((x - 8, -260 + y), (x + 8, -260 + y), (x, -290 + y))
        body = box(x - 24, -200 + y, 48, 470)
        parts += cast(body, 0.7) + lit(body, tone, 10) + fill(box(x - 4, -200 + y, 3, 470), lighter(tone, 0.5), 0.7) + fill(tip, "#E6C79C") + fill(lead, tone) + fill(box(x - 24, 240 + y, 48, 30), darker(tone, 0.3))
    return parts


def map_(ink: Ink) -> str:
    """A folded chart of an imaginary coast."""
    parts, chance = cast(box(-380, -270, 760, 540)), ink.chance()
    land = blob(*[(x + chance.uniform(-18, 18), y + chance.uniform(-26, 26)) for x, y in ((-400, -300), (-200, -280), (-80, -160), (-120, -20), (20, 80), (-40, 200), (-160, 300), (-400, 300))])
    isle = oval(190, -70, 84, 54)
    rings = "".join(line(oval(190, -70, 84 + r, 54 + r), mix(ink.main, "#FFFFFF", 0.35), 4) for r in (26, 52))
    route = stitches(curve((-60, 90), (60, 10), (150, 60), (230, 170), (320, 120)), ink.accent, 7, "16 13")
    rose = place(fill(star(0, 0, 4, 70, 16), ink.accent) + fill(star(0, 0, 8, 34, 12), darker(ink.accent)), 270, -190)
    whole = fill(box(-380, -270, 760, 540), ink.main) + clip(box(-380, -270, 760, 540), rings + fill(land, ink.second) + line(land, darker(ink.second, 0.3), 5) + fill(isle, ink.second)) + route + rose
    folds = "".join(fill(box(-380 + k * 190, -270, 190, 540), "#2A1A1E", 0.06 if k % 2 else 0) + fill(box(-381 + k * 190, -270, 3, 540), "#FFFFFF", 0.45) for k in range(4))
    return parts + whole + folds


def letters(ink: Ink) -> str:
    """Envelopes and sheets tied with a ribbon."""
    parts = ""
    for k, (x, y, turn, tone) in enumerate(((-40, -70, -7, ink.second), (20, 0, 4, lighter(ink.main, 0.4)), (0, 70, -2, ink.main))):
        d = box(-320, -200, 640, 400, 10)
        flap = line("M-316 -196L0 40L316 -196", darker(tone, 0.25), 6)
        parts += place(cast(d) + lit(d, tone, 12, ink.printed(lighter(tone, 0.5), reach=330) if k == 0 else "") + flap, x, y, 0.96, turn)
    seal = lit(oval(0, 84, 54), ink.accent, 12) + fill(star(0, 84, 6, 30, 14), lighter(ink.accent, 0.3))
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
