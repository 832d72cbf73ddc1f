"""The demo place's colours: named paints, and the tones made from them.

Every picture takes its colours from here, so that two hundred products and forty faces look
like one place under one light.
"""

import colorsys

PAINTS: dict[str, str] = {
    "papier": "#FBF8F3",
    "encre": "#1F1B16",
    "garance": "#B83A2C",
    "bouteille": "#1F5A46",
    "ocre": "#D9A441",
    "moutarde": "#C48A2C",
    "citron": "#EBCB5B",
    "ardoise": "#5F7C8E",
    "nuit": "#2E4057",
    "ciel": "#A9C4CF",
    "rose": "#E0A093",
    "poudre": "#F0CFC4",
    "sauge": "#9DB29A",
    "menthe": "#BCD5C5",
    "olive": "#7D8048",
    "mousse": "#4F7A52",
    "lin": "#E4D6BF",
    "sable": "#D8BE97",
    "terre": "#C4683F",
    "brique": "#9C4A33",
    "creme": "#F5EAD7",
    "bois": "#BE8B5A",
    "noyer": "#7C5336",
    "prune": "#6E3B4F",
    "lavande": "#A99CC4",
    "zinc": "#A3ACAD",
    "cuivre": "#C27A4E",
    "charbon": "#3D3833",
    "blanc": "#FFFCF6",
    "miel": "#DB952F",
    "abricot": "#EBA86A",
    "framboise": "#A82F4A",
}

_SHADE = "#2A1A1E"
_LIGHT = "#FFF9EC"


def paint(name: str) -> str:
    """The hex colour of a paint's name; a hex colour passes through.

    Raises KeyError for a name that is not in PAINTS.
    """
    return name if name.startswith("#") else PAINTS[name]


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, each 0 to 255, of a `#RRGGBB` colour."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, part: float) -> str:
    """`one` with `part` (0 to 1) of `other` stirred in."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02X}" for a, b in pairs)


def darker(colour: str, part: float = 0.16) -> str:
    """The colour's tone in the shade: warm, never plain black."""
    return mix(colour, _SHADE, part)


def lighter(colour: str, part: float = 0.18) -> str:
    """The colour's tone in the light."""
    return mix(colour, _LIGHT, part)


def lightness(colour: str) -> float:
    """Perceived lightness, 0 (black) to 1 (white)."""
    red, green, blue = channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def distance(one: str, other: str) -> float:
    """How far apart two colours look, 0 to about 1; hue counts for more as colours get richer."""
    first = colorsys.rgb_to_hls(*(v / 255 for v in channels(one)))
    second = colorsys.rgb_to_hls(*(v / 255 for v in channels(other)))
    turn = abs(first[0] - second[0])
    hue = min(turn, 1 - turn) * 2 * min(first[2], second[2])
    return abs(lightness(one) - lightness(other)) + 0.5 * hue
