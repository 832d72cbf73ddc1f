"""From SVG markup to PNG bytes."""

import resvg_py


def framed(content: str, width: int, height: int, shadow: str = "") -> str:
    """A whole SVG document around the marks."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><defs>{shadow}</defs>{content}</svg>'
    )


def png(svg: str, width: int | None = None) -> bytes:
    """The document rendered to PNG, at its own size or scaled to `width` pixels.

    Raises ValueError when the markup is not valid SVG. No font is ever looked up.
    """
    return resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
