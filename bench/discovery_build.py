"""Builds the ranking's snapshot of ``DATABASE_URL``: ``python -m bench.discovery_build``.

As ``comptoir`` itself makes it; ``cpu_s`` is what this process worked, without the database.
"""

import json
import resource
import time

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.discovery.live.renewal import renew


def main() -> None:
    begun = time.perf_counter()
    made = renew()
    figures = {
        "build_s": round(time.perf_counter() - begun, 1),
        "cpu_s": round(time.process_time(), 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
        "acts": made.acts,
        "bytes": made.bytes,
        "folder": str(made.folder),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
