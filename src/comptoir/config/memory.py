"""The memory there is: the machine's, or as much of it as the container may have."""

from collections.abc import Iterator
from pathlib import Path

import psutil

# Of the second and the first version of Linux's control groups; in bytes, or "max".
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def memory_bytes() -> int:
    """The least of what the machine has and what its container is limited to."""
    return min([int(psutil.virtual_memory().total), *_limits()])


def _limits() -> Iterator[int]:
    for path in LIMITS:
        try:
            text = path.read_text().strip()
        except OSError:
            continue
        if text.isdecimal():
            yield int(text)
