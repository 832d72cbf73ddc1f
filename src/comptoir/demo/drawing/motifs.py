"""Every motif by its name."""

from comptoir.demo.drawing import (
    bath,
    ceramics,
    clothes,
    furniture,
    garden,
    kitchen,
    pantry,
    paper,
    textile,
    toys,
)
from comptoir.demo.drawing.motif import Motif

MOTIFS: dict[str, Motif] = {
    **bath.MOTIFS,
    **ceramics.MOTIFS,
    **clothes.MOTIFS,
    **furniture.MOTIFS,
    **garden.MOTIFS,
    **kitchen.MOTIFS,
    **pantry.MOTIFS,
    **paper.MOTIFS,
    **textile.MOTIFS,
    **toys.MOTIFS,
}
