"""Printed compositions: book covers, prints, postcards."""

import math
from random import Random

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.motif import Ink
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    clip,
    curve,
    fill,
    leaf,
    line,
    oval,
    place,
    poly,
    star,
)


def _ripple(height: int, count: int) -> str:
    return "".join(f"q20 {-height if i % 2 else height} 40 0" for i in range(count))


def _sea(ink: Ink, chance: Random) -> str:
    sun = fill(oval(chance.uniform(-70, 70), -40, 92), ink.accent)
    waves = "".join(
        fill(
            f"M-240 {y}{_ripple(26, 12)}V340H-240z",
            tone,
        )
        for y, tone in (
            (40, ink.second),
            (110, mix(ink.second, ink.main, 0.45)),
            (180, darker(ink.main, 0.2)),
        )
    )
    return sun + waves


def _hills(ink: Ink, chance: Random) -> str:
    parts = fill(oval(70, -150, 60), ink.accent)
    for k, tone in enumerate((ink.second, mix(ink.second, ink.main, 0.5), darker(ink.main, 0.25))):
        y = -20 + k * 90
        lift = chance.uniform(40, 90)
        parts += fill(
            f"M-240 {y}C-120 {y - lift} -60 {y + 40} 20 {y - 10}S180 {y - lift} 240 {y}V340H-240z",
            tone,
        )
    return parts


def _orbits(ink: Ink, chance: Random) -> str:
    parts = "".join(line(oval(0, 0, r), ink.second, 8) for r in (60, 110, 160))
    for r in (60, 110, 160):
        turn = chance.uniform(0, 6.28)
        parts += fill(oval(r * math.cos(turn), r * math.sin(turn), 20), ink.accent)
    return parts + fill(oval(0, 0, 28), ink.second)


def _stem(ink: Ink, chance: Random) -> str:
    parts = line(curve("0,220 14,40 0,-190"), ink.second, 10)
    for k, y in enumerate(range(170, -170, -62)):
        parts += fill(leaf(4, y, 130 - k * 12, 34, -40), ink.second) + fill(
            leaf(4, y - 24, 130 - k * 12, 34, 220), ink.accent
        )
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
    moon = fill(
        star(-110, -180, 5, 30, 13) + star(100, -220, 5, 22, 9) + star(140, -110, 5, 16, 7),
        ink.accent,
    )
    walls = fill(box(-100, -20, 200, 190), ink.second) + fill(
        poly("-130,-16 0,-130 130,-16"), ink.accent
    )
    door = fill(box(-28, 70, 56, 100, 28), ink.main) + fill(
        box(48, 20, 34, 40) + box(-82, 20, 34, 40), ink.main
    )
    return moon + walls + door + fill(box(-240, 170, 480, 20), darker(ink.main, 0.3))


def _boat(ink: Ink, chance: Random) -> str:
    waves = "".join(
        line(
            f"M-200 {y}{_ripple(20, 10)}",
            ink.second,
            9,
        )
        for y in (150, 190, 230)
    )
    return (
        fill(poly("-8,90 -8,-170 -130,90"), ink.second)
        + fill(poly("12,90 12,-120 110,90"), ink.accent)
        + fill(poly("-150,104 150,104 104,160 -104,160"), ink.accent)
        + waves
    )


def _bird(ink: Ink, chance: Random) -> str:
    body = blob("-150,20 -60,-80 60,-70 120,-120 160,-100 130,-40 60,70 -60,90")
    wing = blob("-60,-10 20,-40 70,0 0,60 -110,70")
    return (
        fill(poly("-120,30 -230,-10 -210,60 -110,60"), ink.second)
        + fill(body, ink.second)
        + fill(wing, ink.accent)
        + fill(oval(132, -94, 8), ink.main)
        + fill(poly("158,-104 206,-90 156,-80"), ink.accent)
        + line("M0 90v60M40 80v66", ink.accent, 8)
        + line("M-180 150H180", ink.second, 9)
    )


COVERS = (_sea, _hills, _orbits, _stem, _blocks, _house, _boat, _bird)


def picture(ink: Ink, w: float, h: float) -> str:
    """A printed composition filling w by h around the origin, chosen by the thing's form."""
    art = COVERS[ink.form % len(COVERS)](ink, ink.chance())
    return clip(box(-w / 2, -h / 2, w, h), place(art, 0, 0, max(w / 400, h / 560)))
