"""Builds the ranking's snapshot of ``DATABASE_URL``: ``python -m bench.discovery_build``."""

import json
import resource
import time
from pathlib import Path

from django.conf import settings

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.discovery.live import build, snapshot


def main() -> None:
    begun = time.perf_counter()
    made = build.from_database()
    read = time.perf_counter() - begun
    folder = snapshot.write(made, Path(settings.SNAPSHOT_ROOT))
    print(
        json.dumps(
            {
                "build_s": round(time.perf_counter() - begun, 1),
                "write_s": round(time.perf_counter() - begun - read, 1),
                "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
                "acts": len(made.acts.to),
                "bytes": sum(path.stat().st_size for path in folder.iterdir()),
                "folder": str(folder),
            }
        )
    )


if __name__ == "__main__":
    main()
