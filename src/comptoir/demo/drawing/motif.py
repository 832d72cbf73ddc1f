"""What a motif is: a drawing of one kind of thing, and the ink it is drawn with."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from comptoir.demo.drawing.pattern import printed
from comptoir.demo.drawing.shapes import place

Stance = Literal["stands", "lies", "hangs"]


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours (hex) and choices that make one thing different from its sisters.

    `form` chooses among a motif's shapes; any number is accepted.
    """

    main: str
    second: str
    accent: str
    pattern: str = "uni"
    form: int = 0
    seed: int = 0

    def chance(self) -> Random:
        """A fresh source of chance, the same for the same thing."""
        return Random(self.seed)

    def printed(self, one: str = "", two: str = "", y: float = 0, reach: float = 300) -> str:
        """The thing's print, in its second and accent colours unless told.

        It covers `reach` units each way around (0, y): no more than the thing, for speed.
        """
        marks = printed(self.pattern, one or self.second, two or self.accent, reach, self.seed)
        return place(marks, 0, y) if marks else ""


@dataclass(frozen=True, slots=True)
class Motif:
    """One kind of thing.

    `draw` returns SVG markup in a space where y goes down and the origin is the middle of the
    foot of what stands, the middle of what lies, the hook of what hangs. `width` and `height`
    are the space it takes; `stature` is how tall it looks in a scene, in hundredths of a table's
    height (a mug is about 12, a chair about 90).
    """

    draw: Callable[[Ink], str]
    width: float
    height: float
    stance: Stance = "stands"
    stature: float = 20
