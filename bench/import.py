# ruff: noqa: N999 - named after what it measures, as every program here
"""How fast a catalogue comes in, without pictures: ``make bench-import ARGS="--rows 100000"``.

A product is a row of the feed, as the formats have it: something with an identifier and a price.
Each file goes into a database of its own, in a process of its own, whose largest resident size is
what is told; the last line of the table has a tenth of the rows, to show that size does not follow
the file's. The figure is that of the slowest file, and of the largest process.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.feed_files import write_rss, write_table

ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one file: rows, product pages made of them, seconds, and the process's largest MB."""

    rows: int
    pages: int
    seconds: float
    again_seconds: float
    idle_mb: float
    peak_mb: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=ROWS, help="products in each file")
    rows = arguments.parse_args().rows
    kinds: list[tuple[str, int, Callable[[Path, int], None]]] = [
        ("CSV with ;, no variants", rows, partial(write_table, delimiter=";", variants=False)),
        ("CSV with ,", rows, partial(write_table, delimiter=",")),
        ("TSV", rows, partial(write_table, delimiter="\t")),
        ("RSS", rows, write_rss),
        ("RSS, a tenth", rows // 10, write_rss),
    ]
    table = Table("file", "rows", "pages", "products/s", "again/s", "idle MB", "peak MB")
    found = []
    for name, count, write in kinds:
        one = _in_a_fresh_database(count, write)
        found.append(one)
        table.add_row(
            name, f"{one.rows:,}", f"{one.pages:,}", f"{one.rate:,.0f}",
            f"{one.rows / one.again_seconds:,.0f}", f"{one.idle_mb:.0f}", f"{one.peak_mb:.0f}",
        )  # fmt: skip
    Console(width=100).print(table)
    slowest = min(one.rate for one in found[:-1])
    largest = max(one.peak_mb for one in found)
    print(json.dumps({"products_per_s": round(slowest), "peak_mb": round(largest, 1)}))


def _in_a_fresh_database(rows: int, write: Callable[[Path, int], None]) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue"
        write(path, rows)
        command = [sys.executable, "-m", "bench.import_once", str(path)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Measured(**json.loads(told.splitlines()[-1]))


if __name__ == "__main__":
    main()
