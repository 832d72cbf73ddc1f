"""What becomes of a picture, and which are refused (survival lines 23 and 27)."""

from __future__ import annotations

import hashlib
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from comptoir.media.rendering import MAX_BYTES, Rendered, UnreadablePicture, render
from comptoir.media.renditions import widths_for
from tests.media.samples import (
    BLUE,
    GREEN,
    HTML_IN_A_GIF,
    RED,
    SVG,
    encoded,
    gif_of_two_frames,
    jpeg_of_a_phone,
    png_saying,
    png_with_swapped_primaries,
    two_halves,
)


def opened(rendered: Rendered, ending: str) -> Image.Image:
    (content,) = [content for name, content in rendered.files.items() if name.endswith(ending)]
    return Image.open(io.BytesIO(content))


def close_to(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(found - wanted) < 24 for found, wanted in zip(pixel, colour, strict=True))


def test_renditions_are_named_by_content_and_never_enlarged() -> None:
    content = encoded(two_halves(900, 600))
    rendered = render(content)
    digest = hashlib.sha256(content).hexdigest()
    assert (rendered.sha256, rendered.width, rendered.height) == (digest, 900, 600)
    assert set(rendered.files) == {
        f"{digest[:2]}/{digest[2:]}-{width}.{format_}"
        for width in (320, 640, 900)
        for format_ in ("avif", "webp")
    }
    for ending, size in (("-320.avif", (320, 213)), ("-900.webp", (900, 600))):
        image = opened(rendered, ending)
        assert (image.format, image.size) == (ending[-4:].upper(), size)
        assert close_to(image.convert("RGB").getpixel((size[0] * 3 // 4, size[1] // 2)), BLUE)


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, (1,)),
        (320, (320,)),
        (321, (320, 321)),
        (1279, (320, 640, 1279)),
        (1280, (320, 640, 1280)),
        (9000, (320, 640, 1280)),
    ],
)
def test_widths_follow_from_the_originals(width: int, widths: tuple[int, ...]) -> None:
    assert widths_for(width) == widths


@pytest.mark.parametrize(
    ("format_", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("WEBP", "RGB"),
        ("AVIF", "RGB"),
        ("GIF", "RGB"),
    ],
)
def test_every_kind_we_take_keeps_its_colours(format_: str, mode: str) -> None:
    rendered = render(encoded(two_halves(500, 400, mode), format_))
    image = opened(rendered, "-500.webp").convert("RGB")
    assert close_to(image.getpixel((100, 300)), RED)
    assert close_to(image.getpixel((400, 300)), BLUE)


@pytest.mark.parametrize("mode", ["L", "1", "I;16", "LA"])
def test_shades_of_grey_stay_grey(mode: str) -> None:
    grey = Image.new("I;16", (40, 40), 0x8000) if mode == "I;16" else Image.new("L", (40, 40), 128)
    image = opened(render(encoded(grey if mode == "I;16" else grey.convert(mode))), "-40.webp")
    shade = image.convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(shade, int | float)
    assert 110 < shade < 146


def test_what_shines_through_lies_on_white() -> None:
    image = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 50, 100))
    rendered = render(encoded(image))
    seen = opened(rendered, "-100.avif")
    assert seen.mode == "RGB"
    assert close_to(seen.getpixel((80, 50)), (255, 255, 255))
    assert close_to(seen.getpixel((20, 50)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_stand_upright(orientation: int) -> None:
    """Where the green corner of the stored pixels is seen, by EXIF 2.3 table 6."""
    sideways = orientation >= 5
    rendered = render(jpeg_of_a_phone(orientation))
    assert (rendered.width, rendered.height) == ((600, 900) if sideways else (900, 600))
    top_left, top_right, bottom_left, bottom_right = (0, 0), (1, 0), (0, 1), (1, 1)
    upright = [top_left, top_right, bottom_right, bottom_left]
    corner = (upright * 2)[orientation - 1]
    image = opened(rendered, "-320.webp").convert("RGB")
    place = tuple(
        5 if side == 0 else extent - 6 for side, extent in zip(corner, image.size, strict=True)
    )
    assert close_to(image.getpixel((place[0], place[1])), GREEN)


def test_nothing_tells_where_or_by_whom_it_was_taken() -> None:
    rendered = render(jpeg_of_a_phone(6))
    for content in rendered.files.values():
        image = Image.open(io.BytesIO(content))
        image.load()
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert b"Secret" not in content
        assert b"Exif" not in content


def test_profiles_are_applied_not_kept() -> None:
    rendered = render(png_with_swapped_primaries())
    assert "icc_profile" not in opened(rendered, "-64.webp").info
    unreadable = encoded(Image.new("RGB", (64, 64), RED), "PNG", icc_profile=b"not a profile")
    assert close_to(opened(render(unreadable), "-64.webp").getpixel((9, 9)), RED)


def test_the_dominant_colour_is_the_one_most_seen() -> None:
    image = two_halves()
    image.paste(BLUE, (300, 0, 900, 600))
    red, green, blue = bytes.fromhex(render(encoded(image)).colour[1:])
    assert close_to((red, green, blue), BLUE)


def test_an_animation_gives_its_first_frame() -> None:
    rendered = render(gif_of_two_frames())
    image = opened(rendered, "-400.webp")
    assert getattr(image, "n_frames", 1) == 1
    assert close_to(image.convert("RGB").getpixel((50, 50)), RED)


@pytest.mark.parametrize("size", [(1, 1), (1000, 1), (1, 1000), (1281, 3)])
def test_very_thin_pictures_are_still_pictures(size: tuple[int, int]) -> None:
    rendered = render(encoded(Image.new("RGB", size, RED)))
    assert (rendered.width, rendered.height) == size
    for content in rendered.files.values():
        image = Image.open(io.BytesIO(content))
        image.load()
        assert min(image.size) >= 1


def test_the_same_bytes_give_the_same_files() -> None:
    content = jpeg_of_a_phone()
    assert render(content) == render(content)


BMP = encoded(Image.new("RGB", (4, 4)), "BMP")
TIFF = encoded(Image.new("RGB", (4, 4)), "TIFF")
WHOLE_JPEG = jpeg_of_a_phone()
WHOLE_PNG = encoded(two_halves())
WOUNDABLE = {
    kind: encoded(two_halves(24, 16), kind) for kind in ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_a_picture"),
        (b"\x00" * 500, "not_a_picture"),
        (SVG, "not_a_picture"),
        (b"GIF89a", "not_a_picture"),
        (b"%PDF-1.7\n%%EOF", "not_a_picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not_a_picture"),
        (BMP, "not_a_picture"),
        (TIFF, "not_a_picture"),
        (HTML_IN_A_GIF, "not_a_picture"),
        (WHOLE_JPEG[: len(WHOLE_JPEG) // 2], "damaged"),
        (WHOLE_PNG[: len(WHOLE_PNG) // 2], "damaged"),
        (png_saying(100, 100, pixels=zlib.compress(b"too few")), "damaged"),
        (png_saying(100, 100, pixels=b"not compressed"), "damaged"),
        (png_saying(50_000, 1001), "too_many_pixels"),
        (png_saying(2**31 - 1, 2**31 - 1), "too_many_pixels"),
        (encoded(Image.new("L", (10, 20_000))), "too_long"),
        (b"\xff\xd8\xff" + b"x" * MAX_BYTES, "too_many_bytes"),
    ],
)
def test_what_is_no_fit_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(UnreadablePicture) as refusal:
        render(content)
    assert refusal.value.code == code


@pytest.mark.parametrize("tail", [SVG, b"PK\x03\x04" + b"z" * 99, b"<?php system('id');?>"])
def test_what_hides_behind_a_picture_is_left_behind(tail: bytes) -> None:
    rendered = render(WHOLE_JPEG + tail)
    assert all(tail not in content for content in rendered.files.values())
    assert all(
        content.startswith(b"RIFF") or content[4:8] == b"ftyp"
        for content in rendered.files.values()
    )


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP", "AVIF", "GIF"]),
    wounds=st.lists(
        st.tuples(st.floats(0, 0.999, exclude_max=True), st.integers(0, 255)),
        min_size=1,
        max_size=3,
    ),
    cut=st.one_of(st.just(1.0), st.floats(0.1, 1)),
)
def test_a_wounded_file_is_a_picture_or_refused(
    kind: str, wounds: list[tuple[float, int]], cut: float
) -> None:
    content = bytearray(WOUNDABLE[kind])
    for place, value in wounds:
        content[int(place * len(content))] = value
    try:
        rendered = render(bytes(content[: int(cut * len(content)) + 1]))
    except UnreadablePicture:
        return
    assert rendered.files
