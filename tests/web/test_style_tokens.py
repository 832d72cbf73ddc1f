"""Every text pair of the design tokens passes WCAG AA, in the light and in the dark theme."""

import re
from itertools import product

import pytest

from comptoir.config.paths import PACKAGE

TOKENS = (PACKAGE / "web/static/css/tokens.css").read_text()
HEX_PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
COLOURS = {name: (light, dark) for name, light, dark in HEX_PAIR.findall(TOKENS)}
THEMES = {"light": 0, "dark": 1}
AA_TEXT = 4.5
AA_EDGE = 3.0

TEXT = [
    *product(("ink", "soft", "accent", "second", "ochre"), ("paper", "raised", "sunken")),
    *product(["ink"], ["accent-wash", "second-wash", "ochre-wash"]),
    *product(["ink"], [f"tint-{n}" for n in range(6)]),
    ("accent", "accent-wash"),
    ("accent-deep", "accent-wash"),
    ("second", "second-wash"),
    ("ochre", "ochre-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-second", "second"),
    ("paper", "ink"),
]
EDGES = [*product(("edge", "accent", "second"), ("paper", "raised", "sunken"))]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(ink: str, ground: str, theme: str) -> None:
    found = contrast(COLOURS[ink][THEMES[theme]], COLOURS[ground][THEMES[theme]])
    assert found >= AA_TEXT, f"{ink} on {ground}, {theme}: {found:.2f}"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(edge: str, ground: str, theme: str) -> None:
    found = contrast(COLOURS[edge][THEMES[theme]], COLOURS[ground][THEMES[theme]])
    assert found >= AA_EDGE, f"{edge} on {ground}, {theme}: {found:.2f}"


def test_no_component_brings_a_colour_of_its_own() -> None:
    """Drawings may: the street, the mark, points on photos; paper when printing; the bank."""
    drawings = {
        "bank.css", "post.css", "print.css", "shell.css", "street.css", "tag.css", "tokens.css",
    }  # fmt: skip
    sheets = [s for s in (PACKAGE / "web/static/css").glob("*.css") if s.name not in drawings]
    found = {s.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", s.read_text()) for s in sheets}
    assert {name: colours for name, colours in found.items() if colours} == {}
