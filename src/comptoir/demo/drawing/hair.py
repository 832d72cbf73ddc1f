"""Hair and headgear of portraits: what lies behind the head, and what lies before it.

The head is an oval around (600, 520), 180 wide and 225 high each way from its middle.
"""

import math
from collections.abc import Callable

from comptoir.demo.drawing.colour import darker, lighter
from comptoir.demo.drawing.shapes import blob, box, clip, curve, fill, line, lit, oval, place

Layers = tuple[str, str]

HEAD = blob(
    "600,296 690,312 760,390 778,510 760,640 690,726 600,752 510,726 440,640 "
    "422,510 440,390 510,312"
)
_CAP = ((420, 520), (410, 380), (480, 270), (600, 240), (720, 270), (790, 380), (780, 520))


def _cap(low: float, dip: float = 0, part: float = 600) -> str:
    """Hair lying on the skull, its edge on the forehead `low` units below the crown."""
    y = 260 + low
    return blob(
        *_CAP,
        (780, 520),
        (752, y + 20),
        (752, y + 20),
        (690, y - 10),
        (part, y - 40 + dip),
        (510, y - 6),
        (448, y + 24),
        (448, y + 24),
        (420, 520),
    )


def short(tint: str) -> Layers:
    return "", lit(_cap(150), tint, 20)


def tousled(tint: str) -> Layers:
    d = blob(
        "424,470 408,370 450,280 540,226 660,214 760,270 800,380 778,480! 740,400 "
        "640,380 560,420 500,380 448,410 424,470"
    )
    return "", lit(d, tint, 20) + line(curve("520,300 600,268 690,290"), lighter(tint, 0.3), 8, 0.6)


def wavy(tint: str) -> Layers:
    back = blob("410,600 384,440 450,270 600,220 750,270 816,440 790,600 600,500")
    front = blob(
        "424,520 410,400 470,280 600,236 730,280 790,400 776,520! 750,430 690,400 "
        "640,340 580,400 500,410 440,450"
    )
    return lit(back, tint, 20), lit(front, tint, 20)


def curls(tint: str) -> Layers:
    tops = "".join(
        oval(600 + 190 * math.cos(a), 420 + 190 * math.sin(a), 62)
        for a in [math.pi + k * math.pi / 8 for k in range(9)]
    )
    crown = "".join(
        oval(x, y, 64) for x, y in ((500, 330), (600, 300), (700, 330), (540, 380), (660, 380))
    )
    tint2 = lighter(tint, 0.12)
    return fill(tops, darker(tint, 0.12)), fill(crown, tint) + "".join(
        line(oval(x, y, 30), tint2, 7, 0.6) for x, y in ((500, 320), (600, 290), (700, 320))
    )


def long_curls(tint: str) -> Layers:
    sides = "".join(oval(x, y, 76) for y in range(380, 860, 84) for x in (400, 800))
    tops = "".join(
        oval(600 + 190 * math.cos(a), 420 + 190 * math.sin(a), 74)
        for a in [math.pi + k * math.pi / 7 for k in range(8)]
    )
    inner = fill(oval(600, 560, 230, 250), darker(tint, 0.16))
    front = fill(
        "".join(
            oval(x, y, 54) for x, y in ((470, 370), (540, 318), (620, 304), (700, 330), (746, 390))
        ),
        tint,
    )
    return inner + fill(sides + tops, darker(tint, 0.08)), front


def bob(tint: str) -> Layers:
    back = box(392, 260, 416, 500, 190)
    return lit(back, darker(tint, 0.12), 20), lit(_cap(160, 10, 640), tint, 20)


def short_bob(tint: str) -> Layers:
    back = box(396, 250, 408, 400, 190)
    front = blob(
        "400,560 396,380 480,262 600,238 720,262 804,380 800,560! 770,470 660,420 "
        "540,350 470,440 436,560"
    )
    return lit(back, darker(tint, 0.12), 20), lit(front, tint, 20)


def fringe(tint: str) -> Layers:
    back = box(390, 250, 420, 480, 190)
    front = blob(
        "412,540 404,380 480,262 600,238 720,262 796,380 788,540! 760,446! 600,430 440,446!"
    )
    return lit(back, darker(tint, 0.12), 20), lit(front, tint, 20)


def long_hair(tint: str) -> Layers:
    back = blob("600,226 420,280 380,470 370,700 340,960! 860,960! 830,700 820,470 780,280")
    return lit(back, darker(tint, 0.1), 24), lit(_cap(150, 0, 560), tint, 20)


def long_fringe(tint: str) -> Layers:
    back, _front = long_hair(tint)
    return back, fringe(tint)[1]


def long_waves(tint: str) -> Layers:
    back = blob(
        "600,220 420,270 370,430 400,560 350,680 390,800 340,930 420,1000 "
        "780,1000 860,930 810,800 850,680 800,560 830,430 780,270"
    )
    return lit(back, darker(tint, 0.1), 24), wavy(tint)[1]


def half_long(tint: str) -> Layers:
    back = blob("600,236 430,290 392,470 400,640 430,740! 770,740! 800,640 808,470 770,290")
    return lit(back, darker(tint, 0.12), 20), lit(_cap(140, 6, 600), tint, 20)


def bun(tint: str) -> Layers:
    return lit(oval(600, 210, 96, 88), darker(tint, 0.06), 18), lit(_cap(150, 0, 600), tint, 20)


def ponytail(tint: str) -> Layers:
    tail = blob("740,330 850,330 900,480 860,660 820,740! 800,600 790,460")
    return lit(tail, darker(tint, 0.08), 18), lit(_cap(146, 0, 620), tint, 20)


def braid(tint: str) -> Layers:
    beads = "".join(
        lit(oval(790 - k * 10, 660 + k * 72, 52 - k * 4, 46), tint, 12) for k in range(5)
    )
    tie = fill(box(718, 990, 60, 22, 8), "#B83A2C")
    return lit(box(396, 260, 408, 420, 190), darker(tint, 0.14), 20), lit(
        _cap(150, 0, 560), tint, 20
    ) + beads + tie


def permed(tint: str) -> Layers:
    ring = "".join(
        oval(600 + 196 * math.cos(a), 430 + 186 * math.sin(a), 58)
        for a in [math.pi * 0.92 + k * math.pi / 10 for k in range(12)]
    )
    front = "".join(
        oval(x, y, 46) for x, y in ((460, 380), (520, 330), (590, 308), (660, 322), (724, 366))
    )
    return fill(ring, darker(tint, 0.1)), fill(front, tint)


def afro(tint: str) -> Layers:
    return lit(oval(600, 420, 300, 276), tint, 30), fill(_cap(130), tint)


def short_afro(tint: str) -> Layers:
    return lit(oval(600, 400, 216, 190), tint, 22), fill(_cap(136), tint)


def shaved(tint: str) -> Layers:
    return "", clip(HEAD, fill(_cap(120), tint, 0.4))


def balding(tint: str) -> Layers:
    sides = blob("420,560 404,440 430,360 470,380 446,460 444,560") + blob(
        "780,560 796,440 770,360 730,380 754,460 756,560"
    )
    return "", fill(sides, tint)


def crest(tint: str) -> Layers:
    d = blob("540,380 520,260 560,180 640,150 700,190 690,280 670,380! 600,340")
    return "", clip(HEAD, fill(_cap(130), tint, 0.4)) + lit(d, tint, 16)


def headscarf(tint: str) -> Layers:
    wrap = blob(
        "410,470 398,350 460,240 600,196 740,240 802,350 790,470! 740,372 600,340 460,372 410,470"
    )
    knot = blob("660,230 700,150 790,130 800,200 720,250") + blob(
        "640,220 620,130 540,130 560,200 620,240"
    )
    folds = line(curve("440,400 560,300 740,300"), darker(tint, 0.25), 8, 0.6) + line(
        curve("470,320 600,240 730,260"), lighter(tint, 0.3), 8, 0.6
    )
    return lit(knot, tint, 16), lit(wrap, tint, 24, folds)


def bandana(tint: str) -> Layers:
    band = blob(
        "414,440 404,340 470,262 600,238 730,262 796,340 786,440! 740,388 600,366 460,388 414,440"
    )
    dots = "".join(
        fill(oval(x, y, 11), "#FFFCF6")
        for x, y in ((480, 340), (550, 290), (620, 320), (690, 290), (740, 350), (560, 350))
    )
    return "", lit(band, tint, 20, dots)


def knit_hat(tint: str) -> Layers:
    crown = blob("410,420! 420,270 500,180 600,160 700,180 780,270 790,420!")
    ribs = "".join(line(f"M{x} 360v110", darker(tint, 0.25), 7, 0.6) for x in range(420, 800, 30))
    return "", lit(crown, tint, 26) + lit(box(398, 360, 404, 104, 34), darker(tint, 0.08), 18, ribs)


def sailor_cap(tint: str) -> Layers:
    crown = blob("404,380 384,280 470,200 600,180 730,200 816,280 796,380! 600,350 404,380")
    peak = blob("430,400! 600,366 770,400! 730,456 600,436 470,456")
    band = fill(blob("412,370! 600,334 788,370! 780,410 600,376 420,410"), darker(tint, 0.3))
    return "", lit(crown, tint, 26) + band + lit(peak, darker(tint, 0.4), 12) + line(
        curve("436,402 600,368 764,402"), "#D9A441", 8
    )


def straw_hat(tint: str) -> Layers:
    brim = oval(600, 372, 340, 84)
    crown = blob("440,370! 452,230 520,180 680,180 748,230 760,370! 600,400")
    band = fill(blob("440,340 600,372 760,340 760,380 600,412 440,380"), "#1F5A46")
    return "", lit(brim, tint, 22) + lit(crown, lighter(tint, 0.08), 24) + clip(
        crown, place(band, 0, -8)
    )


HAIR: dict[str, Callable[[str], Layers]] = {
    "afro": afro,
    "afro_court": short_afro,
    "bandana": bandana,
    "bonnet": knit_hat,
    "boucle": curls,
    "boucle_long": long_curls,
    "carre": bob,
    "carre_court": short_bob,
    "casquette": sailor_cap,
    "chapeau": straw_hat,
    "chignon": bun,
    "court": short,
    "court_meche": tousled,
    "crete": crest,
    "degarni": balding,
    "foulard": headscarf,
    "frange": fringe,
    "frise": permed,
    "long": long_hair,
    "long_frange": long_fringe,
    "mi_long": half_long,
    "ondule": wavy,
    "ondule_long": long_waves,
    "queue": ponytail,
    "rase": shaved,
    "tresse": braid,
}
