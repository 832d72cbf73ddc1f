"""Portraits of the demo place's people: a head and shoulders under the place's light."""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

from comptoir.demo.drawing.backdrop import ground_for
from comptoir.demo.drawing.colour import darker, lighter, lightness, mix, paint
from comptoir.demo.drawing.hair import HAIR, HEAD
from comptoir.demo.drawing.pattern import printed
from comptoir.demo.drawing.raster import framed
from comptoir.demo.drawing.shapes import (
    blob,
    box,
    curve,
    fill,
    line,
    lit,
    oval,
    place,
    poly,
)

SKINS = ("#F7DAC6", "#F0C5A8", "#E0AC86", "#C58B60", "#99643F", "#70472F")
COLLARS = ("rond", "chemise", "mariniere", "roule")
EXTRAS = ("barbe", "barbe_blanche", "boucles", "lunettes", "moustache", "taches")
SIDE = 1200

_BODY = blob("600,800 470,828 330,880 240,980 200,1230! 1000,1230! 960,980 870,880 730,828")


@dataclass(frozen=True, slots=True)
class Face:
    """How a person looks: `skin` 0 (pale) to 5 (dark), hair by name, colours by paint names."""

    skin: int
    hair: str
    tint: str
    top: str
    collar: str
    extras: Collection[str]
    seed: int


def _clothes(face: Face, skin: str) -> str:
    top = paint(face.top)
    marks = ""
    if face.collar == "mariniere":
        stripe = paint("nuit") if lightness(top) > 0.5 else paint("creme")
        marks = place(printed("mariniere", stripe, stripe, 420, 0), 600, 1050)
    body = lit(_BODY, top, 34, marks)
    if face.collar == "roule":
        return body + lit(box(496, 750, 208, 110, 40), darker(top, 0.06), 18)
    neckline = fill(oval(600, 812, 116, 54), darker(skin, 0.1))
    if face.collar == "chemise":
        left = poly("600,900 500,790 444,840 520,930")
        right = poly("600,900 700,790 756,840 680,930")
        paper = lighter(top, 0.2)
        placket = line("M600 910V1200", darker(top, 0.25), 6, 0.6)
        return body + neckline + placket + lit(left, paper, 10) + lit(right, paper, 10)
    return body + neckline + line(curve("484,812 600,872 716,812"), darker(top, 0.2), 14)


def _features(skin: str, chance: Random) -> str:
    ink = "#1E120D" if lightness(skin) < 0.5 else mix("#33211C", skin, 0.08)
    eyes = fill(oval(528, 540, 14, 17) + oval(672, 540, 14, 17), ink)
    lift = chance.uniform(-8, 8)
    brows = line(curve((494, 496 + lift), (528, 482), (560, 492)), ink, 11, 0.8) + line(
        curve((640, 492), (672, 482), (706, 496 + lift)), ink, 11, 0.8
    )
    nose = line(curve("604,540 622,596 592,606"), darker(skin, 0.3), 9)
    wide = chance.uniform(34, 52)
    mouth = line(
        curve((600 - wide, 652), (600, 678), (600 + wide, 650)), mix("#9C3B34", skin, 0.15), 11
    )
    blush = fill(oval(486, 612, 40, 28) + oval(714, 612, 40, 28), "#D9634F", 0.2)
    return blush + brows + eyes + nose + mouth


def _beard(colour: str) -> str:
    d = blob(
        "428,560 452,640 500,650 560,622 600,632 640,622 700,650 748,640 772,560 "
        "776,660 720,770 600,806 480,770 424,660"
    )
    lips = fill(oval(600, 668, 46, 14), "#B0584C")
    return lit(d, colour, 16) + lips


def _extras(face: Face, hair: str) -> str:
    parts = ""
    if "barbe" in face.extras:
        parts += _beard(hair)
    if "barbe_blanche" in face.extras:
        parts += _beard("#EFEAE0")
    if "moustache" in face.extras:
        d = blob("600,620 540,616 500,652! 550,664 600,646 650,664 700,652! 660,616")
        parts += fill(d, darker(hair, 0.1))
    if "taches" in face.extras:
        spots = (
            (470, 584),
            (492, 602),
            (514, 580),
            (690, 584),
            (712, 602),
            (734, 582),
            (590, 574),
            (616, 580),
        )
        parts += fill("".join(oval(x, y, 5) for x, y in spots), "#A5573A", 0.5)
    if "lunettes" in face.extras:
        rims = oval(528, 542, 62, 58) + oval(672, 542, 62, 58)
        parts += fill(rims, "#FFFFFF", 0.22) + line(
            rims + "M590 536q10 -12 20 0M466 532l-44 -14M734 532l44 -14", "#3A2A24", 9
        )
    if "boucles" in face.extras:
        parts += fill(oval(420, 640, 17) + oval(780, 640, 17), "#D9A441")
    return parts


def portrait_svg(face: Face) -> str:
    """A square portrait, 1200 units a side, made to be cut to a circle.

    Raises KeyError for a paint or hair that does not exist, IndexError for a skin.
    """
    chance = Random(face.seed * 31 + 7)
    skin = SKINS[face.skin]
    plain = {"chapeau": "sable", "casquette": face.tint, "bonnet": face.tint}
    tint = paint(plain.get(face.hair, face.tint))
    wall, deep = ground_for(paint(face.top), chance)
    behind, before = HAIR[face.hair](tint)
    beard = (
        tint
        if face.hair not in {"chapeau", "casquette", "bonnet", "bandana", "foulard"}
        else (mix("#5B4232", skin, 0.1))
    )
    neck = box(528, 690, 144, 170, 50)
    ears = lit(oval(420, 560, 38, 56) + oval(780, 560, 38, 56), darker(skin, 0.04), 8)
    figure = (
        behind
        + _clothes(face, skin)
        + fill(neck, darker(skin, 0.12))
        + (lit(box(496, 768, 208, 100, 40), paint(face.top), 16) if face.collar == "roule" else "")
        + ears
        + lit(HEAD, skin, 26)
        + _features(skin, chance)
        + _extras(face, beard)
        + before
    )
    ground = fill(box(0, 0, SIDE, SIDE), deep) + fill(oval(600, 560, 520), wall)
    return framed(ground + place(figure, -144, -60, 1.24), SIDE, SIDE)
