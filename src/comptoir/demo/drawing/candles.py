"""Candles, and what one gives: bunches of lavender, boxes with a bow."""

from comptoir.demo.drawing.colour import darker, lighter, mix
from comptoir.demo.drawing.labels import label
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    curve,
    fill,
    leaf,
    line,
    lit,
    oval,
    place,
    turned,
)

TILT = 0.13


def candle(ink: Ink) -> str:
    """A candle in a jar; main is the jar, second the wax and the label."""
    wide = 180 + 20 * (ink.form % 2)
    d = turned((360, wide), (340, wide), (30, wide - 4), (8, wide - 14), (0, wide - 30), tilt=TILT)
    flame = blob("0,-530! 34,-450 0,-400 -34,-450")
    glow = fill(oval(0, -460, 190, 170), "#FFE7A6", 0.4)
    return (
        glow
        + lit(d, ink.main, 30, ink.printed(y=-180, reach=210))
        + fill(oval(0, -360, wide, wide * TILT), lighter(ink.main, 0.3))
        + fill(oval(0, -358, wide - 14, (wide - 14) * TILT), mix("#FBF1DC", ink.second, 0.3))
        + line("M0 -356V-410", "#3D3833", 6)
        + fill(flame, "#F2B84B")
        + fill(oval(0, -438, 13, 26), "#FFF0B8")
        + label(ink, -175, 210, 180)
    )


def tapers(ink: Ink) -> str:
    """Three candles of different heights on a plate."""
    parts = lit(turned("36,330 20,320 0,240", tilt=0.12), darker(ink.accent, 0.05), 20) + fill(
        oval(0, -36, 330, 39), lighter(ink.accent, 0.25)
    )
    for x, h, w, tone in (
        (-160, 300, 82, ink.second),
        (160, 220, 100, ink.second),
        (0, 440, 92, ink.main),
    ):
        d = turned((h, w), (h - 20, w), (10, w), (0, w - 6), tilt=0.15)
        flame = blob((0, -h - 130), (0, -h - 130), (24, -h - 66), (0, -h - 30), (-24, -h - 66))
        ridges = (
            "".join(
                line(curve((-w, -y), (0, -y + 34), (w, -y - 10)), darker(tone, 0.18), 9, 0.5)
                for y in range(20, h, 46)
            )
            if ink.form % 2
            else ""
        )
        one = (
            lit(d, tone, 22, ridges)
            + fill(oval(0, -h, w, w * 0.15), lighter(tone, 0.35))
            + line(f"M0 {-h}v-40", "#3D3833", 5)
            + fill(flame, "#F2B84B")
        )
        parts += place(one, x, -30 + (14 if x else 24))
    return parts


def lavender(ink: Ink) -> str:
    """A bunch of dried flowers tied with string; accent is the flower."""
    parts = ""
    for k in range(-4, 5):
        tip_x, tip_y = k * 56, -330 + abs(k) * 16
        parts += line(curve((k * 10, 330), (k * 6, 60), (tip_x, tip_y + 120)), "#7C9A72", 8)
        for j in range(7):
            y = tip_y + j * 26
            x = tip_x - k * 2 * j
            parts += fill(
                leaf(x, y + 20, 34, 12, -50) + leaf(x, y + 20, 34, 12, 230),
                mix(ink.accent, ink.main, 0.15 * (j % 3)),
            )
    band = (
        lit(box(-62, 80, 124, 66, 20), ink.second, 12)
        + line(curve("-40,140 -110,210 -60,250"), ink.second, 8)
        + line(curve("40,140 110,200 70,260"), ink.second, 8)
    )
    return place(faint(parts), 16, 22) + parts + band


def faint(marks: str) -> str:
    """The marks as their own soft shadow."""
    return f'<g opacity=".1">{marks}</g>'


def wash_bag(ink: Ink) -> str:
    """A gift box with a ribbon."""
    d = box(-280, -360, 560, 360, 10)
    lid = box(-300, -440, 600, 100, 10)
    ribbon = fill(box(-40, -440, 80, 440), ink.accent)
    bow = (
        lit(blob("0,-440 -150,-560 -220,-470 -90,-420"), ink.accent, 14)
        + lit(blob("0,-440 150,-560 220,-470 90,-420"), ink.accent, 14)
        + lit(oval(0, -448, 38, 34), darker(ink.accent, 0.1), 10)
    )
    return (
        lit(d, ink.main, 32, ink.printed(y=-180, reach=290))
        + lit(lid, ink.second, 26)
        + ribbon
        + fill(box(-300, -346, 600, 8), "#2A1A1E", 0.12)
        + bow
    )


MOTIFS: dict[str, Motif] = {
    "bougie": Motif(candle, 420, 540, stature=18),
    "cierges": Motif(tapers, 680, 600, stature=24),
    "lavande": Motif(lavender, 560, 700, "lies", 30),
    "coffret": Motif(wash_bag, 620, 570, stature=24),
}
