"""A stranger's picture, decoded within bounds and made anew.

Nothing of the original file is kept: what is stored has been decoded to pixels and encoded again,
so that metadata (places, names, serial numbers) and whatever hides beside the picture are gone.
This module imports no Django: it also runs in a process of its own, see ``render_process``.
"""

from __future__ import annotations

import hashlib
import io
import math
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageCms, UnidentifiedImageError

from comptoir.media.renditions import FORMATS, WIDTHS, Format, file_name, path_stem, widths_for

MAX_BYTES: Final = 15_000_000
MAX_PIXELS: Final = 50_000_000
# WebP cannot be taller than this.
MAX_RENDITION_HEIGHT: Final = 16_383

_ACCEPTED = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")
# Measured on photographs and flat drawings at the three widths, one core: AVIF at speed 8 takes
# 240 ms for a photograph and is 15 % smaller than WebP of the same fidelity at 1280 pixels; speed 6
# takes 540 ms and saves 20 % more there, 5 % at 320; speeds 9 and 10 take 65 ms and keep only 5 to
# 11 % over WebP. WebP method 4 takes 100 ms; method 2 saves 60 ms and costs 8 % of fidelity.
_ENCODING: dict[Format, dict[str, int]] = {
    "avif": {"quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"quality": 80, "method": 4},
}
# For many flat drawings at once: less than half the time, a third more bytes in AVIF.
_QUICK: dict[Format, dict[str, int]] = {
    "avif": {"quality": 60, "speed": 10, "max_threads": 1},
    "webp": {"quality": 80, "method": 2},
}


class UnreadablePicture(Exception):
    """The bytes are not a picture that we take.

    ``code``: ``too_many_bytes``, ``not_a_picture`` (or a kind that is not taken, such as SVG),
    ``too_many_pixels``, ``too_long`` (far taller than wide), ``damaged``, ``too_demanding``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Rendered:
    """Renditions in memory. ``sha256`` is of the original; ``width`` and ``height`` are those of
    the original as it is meant to be seen; ``colour`` is ``#rrggbb``; ``files`` maps paths below
    the media folder to contents.
    """

    sha256: str
    width: int
    height: int
    colour: str
    files: dict[str, bytes]


def render(content: bytes, *, quick: bool = False) -> Rendered:
    """Every rendition of the picture in ``content`` (JPEG, PNG, WebP, AVIF, first GIF frame).

    Decides by decoding, never by name. Pure and free of threads: fit for a process pool. Memory
    is bounded by about 20 bytes a pixel of the original, 1 GB at most. ``quick`` trades bytes for
    time: for the demo place's four hundred drawings.

    Raises UnreadablePicture.
    """
    if len(content) > MAX_BYTES:
        raise UnreadablePicture("too_many_bytes")
    try:
        seen = _as_seen(content)
    except (UnreadablePicture, MemoryError):
        raise
    except Exception as error:  # a damaged file can break a decoder in any way
        raise UnreadablePicture("damaged") from error
    sha256 = hashlib.sha256(content).hexdigest()
    stem = path_stem(sha256)
    files = {}
    for width in widths_for(seen.width):
        sized = _sized(seen.image, width, seen.height_at(width))
        for format_ in FORMATS:
            settings = (_QUICK if quick else _ENCODING)[format_]
            files[file_name(stem, width, format_)] = _encoded(sized, format_, settings)
    return Rendered(sha256, seen.width, seen.height, _dominant_colour(seen.image), files)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The picture upright, in sRGB, opaque, shrunk to what is needed, with its full size."""

    image: Image.Image
    width: int
    height: int

    def height_at(self, width: int) -> int:
        return _height_at(width, self.width, self.height)


def _height_at(width: int, full_width: int, full_height: int) -> int:
    return max(1, round(full_height * width / full_width))


def _as_seen(content: bytes) -> _Seen:
    with _opened(content) as original:
        width, height = original.size
        turn = _TURNS.get(original.getexif().get(_ORIENTATION, 1))
        sideways = turn is not None and turn not in _KEEPING_SIDES
        seen_width, seen_height = (height, width) if sideways else (width, height)
        base_width = min(seen_width, WIDTHS[-1])
        base_height = _height_at(base_width, seen_width, seen_height)
        if base_height > MAX_RENDITION_HEIGHT:
            raise UnreadablePicture("too_long")
        target = (base_height, base_width) if sideways else (base_width, base_height)
        # Lets the JPEG decoder skip detail that would be thrown away: a quarter of the memory.
        original.draft(None, target)
        profile = original.info.get("icc_profile")
        shrunk = _shrunk(original, target)
    image = _in_srgb(_on_white(shrunk), profile)
    if turn is not None:
        image = image.transpose(turn)
    return _Seen(image, seen_width, seen_height)


_KEEPING_SIDES = {
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.ROTATE_180,
}


def _opened(content: bytes) -> Image.Image:
    """The picture with only its head read, and its number of pixels judged."""
    try:
        image = Image.open(io.BytesIO(content), formats=_ACCEPTED)
    except Image.DecompressionBombError as error:
        raise UnreadablePicture("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise UnreadablePicture("not_a_picture") from error
    if math.prod(image.size) > MAX_PIXELS:
        raise UnreadablePicture("too_many_pixels")
    return image


def _shrunk(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The first frame in a mode that can be mixed: L, RGB, RGBA or CMYK."""
    image.load()
    if image.mode.startswith("I"):  # 16 bits a sample; converting alone would clip to white
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in {"L", "RGB", "CMYK"}:
        image = image.convert("RGB")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _on_white(image: Image.Image) -> Image.Image:
    # Cut-out products are drawn for white paper; on a dark page they would vanish.
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, given, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None  # A wrong profile is common: the colours as they stand, then.
        if converted is not None:
            return converted
    return image.convert("RGB")


def _sized(image: Image.Image, width: int, height: int) -> Image.Image:
    """A copy of the pixels alone; resizing would carry the original's metadata along."""
    bare = Image.new("RGB", (width, height))
    if image.size != bare.size:
        image = image.resize(bare.size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    bare.paste(image)
    return bare


def _encoded(image: Image.Image, format_: Format, settings: dict[str, int]) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_.upper(), **settings)
    return buffer.getvalue()


def _dominant_colour(image: Image.Image) -> str:
    """The most frequent of six colours that sum the picture up (median cut)."""
    small = image.resize((48, 48), Image.Resampling.BOX).quantize(6, Image.Quantize.MEDIANCUT)
    counts = small.getcolors() or []
    palette = small.getpalette() or []
    _, index = max((count, index) for count, index in counts if isinstance(index, int))
    red, green, blue = palette[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"
