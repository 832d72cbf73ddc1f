"""The drawn turnover: thirty bars in one SVG; the table behind it holds the same figures."""

from dataclasses import dataclass

from comptoir.sales.figures import DayFigure, Turnover

HEIGHT = 120
PITCH = 20
WIDTH = 13
LEAST = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar, in the drawing's units; its foot stands at ``HEIGHT``."""

    figure: DayFigure
    x: int
    y: int
    width: int
    height: int


def bars_of(turnover: Turnover) -> list[Bar]:
    """A bar a day; the best day fills the height, a day with a sale is never invisible."""
    best = max(turnover.best_minor, 1)
    bars = []
    for n, figure in enumerate(turnover.days):
        high = HEIGHT * figure.turnover_minor // best
        height = max(high, LEAST) if figure.turnover_minor else 0
        bars.append(Bar(figure, n * PITCH, HEIGHT - height, WIDTH, height))
    return bars
