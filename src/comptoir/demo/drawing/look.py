"""How a product looks wherever it appears: the same thing in its picture and in a scene."""

from dataclasses import dataclass

from comptoir.demo.drawing.backdrop import standing_shadow
from comptoir.demo.drawing.motif import Ink, Motif
from comptoir.demo.drawing.motifs import MOTIFS
from comptoir.demo.drawing.shapes import place


@dataclass(frozen=True, slots=True)
class Look:
    """A motif's name and the ink it is drawn with."""

    motif: str
    ink: Ink

    @property
    def thing(self) -> Motif:
        """Raises KeyError for a motif that nobody draws."""
        return MOTIFS[self.motif]


@dataclass(frozen=True, slots=True)
class Placed:
    """A look at its place in a scene: `x` its middle, `y` its foot (or its hook when it hangs,
    its middle when it lies), both in the scene's units."""

    look: Look
    x: float
    y: float
    scale: float
    turn: float = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The point of the scene where a tag goes."""
        reach = self.look.thing.height * self.scale / 2
        lift = {"stands": -reach, "lies": 0.0, "hangs": reach}[self.look.thing.stance]
        return self.x, self.y + lift

    def drawn(self) -> str:
        """The marks, with the shadow on the table of what stands."""
        thing = self.look.thing
        shadow = ""
        if thing.stance == "stands":
            shadow = standing_shadow(self.x, self.y, thing.width * self.scale * 0.84)
        return shadow + place(thing.draw(self.look.ink), self.x, self.y, self.scale, self.turn)


def size_in_scene(look: Look, unit: float) -> tuple[float, float]:
    """Scale and width of a look among others.

    Real sizes are pulled together (power 0.62): a spoon stays visible beside a chair.
    """
    thing = look.thing
    scale = unit * thing.stature**0.62 / thing.height
    return scale, thing.width * scale


def in_a_row(
    looks: list[Look], left: float, right: float, foot: float, unit: float, step: float = 0
) -> list[Placed]:
    """Looks standing side by side between `left` and `right`, every other one `step` nearer."""
    gap = 26.0
    sizes = [size_in_scene(look, unit) for look in looks]
    total = sum(width for _scale, width in sizes) + gap * (len(looks) - 1)
    fit = min(1.0, (right - left) / total)
    x = left + (right - left - total * fit) / 2
    spare = (right - left - total * fit) / (len(looks) + 1) * 0.55
    x -= spare * (len(looks) - 1) / 2
    row = []
    for n, (look, (scale, width)) in enumerate(zip(looks, sizes, strict=True)):
        y = foot + (step if n % 2 else -step)
        row.append(Placed(look, x + width * fit / 2, y, scale * fit))
        x += (width + gap) * fit + spare
    return row
