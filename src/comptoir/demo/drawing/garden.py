"""Things for the garden: cans, tools, seeds, nest boxes."""

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.labels import emblem
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

WOOD = "#B98657"
STEEL = "#A9B2B0"


def watering_can(ink: Ink) -> str:
    body = turned("330,170 300,180 30,200 0,190", tilt=0.13)
    spout = poly("150,-90 390,-400 350,-430 150,-170")
    rose = lit(poly("326,-410 396,-362 452,-432 372,-484"), ink.accent, 10)
    loop = line("M-150 -280C-330 -300 -330 -80 -180 -70", darker(ink.main, 0.14), 34)
    top = line("M-110 -330C-100 -480 120 -480 130 -330", ink.main, 30)
    bands = fill(box(-230, -270, 460, 16) + box(-230, -70, 460, 16), darker(ink.main, 0.25), 0.6)
    return place(
        lit(spout, ink.main, 14)
        + rose
        + loop
        + top
        + lit(body, ink.main, 36, ink.printed(y=-170, reach=210) + bands)
        + fill(oval(0, -330, 170, 22), lighter(ink.main, 0.25))
        + fill(oval(0, -330, 154, 17), darker(ink.main, 0.45)),
        -70,
    )


def seeds(ink: Ink) -> str:
    """Packets of seeds; each shows its plant."""

    def packet(tone: str, other: str, kind: int) -> str:
        d = box(-150, -230, 300, 460, 6)
        art = Ink(tone, other, ink.accent, seed=kind + ink.seed)
        window = fill(oval(0, 20, 112), "#FBF4E4") + place(emblem(art, other, 130), 0, 22)
        head = fill(box(-150, -230, 300, 66), darker(tone, 0.2)) + fill(
            box(-90, -206, 180, 18, 4), "#FBF4E4"
        )
        foot = fill(box(-76, 168, 152, 12, 4) + box(-44, 192, 88, 9, 4), "#FBF4E4")
        return cast(d) + lit(d, tone, 14, head) + window + foot

    return place(packet(ink.second, ink.main, 3), -180, -16, 0.96, -12) + place(
        packet(ink.main, ink.accent, 1), 150, 10, 1.05, 7
    )


def trowel(ink: Ink) -> str:
    """A trowel and a hand fork; main is the handles."""

    def grip() -> str:
        d = blob("-30,60! -38,160 -26,300 0,326 26,300 38,160 30,60!")
        return (
            cast(d, 0.8)
            + lit(d, ink.main, 12)
            + fill(box(-33, 92, 66, 16), ink.accent)
            + fill(oval(0, 290, 9), darker(ink.main, 0.5))
        )

    neck = lit(box(-14, -60, 28, 140, 10), STEEL, 8)
    blade = blob("-92,-80! -100,-200 -60,-330 0,-400! 60,-330 100,-200 92,-80! 0,-40")
    scoop = cast(blade, 0.8) + lit(blade, STEEL, 20) + line("M0 -90V-340", lighter(STEEL, 0.5), 8)
    tines = "".join(lit(box(x - 12, -380, 24, 260, 12), STEEL, 8) for x in (-76, 0, 76)) + lit(
        blob("-92,-140! 0,-60 92,-140! 0,-100"), STEEL, 6
    )
    return place(neck + scoop + grip(), -150, 30, 1, -14) + place(
        neck + tines + grip(), 170, 30, 1, 10
    )


def shears(ink: Ink) -> str:
    """Secateurs, half open."""
    blade = blob("-10,10! -60,-120 -50,-270 20,-360! 46,-200 36,0!")
    hook = blob("10,0! 80,-90 120,-220 100,-300! 150,-230 150,-80 60,40!")
    left = blob("20,0! -70,120 -130,300 -120,370 -80,380 -40,250 60,60!")
    right = blob("0,30! 90,130 140,300 130,380 180,380 210,300 170,120 60,0!")
    spring = line(curve("0,150 40,130 20,170 70,150 50,190 100,170"), "#8D9393", 9)
    return place(
        cast(left)
        + cast(right)
        + cast(blade)
        + lit(hook, STEEL, 8)
        + spring
        + lit(right, darker(ink.main, 0.1), 14)
        + lit(blade, lighter(STEEL, 0.2), 8)
        + lit(left, ink.main, 14)
        + lit(oval(30, 24, 30), ink.accent, 8),
        -30,
        -10,
        1,
        24,
    )


def birdhouse(ink: Ink) -> str:
    """A nest box on the wall."""
    walls = poly("-190,260 0,90 190,260 190,640 -190,640")
    roof = lit(poly("-260,290 -226,330 0,130 0,60"), ink.second, 8) + lit(
        poly("260,290 226,330 0,130 0,60"), darker(ink.second, 0.12), 8
    )
    hole = fill(oval(0, 370, 76), darker(ink.main, 0.6)) + edge(
        oval(0, 370, 76), 10, 14, "#1B1210", 0.5
    )
    perch = lit(box(-12, 480, 24, 44, 10), WOOD, 6)
    bird = (
        fill(blob("-40,390 -30,340 20,326 50,356 46,400"), ink.accent)
        + fill(poly("48,352 78,362 50,374"), "#D9A441")
        + fill(oval(24, 350, 6), "#1F1B16")
    )
    slats = "".join(
        fill(box(-190, y, 380, 4), darker(ink.main, 0.3), 0.5) for y in (330, 420, 510, 590)
    )
    return (
        line("M0 0V90", "#7C5336", 8)
        + fill(oval(0, 4, 14), "#7C5336")
        + cast(walls, 1.4)
        + lit(walls, ink.main, 30, ink.printed(y=400, reach=270) + slats)
        + hole
        + (clip(oval(0, 370, 76), bird) if ink.form % 2 else "")
        + perch
        + roof
    )


def twine(ink: Ink) -> str:
    """A spool of twine."""
    ends = lit(turned("70,210 56,220 14,220 0,210", tilt=0.16), WOOD, 20)
    wound = turned("320,176 180,196 40,176", tilt=0.16)
    turns = "".join(
        line(curve((-210, y), (0, y + 46), (210, y - 14)), darker(ink.main, 0.28), 5, 0.6)
        for y in range(-320, -30, 20)
    )
    top = place(
        lit(turned("60,214 48,222 12,222 0,214", tilt=0.16), WOOD, 20)
        + fill(oval(0, -60, 212, 34), lighter(WOOD, 0.25))
        + fill(oval(0, -60, 46, 8), "#4A3428"),
        0,
        -316,
    )
    tail = line(curve("180,-80 270,-50 330,-14 300,14 220,20"), ink.main, 9)
    return tail + ends + lit(wound, ink.main, 26, turns) + top


def gloves(ink: Ink) -> str:
    """A pair of gardening gloves."""
    d = blob(
        "-90,200! -110,0 -116,-180 -96,-230 -70,-180 -60,-60 -52,-260 -30,-300 "
        "-8,-260 -6,-70 6,-270 28,-310 50,-266 46,-60 70,-220 92,-240 108,-196 "
        "96,20 150,-30 190,-20 180,30 100,130 94,200!"
    )
    palm = fill(oval(0, -120, 160, 150), ink.second, 0.95)
    cuff = lit(box(-104, 180, 210, 130, 16), ink.accent, 12)
    one = (
        cast(d)
        + lit(d, ink.main, 16, ink.printed(reach=310) + (palm if ink.form % 2 else ""))
        + cuff
    )
    return place('<g transform="scale(-1 1)">' + one + "</g>", -200, 10, 1, -10) + place(
        one, 200, -10, 1, 10
    )


MOTIFS: dict[str, Motif] = {
    "arrosoir": Motif(watering_can, 800, 490, stature=34),
    "graines": Motif(seeds, 680, 560, "lies", 18),
    "transplantoir": Motif(trowel, 600, 740, "lies", 28),
    "secateur": Motif(shears, 560, 760, "lies", 22),
    "nichoir": Motif(birdhouse, 540, 650, "hangs", 40),
    "ficelle": Motif(twine, 560, 400, stature=14),
    "gants": Motif(gloves, 800, 640, "lies", 24),
}
