"""Soft toys, games, and what flies."""

import math

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    cast,
    curve,
    fill,
    line,
    lit,
    oval,
    place,
    poly,
    star,
)


def bear(ink: Ink) -> str:
    """A bear, sitting; accent is the scarf."""
    ears = "".join(
        lit(oval(x, -600, 68), ink.main, 16) + fill(oval(x, -594, 36), ink.second)
        for x in (-136, 136)
    )
    legs = "".join(
        lit(oval(x, -76, 100, 82), ink.main, 20) + fill(oval(x, -70, 56, 46), ink.second)
        for x in (-180, 180)
    )
    arms = "".join(
        place(lit(oval(0, 0, 62, 130), ink.main, 18), x, -280, 1, t)
        for x, t in ((-200, 24), (200, -24))
    )
    body = lit(oval(0, -210, 200, 220), ink.main, 30, ink.printed(y=-200, reach=220)) + fill(
        oval(0, -190, 116, 130), ink.second
    )
    head = lit(oval(0, -490, 190, 166), ink.main, 28)
    muzzle = (
        fill(oval(0, -440, 92, 70), ink.second)
        + fill(oval(0, -474, 32, 23), "#3A2A24")
        + line(curve("-32,-424 0,-404 32,-424"), "#3A2A24", 8)
        + line("M0 -456V-412", "#3A2A24", 7)
    )
    eyes = fill(oval(-82, -520, 15) + oval(82, -520, 15), "#3A2A24") + fill(
        oval(-118, -462, 26) + oval(118, -462, 26), "#E0A093", 0.55
    )
    tie = lit(blob("-150,-356! 0,-320 150,-356! 160,-314 0,-272 -160,-314"), ink.accent, 12) + lit(
        poly("40,-300 110,-316 130,-170 70,-160"), ink.accent, 12
    )
    return legs + arms + body + ears + head + muzzle + eyes + tie


def rabbit(ink: Ink) -> str:
    """A cloth rabbit, standing; accent is the overalls."""
    ears = "".join(
        place(
            lit(oval(0, -110, 50, 150), ink.main, 16) + fill(oval(0, -104, 24, 110), ink.second),
            x,
            -560,
            1,
            t,
        )
        for x, t in ((-70, -10), (70, 16))
    )
    legs = "".join(lit(box(x, -170, 84, 170, 40), ink.main, 14) for x in (-100, 16))
    arms = "".join(
        place(lit(oval(0, 90, 40, 120), ink.main, 12), x, -400, 1, t)
        for x, t in ((-130, 26), (130, -26))
    )
    body = lit(
        blob("-110,-420! 110,-420! 150,-140! 0,-120 -150,-140!"),
        ink.accent,
        24,
        ink.printed(y=-280, reach=190),
    )
    head = lit(oval(0, -500, 150, 128), ink.main, 24)
    face = (
        fill(oval(-56, -512, 12) + oval(56, -512, 12), "#3A2A24")
        + fill(poly("-15,-472 15,-472 0,-454"), "#B85C57")
        + line("M0 -454v18", "#3A2A24", 5)
        + fill(oval(-92, -466, 24) + oval(92, -466, 24), "#E0A093", 0.6)
    )
    buttons = fill(oval(-40, -360, 13) + oval(40, -360, 13), ink.second)
    return ears + legs + arms + body + head + face + buttons


def puzzle(ink: Ink) -> str:
    """Six pieces of a wooden puzzle, one set apart."""
    tones = (
        ink.main,
        ink.second,
        ink.accent,
        lighter(ink.main, 0.3),
        darker(ink.second, 0.12),
        ink.main,
    )
    parts = ""
    for k, tone in enumerate(tones):
        x, y = (k % 3) * 210 - 315, (k // 3) * 210 - 210
        d = f"M{x} {y}h70c-16 -44 86 -44 70 0h70v70c44 -16 44 86 0 70v70h-210z"
        art = place(ink.printed(lighter(tone, 0.45), reach=130), x + 105, y + 105) if k % 2 else ""
        piece = cast(d, 0.8) + lit(d, tone, 12, art)
        parts += place(piece, 66, 84, 1, 11) if k == 5 else piece
    return place(parts, -10, 20, 1, -5)


def kite(ink: Ink) -> str:
    """A kite and its tail."""
    body = poly("0,30 230,270 0,600 -230,270")
    quarters = fill(poly("0,30 230,270 0,270"), ink.second) + fill(
        poly("0,270 0,600 -230,270"), ink.accent
    )
    spars = line("M0 30V600M-230 270H230", "#7C5336", 7)
    tail = curve("0,600 70,660 -30,720 60,790 10,850")
    bows = "".join(
        place(fill(poly("0,0 -46,-26 -46,26") + poly("0,0 46,-26 46,26"), tone), x, y, 1, t)
        for x, y, t, tone in (
            (36, 640, 30, ink.main),
            (10, 716, -40, ink.accent),
            (44, 790, 30, ink.second),
        )
    )
    return place(
        cast(body, 1.4)
        + line(tail, "#7C5336", 5)
        + bows
        + lit(body, ink.main, 22, quarters + ink.printed(lighter(ink.main, 0.5), y=300, reach=300))
        + spars,
        0,
        0,
        1,
        12,
    )


def marbles(ink: Ink) -> str:
    """A cloth bag of marbles, some out of it."""
    sack = blob("-130,-290! 130,-290! 230,-140 190,-20 0,0 -190,-20 -230,-140")
    frill = blob("-150,-380 -90,-340 -40,-386 20,-344 80,-386 150,-370 124,-290! -124,-290!")
    parts = (
        lit(frill, lighter(ink.main, 0.15), 14)
        + lit(sack, ink.main, 28, ink.printed(y=-150, reach=230))
        + line(curve("-136,-292 0,-272 136,-292"), ink.accent, 14)
        + line(curve("120,-284 190,-250 180,-200"), ink.accent, 9)
    )
    for x, y, r, tone in (
        (270, -40, 46, ink.second),
        (350, -10, 34, ink.accent),
        (-290, -16, 40, ink.accent),
        (-210, 16, 32, "#5F7C8E"),
    ):
        parts += lit(oval(x, y, r), tone, r * 0.4) + fill(
            oval(x - r * 0.3, y - r * 0.3, r * 0.2), "#FFFFFF", 0.8
        )
    return parts


def dominoes(ink: Ink) -> str:
    """Picture cards for a game of pairs, some face up."""
    parts = ""
    for k in range(6):
        x, y = (k % 3 - 1) * 220, (k // 3) * 250 - 125
        d = box(-96, -112, 192, 224, 20)
        tone = (ink.main, ink.second, ink.accent)[k % 3]
        if k in (1, 3, 5):
            mark = fill(star(0, 0, 5 + k, 62, 30), tone)
            face = fill(d, "#FFFBF0") + line(box(-84, -100, 168, 200, 14), tone, 7) + mark
        else:
            face = lit(
                d,
                tone,
                12,
                ink.printed(lighter(tone, 0.5), reach=120)
                or fill(oval(0, 0, 50), lighter(tone, 0.4)),
            )
        parts += place(cast(d, 0.8) + face, x, y, 1, math.sin(k * 2.3) * 7)
    return parts


def mobile(ink: Ink) -> str:
    """A paper mobile of clouds, moon and fish."""
    bar = line("M0 -60V90M-240 110C-120 80 120 80 240 110", "#7C5336", 9)
    threads = line("M-230 110V300M0 92V400M230 110V260", "#7C5336", 4)
    cloud = lit(blob("-100,340 -90,290 -30,270 30,280 90,310 100,350 0,366"), "#FFFBF0", 14)
    moon = lit("M60 380A100 100 0 1 0 100 540A84 84 0 1 1 60 380z", ink.accent, 12)
    drops = "".join(
        line(f"M{x} 380V{y}", "#7C5336", 3) + lit(oval(x, y + 18, 20, 24), t, 8)
        for x, y, t in ((-290, 470, ink.main), (-230, 530, ink.second), (-170, 480, ink.main))
    )
    fish = (
        lit(
            blob("150,320 210,270 280,290 310,320 280,350 210,370"),
            ink.main,
            14,
            place(ink.printed(reach=90), 230, 320),
        )
        + fill(poly("306,320 356,284 344,320 356,356"), ink.main)
        + fill(oval(188, 312, 8), "#FFFBF0")
    )
    return bar + threads + place(cloud, -230, 0) + drops + moon + fish


MOTIFS: dict[str, Motif] = {
    "ours": Motif(bear, 540, 680, stature=28),
    "lapin": Motif(rabbit, 420, 830, stature=34),
    "puzzle": Motif(puzzle, 740, 560, "lies", 28),
    "cerf_volant": Motif(kite, 640, 860, "hangs", 50),
    "billes": Motif(marbles, 760, 410, stature=14),
    "memo": Motif(dominoes, 680, 540, "lies", 24),
    "mobile": Motif(mobile, 700, 620, "hangs", 46),
}
