"""Rendering in a process of its own, with its own bounds on memory and time.

A decoder that is led astray by a hostile file takes down neither a web thread nor the worker: its
process is refused more memory, or ended, and the picture counts as unreadable.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from comptoir.media.rendering import MAX_BYTES, Rendered, UnreadablePicture, render

MEMORY_BYTES: Final = 1_500_000_000
CPU_SECONDS: Final = 25
WALL_SECONDS: Final = 60

_SOURCE_ROOT = Path(__file__).resolve().parents[2]
_BOUND_MET = {-signal.SIGKILL, -signal.SIGXCPU}
# How many pictures one web or worker process renders at a time; the others wait their turn.
_places = threading.BoundedSemaphore(2)


class Busy(Exception):
    """No place to render came free in time."""


def render_guarded(content: bytes, *, patience: float | None = None) -> Rendered:
    """Does ``render`` in a bounded process: 1.5 GB of address space, 25 s of processor, 60 s.

    ``patience`` is how many seconds it waits for its turn (``None``: as long as it takes).

    Raises Busy when its turn did not come; UnreadablePicture, with ``too_demanding`` when a bound
    was met; RuntimeError when the process did not work at all, never the picture's fault.
    """
    if len(content) > MAX_BYTES:
        raise UnreadablePicture("too_many_bytes")
    bounds = [str(MEMORY_BYTES), str(CPU_SECONDS)]
    command = [sys.executable, "-P", "-m", "comptoir.media.render_process", *bounds]
    if not _places.acquire(timeout=patience):
        raise Busy
    try:
        child = _run(command, content)
    finally:
        _places.release()
    if child.returncode in _BOUND_MET:
        raise UnreadablePicture("too_demanding")
    if child.returncode < 0:  # The decoder crashed.
        raise UnreadablePicture("damaged")
    if child.returncode:
        raise RuntimeError(child.stderr[-2000:].decode(errors="replace"))
    return _unpacked(child.stdout)


def _run(command: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env={"PYTHONPATH": str(_SOURCE_ROOT)},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadablePicture("too_demanding") from error


def _packed(rendered: Rendered) -> bytes:
    """One line of JSON, then the files one after the other."""
    head = {
        "sha256": rendered.sha256,
        "width": rendered.width,
        "height": rendered.height,
        "colour": rendered.colour,
        "files": [[name, len(content)] for name, content in rendered.files.items()],
    }
    return json.dumps(head).encode() + b"\n" + b"".join(rendered.files.values())


def _unpacked(output: bytes) -> Rendered:
    line, _, rest = output.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise UnreadablePicture(head["refused"])
    files: dict[str, bytes] = {}
    start = 0
    for name, size in head["files"]:
        files[name] = rest[start : start + size]
        start += size
    return Rendered(head["sha256"], head["width"], head["height"], head["colour"], files)


def main() -> None:
    """The child: a picture on standard input, ``_packed`` renditions on standard output.

    Its arguments are the bounds: bytes of address space, seconds of processor.
    """
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(5)
    try:
        output = _packed(render(sys.stdin.buffer.read()))
    except UnreadablePicture as refusal:
        output = json.dumps({"refused": refusal.code}).encode() + b"\n"
    except MemoryError:
        output = json.dumps({"refused": "too_demanding"}).encode() + b"\n"
    sys.stdout.buffer.write(output)


if __name__ == "__main__":
    main()
