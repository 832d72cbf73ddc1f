"""The town's pictures, drawn and rendered in parallel processes."""

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

from comptoir.demo.drawing import (
    Face,
    Front,
    Look,
    Scene,
    draw_avatar,
    draw_banner,
    draw_emblem,
    draw_product,
    draw_scene,
)
from comptoir.demo.records import Town
from comptoir.media.rendering import Rendered, render


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to make: `key` names it, `part` (of the full width) says how large."""

    key: str
    subject: Face | Look | Scene | Front
    banner: bool = False
    part: float = 1


def drawings(town: Town, part: float) -> list[Drawing]:
    """Every picture of the town, the slow ones first so that no process ends long after others.

    `part` is the width of products and photos, 1 for 1200 pixels.
    """
    return [
        *(Drawing(f"post:{p.key}", p.scene, part=part) for p in town.posts if p.scene is not None),
        *(Drawing(f"product:{p.ref}", p.look, part=part) for p in town.products.values()),
        *(Drawing(f"banner:{s.handle}", s.front, banner=True, part=part) for s in town.shops),
        *(Drawing(f"sign:{s.handle}", s.front) for s in town.shops),
        *(Drawing(f"person:{p.handle}", p.face) for p in town.people),
    ]


def drawn(wanted: Drawing) -> bytes:
    """The picture as PNG."""
    width = round(1200 * wanted.part)
    if isinstance(wanted.subject, Look):
        return draw_product(wanted.subject, width)
    if isinstance(wanted.subject, Scene):
        return draw_scene(wanted.subject, width)
    if isinstance(wanted.subject, Face):
        return draw_avatar(wanted.subject, 480)
    if wanted.banner:
        return draw_banner(wanted.subject, round(1600 * wanted.part))
    return draw_emblem(wanted.subject, 480)


def rendered(wanted: Sequence[Drawing]) -> Iterator[tuple[str, Rendered]]:
    """Each picture's key and renditions as they become ready, one process a core."""
    # Not forked: the parent holds a database connection and threads.
    context = multiprocessing.get_context("spawn")
    workers = min(os.cpu_count() or 1, 8)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_quiet) as pool:
        waiting = [pool.submit(_make, one) for one in wanted]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _quiet() -> None:
    # Ctrl-C reaches the whole group; the parent ends its pool itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _make(wanted: Drawing) -> tuple[str, Rendered]:
    return wanted.key, render(drawn(wanted), quick=True)
