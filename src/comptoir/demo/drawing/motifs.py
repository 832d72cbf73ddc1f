"""Every motif by its name."""

from comptoir.demo.drawing import (
    accessories,
    bakery,
    bath,
    brushes,
    candles,
    ceramics,
    clothes,
    cooking,
    furniture,
    games,
    garden,
    kitchen,
    pantry,
    paper,
    plants,
    textile,
    toys,
)
from comptoir.demo.drawing.motif import Motif

MOTIFS: dict[str, Motif] = {
    **accessories.MOTIFS,
    **bakery.MOTIFS,
    **bath.MOTIFS,
    **brushes.MOTIFS,
    **candles.MOTIFS,
    **ceramics.MOTIFS,
    **clothes.MOTIFS,
    **cooking.MOTIFS,
    **furniture.MOTIFS,
    **games.MOTIFS,
    **garden.MOTIFS,
    **kitchen.MOTIFS,
    **pantry.MOTIFS,
    **paper.MOTIFS,
    **plants.MOTIFS,
    **textile.MOTIFS,
    **toys.MOTIFS,
}
