"""The memory there is: the machine's, or as much of it as the container may have."""

from pathlib import Path

import psutil

# Of the second and the first version of Linux's control groups; in bytes, or "max".
LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def memory_bytes() -> int:
    """The least of what the machine has and what its container is limited to."""
    limits = (_limit(path) for path in LIMITS)
    return min(int(psutil.virtual_memory().total), *(one for one in limits if one), 1 << 50)


def _limit(path: Path) -> int:
    """0 where there is none."""
    try:
        text = path.read_text().strip()
    except OSError:
        return 0
    return int(text) if text.isdecimal() else 0
