"""The demo place's pictures, drawn as SVG by this package and rendered to PNG.

The same look and seed give the same bytes. Widths are in pixels; heights follow.
"""

from comptoir.demo.drawing.look import Look
from comptoir.demo.drawing.motif import Ink
from comptoir.demo.drawing.portrait import Face, portrait_svg
from comptoir.demo.drawing.product import product_svg
from comptoir.demo.drawing.raster import png
from comptoir.demo.drawing.scene import Scene, scene_svg, spots
from comptoir.demo.drawing.storefront import Front, banner_svg, emblem_svg

__all__ = [
    "Face",
    "Front",
    "Ink",
    "Look",
    "Scene",
    "draw_avatar",
    "draw_banner",
    "draw_emblem",
    "draw_product",
    "draw_scene",
    "spots",
]


def draw_product(look: Look, width: int = 1200) -> bytes:
    """A product's square picture as PNG."""
    return png(product_svg(look), width)


def draw_avatar(face: Face, width: int = 640) -> bytes:
    """A person's square portrait as PNG, made to be cut to a circle."""
    return png(portrait_svg(face), width)


def draw_emblem(front: Front, width: int = 640) -> bytes:
    """A shop's sign as a square PNG, made to be cut to a circle."""
    return png(emblem_svg(front), width)


def draw_banner(front: Front, width: int = 1600) -> bytes:
    """A shop's front in the street as PNG, 7 wide to 2 high."""
    return png(banner_svg(front), width)


def draw_scene(scene: Scene, width: int = 1200) -> bytes:
    """A photo of a post as PNG; `spots` says where each thing in it is."""
    return png(scene_svg(scene), width)
