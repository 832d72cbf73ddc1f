"""Builds the ranking's snapshot of ``DATABASE_URL``: ``python -m bench.discovery_build``.

As ``comptoir`` itself makes it; ``cpu_s`` is what this process worked, without the database. With
``--keep`` the snapshot that is there is not made again, if it can be read.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.discovery.live import snapshot
from comptoir.discovery.live.build import identity
from comptoir.discovery.live.renewal import renew

Figures = dict[str, Any]


def made() -> Figures:
    begun = time.perf_counter()
    one = renew()
    return {
        "build_s": round(time.perf_counter() - begun, 1),
        "cpu_s": round(time.process_time(), 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "acts": one.acts,
        "bytes": one.bytes,
    }


def kept() -> Figures | None:
    """The current snapshot and how long it took when it was made; ``None`` if there is none."""
    folder = snapshot.current(Path(settings.SNAPSHOT_ROOT))
    if folder is None:
        return None
    try:
        found = snapshot.read(folder, identity())
        _, _, seconds = snapshot.age_of(folder, identity())
    except snapshot.SnapshotUnreadable:
        return None
    return {"build_s": seconds, "acts": len(found.acts.to), "bytes": found.bytes, "kept": True}


if __name__ == "__main__":
    print(json.dumps(("--keep" in sys.argv and kept()) or made()))
