"""What a long start shows: one line a step, with a bar while it runs on a terminal."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

Advance = Callable[[int, int | None], None]  # done so far, total (None: not known)

console = Console(highlight=False)


@contextmanager
def step(label: str) -> Iterator[Advance]:
    """A step of the start; call what it yields with ``(done, total)`` to move the bar.

    A step shorter than a fifth of a second leaves no line.
    """
    begun = time.monotonic()
    columns = (TextColumn("  {task.description}"), BarColumn(24), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as p:
        task = p.add_task(label, total=None)
        yield lambda done, total: p.update(task, completed=done, total=total)
    taken = time.monotonic() - begun
    if taken > 0.2:
        console.print(f"  ✓ {label} [dim]({taken:.1f} s)[/dim]")
