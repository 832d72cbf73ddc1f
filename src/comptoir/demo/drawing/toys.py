"""Things to play with: wood, cloth and paper."""

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
    turned,
)

WOOD = "#CFA06E"


def wheel(x: float, y: float, r: float, colour: str) -> str:
    """A wooden wheel and its peg."""
    return lit(oval(x, y, r), colour, r * 0.3) + fill(oval(x, y, r * 0.34), lighter(colour, 0.5)) + fill(oval(x, y, r * 0.14), darker(colour, 0.5))


def train(ink: Ink) -> str:
    """An engine and a wagon; main is the engine."""
    engine = (
        lit(box(-60, -250, 250, 150, 60), ink.main, 24) + lit(box(-190, -370, 170, 270, 14), ink.second, 22)
        + lit(box(-214, -404, 218, 44, 20), ink.accent, 12) + fill(box(-160, -330, 104, 90, 12), darker(ink.second, 0.5))
        + lit(poly((94, -250), (156, -250), (170, -350), (80, -350)), ink.accent, 12)
        + lit(box(-200, -110, 420, 56, 14), WOOD, 14) + fill(oval(172, -178, 22), "#F2D58A")
        + wheel(-130, -50, 52, ink.accent) + wheel(0, -50, 52, ink.accent) + wheel(140, -50, 52, ink.accent)
    )
    cargo = "".join(lit(oval(x, -250 - y, 48), tone, 12) for x, y, tone in ((-70, 0, ink.accent), (20, 10, ink.main), (90, -4, ink.second)))
    wagon = cargo + lit(box(-140, -236, 290, 136, 14), ink.second, 20, ink.printed(ink.main, y=-170, reach=160)) + lit(box(-150, -110, 310, 52, 14), WOOD, 14) + wheel(-80, -48, 50, ink.main) + wheel(90, -48, 50, ink.main)
    puffs = "".join(fill(oval(x, y, r), "#FFFDF7", 0.85) for x, y, r in ((330, -430, 34), (380, -500, 46), (340, -580, 58)))
    link = line("M-20 -84H60", "#3D3833", 12)
    return puffs + place(link, -30) + place(engine, 205) + place(wagon, -230)


def bear(ink: Ink) -> str:
    """A bear, sitting; accent is the scarf."""
    ears = "".join(lit(oval(x, -600, 68), ink.main, 16) + fill(oval(x, -594, 36), ink.second) for x in (-136, 136))
    legs = "".join(lit(oval(x, -76, 100, 82), ink.main, 20) + fill(oval(x, -70, 56, 46), ink.second) for x in (-180, 180))
    arms = "".join(place(lit(oval(0, 0, 62, 130), ink.main, 18), x, -280, 1, t) for x, t in ((-200, 24), (200, -24)))
    body = lit(oval(0, -210, 200, 220), ink.main, 30, ink.printed(y=-200, reach=220)) + fill(oval(0, -190, 116, 130), ink.second)
    head = lit(oval(0, -490, 190, 166), ink.main, 28)
    muzzle = fill(oval(0, -440, 92, 70), ink.second) + fill(oval(0, -474, 32, 23), "#3A2A24") + line(curve((-32, -424), (0, -404), (32, -424)), "#3A2A24", 8) + line("M0 -456V-412", "#3A2A24", 7)
    eyes = fill(oval(-82, -520, 15) + oval(82, -520, 15), "#3A2A24") + fill(oval(-118, -462, 26) + oval(118, -462, 26), "#E0A093", 0.55)
    tie = lit(blob((-150, -356), (-150, -356), (0, -320), (150, -356), (150, -356), (160, -314), (0, -272), (-160, -314)), ink.accent, 12) + lit(poly((40, -300), (110, -316), (130, -170), (70, -160)), ink.accent, 12)
    return legs + arms + body + ears + head + muzzle + eyes + tie


def rabbit(ink: Ink) -> str:
    """A cloth rabbit, standing; accent is the overalls."""
    ears = "".join(place(lit(oval(0, -110, 50, 150), ink.main, 16) + fill(oval(0, -104, 24, 110), ink.second), x, -560, 1, t) for x, t in ((-70, -10), (70, 16)))
    legs = "".join(lit(box(x, -170, 84, 170, 40), ink.main, 14) for x in (-100, 16))
    arms = "".join(place(lit(oval(0, 90, 40, 120), ink.main, 12), x, -400, 1, t) for x, t in ((-130, 26), (130, -26)))
    body = lit(blob((-110, -420), (-110, -420), (110, -420), (110, -420), (150, -140), (150, -140), (0, -120), (-150, -140), (-150, -140)), ink.accent, 24, ink.printed(y=-280, reach=190))
    head = lit(oval(0, -500, 150, 128), ink.main, 24)
    face = fill(oval(-56, -512, 12) + oval(56, -512, 12), "#3A2A24") + fill(poly((-15, -472), (15, -472), (0, -454)), "#B85C57") + line("M0 -454v18", "#3A2A24", 5) + fill(oval(-92, -466, 24) + oval(92, -466, 24), "#E0A093", 0.6)
    buttons = fill(oval(-40, -360, 13) + oval(40, -360, 13), ink.second)
    return ears + legs + arms + body + head + face + buttons


def top(ink: Ink) -> str:
    """A spinning top, leaning."""
    body = turned((330, 60), (300, 200), (220, 280), (150, 250), (60, 90), (0, 14), tilt=0.16)
    bands = "".join(fill(blob((-300, y), (0, y + 56), (300, y), (300, y + 44), (0, y + 100), (-300, y + 44)), tone) for y, tone in ((-300, ink.second), (-210, ink.accent), (-120, ink.second)))
    stem = lit(box(-20, -520, 40, 210, 16), WOOD, 10) + lit(oval(0, -530, 42, 34), ink.accent, 12)
    whirl = "".join(line(curve((-330, y), (-380, y + 24), (-330, y + 46)), darker(ink.main, 0.1), 7, 0.4) for y in (-240, -150))
    return whirl + place(stem + lit(body, ink.main, 30, ink.printed(y=-200, reach=290) if ink.pattern != "uni" else bands) + fill(oval(0, -330, 60, 11), lighter(ink.main, 0.3)), 0, 0, 1, 9)


def puzzle(ink: Ink) -> str:
    """Six pieces of a wooden puzzle, one set apart."""
    tones = (ink.main, ink.second, ink.accent, lighter(ink.main, 0.3), darker(ink.second, 0.12), ink.main)
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
    body = poly((0, 30), (230, 270), (0, 600), (-230, 270))
    quarters = fill(poly((0, 30), (230, 270), (0, 270)), ink.second) + fill(poly((0, 270), (0, 600), (-230, 270)), ink.accent)
    spars = line("M0 30V600M-230 270H230", "#7C5336", 7)
    tail = curve((0, 600), (70, 660), (-30, 720), (60, 790), (10, 850))
    bows = "".join(place(fill(poly((0, 0), (-46, -26), (-46, 26)) + poly((0, 0), (46, -26), (46, 26)), tone), x, y, 1, t) for x, y, t, tone in ((36, 640, 30, ink.main), (10, 716, -40, ink.accent), (44, 790, 30, ink.second)))
    return place(cast(body, 1.4) + line(tail, "#7C5336", 5) + bows + lit(body, ink.main, 22, quarters + ink.printed(lighter(ink.main, 0.5), y=300, reach=300)) + spars, 0, 0, 1, 12)


def blocks(ink: Ink) -> str:
    """Wooden blocks piled into a small gate."""
    dot = fill(oval(-190, -100, 50), lighter(ink.main, 0.6))
    return (
        lit(box(-290, -200, 200, 200, 14), ink.main, 22) + dot
        + lit(box(90, -200, 200, 200, 14), ink.second, 22, ink.printed(ink.accent, y=-100, reach=300))
        + fill(star(190, -100, 5, 60, 26), lighter(ink.second, 0.5) if ink.pattern == "uni" else ink.accent)
        + lit("M-290 -200H290V-320H-290z", WOOD, 22) + lit("M-110 -320H110A110 110 0 0 0 -110 -320z", ink.accent, 18)
        + lit(box(-290, -440, 120, 120, 10), ink.second, 16) + lit(poly((170, -320), (290, -320), (230, -450)), ink.main, 14)
        + lit(oval(0, -480, 52), ink.main, 16) + fill(box(-290, -262, 580, 5), darker(WOOD, 0.3), 0.4)
    )


def sailboat(ink: Ink) -> str:
    """A toy boat on its stand."""
    hull = blob((-300, -180), (-300, -180), (320, -190), (320, -190), (230, -60), (160, -40), (-170, -40), (-240, -70))
    stripe = fill(box(-340, -150, 700, 30), ink.second)
    mast = lit(box(-12, -700, 24, 520, 10), WOOD, 8)
    big = poly((-24, -660), (-24, -220), (-270, -220))
    jib = poly((24, -600), (24, -220), (240, -220))
    flag = fill(poly((12, -700), (96, -676), (12, -648)), ink.accent)
    stand = lit(poly((-170, -60), (-130, -60), (-100, 0), (-190, 0)), WOOD, 8) + lit(poly((130, -60), (170, -60), (190, 0), (100, 0)), WOOD, 8)
    return stand + mast + flag + lit(big, lighter(ink.second, 0.2), 16, ink.printed(ink.main, y=-400, reach=300)) + lit(jib, ink.accent, 14) + lit(hull, ink.main, 24, stripe)


def duck(ink: Ink) -> str:
    """A duck on wheels, its string before it."""
    body = blob((-260, -250), (-120, -260), (60, -230), (230, -290), (270, -240), (200, -120), (0, -90), (-190, -120))
    head = oval(-170, -380, 110, 106)
    bill = blob((-260, -390), (-260, -390), (-360, -370), (-366, -340), (-260, -336), (-260, -336))
    wing = blob((-60, -210), (40, -240), (160, -220), (100, -150), (0, -140))
    string = line(curve((-270, -70), (-340, -20), (-400, -30)), ink.accent, 8) + fill(oval(-404, -30, 20), ink.accent)
    return place(string + lit(bill, "#E0913A", 10) + lit(body, ink.main, 30) + lit(head, ink.main, 24) + lit(wing, ink.second, 16, ink.printed(ink.accent, y=-190, reach=130)) + fill(oval(-200, -400, 14), "#2E2420") + lit(box(-260, -104, 480, 44, 18), WOOD, 14) + wheel(-150, -50, 50, ink.accent) + wheel(120, -50, 50, ink.accent), 40)


def rings(ink: Ink) -> str:
    """Rings stacked on a peg."""
    tones = (ink.main, ink.second, ink.accent, lighter(ink.main, 0.3), darker(ink.second, 0.1))
    parts = lit(turned((40, 230), (30, 240), (0, 230), tilt=0.14), WOOD, 20)
    for k, tone in enumerate(tones):
        w = 220 - k * 30
        parts += place(lit(turned((86, w - 34), (70, w - 6), (43, w), (16, w - 6), (0, w - 34), tilt=0.1), tone, 22), 0, -36 - k * 84)
    return parts + lit(oval(0, -500, 62, 58), ink.main, 18)


def xylophone(ink: Ink) -> str:
    """A small xylophone from above."""
    tones = (ink.main, ink.accent, "#D9A441", "#9DB29A", ink.second, "#5F7C8E", "#E0A093")
    rails = lit(poly((-340, -150), (340, -80), (340, -46), (-340, -116)), WOOD, 8) + lit(poly((-340, 150), (340, 80), (340, 46), (-340, 116)), WOOD, 8)
    bars = ""
    for k, tone in enumerate(tones):
        x, h = -320 + k * 94, 440 - k * 38
        d = box(x, -h / 2, 74, h, 18)
        bars += cast(d, 0.7) + lit(d, tone, 12) + fill(oval(x + 37, -h / 2 + 60 - k * 3, 9) + oval(x + 37, h / 2 - 60 + k * 3, 9), "#FBF8F3")
    stick = place(lit(box(-8, -240, 16, 460, 8), WOOD, 6) + lit(oval(0, -250, 38), ink.main, 12), 60, 240, 1, 66)
    return place(rails + bars + stick, 0, -60)


def marbles(ink: Ink) -> str:
    """A cloth bag of marbles, some out of it."""
    sack = blob((-130, -290), (-130, -290), (130, -290), (130, -290), (230, -140), (190, -20), (0, 0), (-190, -20), (-230, -140))
    frill = blob((-150, -380), (-90, -340), (-40, -386), (20, -344), (80, -386), (150, -370), (124, -290), (124, -290), (-124, -290), (-124, -290))
    parts = lit(frill, lighter(ink.main, 0.15), 14) + lit(sack, ink.main, 28, ink.printed(y=-150, reach=230)) + line(curve((-136, -292), (0, -272), (136, -292)), ink.accent, 14) + line(curve((120, -284), (190, -250), (180, -200)), ink.accent, 9)
    for x, y, r, tone in ((270, -40, 46, ink.second), (350, -10, 34, ink.accent), (-290, -16, 40, ink.accent), (-210, 16, 32, "#5F7C8E")):
        parts += lit(oval(x, y, r), tone, r * 0.4) + fill(oval(x - r * 0.3, y - r * 0.3, r * 0.2), "#FFFFFF", 0.8)
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
            face = lit(d, tone, 12, ink.printed(lighter(tone, 0.5), reach=120) or fill(oval(0, 0, 50), lighter(tone, 0.4)))
        parts += place(cast(d, 0.8) + face, x, y, 1, math.sin(k * 2.3) * 7)
    return parts


def mobile(ink: Ink) -> str:
    """A paper mobile of clouds, moon and fish."""
    bar = line("M0 -60V90M-240 110C-120 80 120 80 240 110", "#7C5336", 9)
    threads = line("M-230 110V300M0 92V400M230 110V260", "#7C5336", 4)
    cloud = lit(blob((-100, 340), (-90, 290), (-30, 270), (30, 280), (90, 310), (100, 350), (0, 366)), "#FFFBF0", 14)
    moon = lit("M60 380A100 100 0 1 0 100 540A84 84 0 1 1 60 380z", ink.accent, 12)
    drops = "".join(line(f"M{x} 380V{y}", "#7C5336", 3) + lit(oval(x, y + 18, 20, 24), t, 8) for x, y, t in ((-290, 470, ink.main), (-230, 530, ink.second), (-170, 480, ink.main)))
    fish = lit(blob((150, 320), (210, 270), (280, 290), (310, 320), (280, 350), (210, 370)), ink.main, 14, place(ink.printed(reach=90), 230, 320)) + fill(poly((306, 320), (356, 284), (344, 320), (356, 356)), ink.main) + fill(oval(188, 312, 8), "#FFFBF0")
    return bar + threads + place(cloud, -230, 0) + drops + moon + fish


MOTIFS: dict[str, Motif] = {
    "train": Motif(train, 830, 560, stature=18),
    "ours": Motif(bear, 540, 680, stature=28),
    "lapin": Motif(rabbit, 420, 830, stature=34),
    "toupie": Motif(top, 640, 580, stature=14),
    "puzzle": Motif(puzzle, 740, 560, "lies", 28),
    "cerf_volant": Motif(kite, 640, 860, "hangs", 50),
    "cubes": Motif(blocks, 600, 540, stature=22),
    "bateau": Motif(sailboat, 640, 710, stature=32),
    "canard": Motif(duck, 760, 500, stature=20),
    "anneaux": Motif(rings, 490, 570, stature=22),
    "xylophone": Motif(xylophone, 760, 620, "lies", 26),
    "billes": Motif(marbles, 760, 410, stature=14),
    "memo": Motif(dominoes, 680, 540, "lies", 24),
    "mobile": Motif(mobile, 700, 620, "hangs", 46),
}
