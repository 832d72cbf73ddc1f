"""Pictures as people and shops send them, and as those do who mean harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw

RED, GREEN, BLUE = (200, 30, 40), (30, 160, 60), (40, 60, 190)


def two_halves(width: int = 900, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, with a green square in the upper left corner."""
    image = Image.new("RGB", (width, height), RED)
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height), fill=BLUE)
    draw.rectangle((0, 0, width // 8, height // 8), fill=GREEN)
    return image.convert(mode)


def encoded(image: Image.Image, format_: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()


def jpeg_of_a_phone(orientation: int = 1) -> bytes:
    """A JPEG that says where it was taken, by whom, and which side is up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretPhone"
    exif[0x9286] = "SecretComment"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretPlace</x:xmpmeta>"
    return encoded(two_halves(), "JPEG", exif=exif, xmp=xmp, comment=b"SecretNote")


def png_saying(width: int, height: int, *, pixels: bytes = b"") -> bytes:
    """A PNG whose head claims a size, whatever its pixels hold."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def png_with_swapped_primaries() -> bytes:
    """Plain red, tagged with a profile that calls its reds something else than sRGB does."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    return encoded(Image.new("RGB", (64, 64), RED), "PNG", icc_profile=profile.tobytes())


def gif_of_two_frames() -> bytes:
    frames = [Image.new("RGB", (400, 300), RED), Image.new("RGB", (400, 300), BLUE)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)


SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML_IN_A_GIF = b"GIF89a/*<script>alert(1)</script>*/=1;"
