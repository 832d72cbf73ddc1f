"""How much room an outline takes, read from its `d`.

The renderer makes a layer as large as what is clipped, so shading must not reach far beyond
the thing shaded: knowing the extent makes a picture a hundred times faster to render.
"""

import re
from functools import lru_cache

_TOKEN = re.compile(r"[MLCAHVZmlcahvz]|-?\d+\.?\d*")
_TAKES = {"M": 2, "L": 2, "C": 6, "A": 7, "H": 1, "V": 1, "Z": 0}

Extent = tuple[float, float, float, float]


def _grow(spans: list[float], x: float, y: float, rx: float = 0, ry: float = 0) -> None:
    spans[0], spans[1] = min(spans[0], x - rx), min(spans[1], y - ry)
    spans[2], spans[3] = max(spans[2], x + rx), max(spans[3], y + ry)


def _step(
    command: str, values: list[float], at: tuple[float, float], spans: list[float]
) -> tuple[float, float]:
    x, y = at
    home_x, home_y = (x, y) if command.islower() else (0.0, 0.0)
    kind = command.upper()
    if kind == "H":
        x = home_x + values[0]
    elif kind == "V":
        y = home_y + values[0]
    elif kind == "C":
        for i in (0, 2, 4):
            x, y = home_x + values[i], home_y + values[i + 1]
            _grow(spans, x, y)
    elif kind == "A":
        end = home_x + values[5], home_y + values[6]
        _grow(spans, (x + end[0]) / 2, (y + end[1]) / 2, values[0], values[1])
        x, y = end
    elif kind in "ML":
        x, y = home_x + values[0], home_y + values[1]
    _grow(spans, x, y)
    return x, y


@lru_cache(maxsize=4096)
def extent(d: str) -> Extent:
    """Left, top, right and bottom of a box that holds the whole outline (never too small)."""
    spans = [1e9, 1e9, -1e9, -1e9]
    at, command, values = (0.0, 0.0), "M", list[float]()
    for token in _TOKEN.findall(d):
        if token.isalpha():
            command = token
            continue
        values.append(float(token))
        if len(values) == _TAKES[command.upper()]:
            at = _step(command, values, at, spans)
            values = []
            command = {"M": "L", "m": "l"}.get(command, command)
    return spans[0], spans[1], spans[2], spans[3]
