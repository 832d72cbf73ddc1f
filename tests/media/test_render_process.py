"""Rendering apart: the same result, and bounds that hold whatever the picture (line 27)."""

from __future__ import annotations

import sys
import tempfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from comptoir.media import render_process
from comptoir.media.render_process import render_guarded
from comptoir.media.rendering import MAX_BYTES, UnreadablePicture, render
from tests.media.samples import SVG, encoded, jpeg_of_a_phone, png_saying


def test_the_result_is_the_same_as_in_this_process() -> None:
    content = jpeg_of_a_phone(6)
    assert render_guarded(content) == render(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [(SVG, "not_a_picture"), (b"", "not_a_picture"), (b"x" * (MAX_BYTES + 1), "too_many_bytes")],
)
def test_refusals_come_back_with_their_reason(content: bytes, code: str) -> None:
    with pytest.raises(UnreadablePicture) as refusal:
        render_guarded(content)
    assert refusal.value.code == code


def bomb() -> bytes:
    """150 MB of pixels in 150 kB, as large as is let in at all."""
    rows = zlib.compressobj(9)
    row = bytes(1 + 3 * 10_000)
    packed = b"".join(rows.compress(row) for _ in range(5000)) + rows.flush()
    return png_saying(10_000, 5000, pixels=packed)


def test_a_bomb_of_the_largest_size_taken_stays_within_its_memory() -> None:
    content = bomb()
    assert len(content) < 200_000
    rendered = render_guarded(content)
    assert (rendered.width, rendered.height) == (10_000, 5000)


@pytest.mark.parametrize(
    ("bound", "value"), [("MEMORY_BYTES", 150_000_000), ("WALL_SECONDS", 0.05)]
)
def test_a_picture_that_asks_too_much_is_given_up(
    monkeypatch: pytest.MonkeyPatch, bound: str, value: float
) -> None:
    monkeypatch.setattr(render_process, bound, value)
    with pytest.raises(UnreadablePicture) as refusal:
        render_guarded(bomb())
    assert refusal.value.code == "too_demanding"


def test_a_picture_that_takes_the_processor_too_long_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render_process, "CPU_SECONDS", 1)
    tall_noise = Image.effect_noise((1280, 9000), 120).convert("RGB")
    with pytest.raises(UnreadablePicture) as refusal:
        render_guarded(encoded(tall_noise, "JPEG"))
    assert refusal.value.code == "too_demanding"


def test_a_crashed_decoder_counts_as_a_damaged_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    crash = "#!/bin/sh\nkill -SEGV $$\n"
    with pytest.raises(UnreadablePicture) as refusal:
        _render_with(monkeypatch, crash)
    assert refusal.value.code == "damaged"


def test_a_process_that_cannot_start_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="no such module"):
        _render_with(monkeypatch, "#!/bin/sh\ncat >/dev/null\necho no such module >&2\nexit 1\n")


def _render_with(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "python"
        program.write_text(script)
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        render_guarded(b"x")
