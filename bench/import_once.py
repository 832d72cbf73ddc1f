"""One import in a process of its own, for ``bench.import``."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import django

from bench.place import bench_database

os.environ["DATABASE_URL"] = bench_database("import", fresh=True)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.config.settings")
django.setup()

from comptoir.catalog.models import ImportRun, Product  # noqa: E402
from comptoir.catalog.services.import_catalogue import import_catalogue  # noqa: E402
from comptoir.config.import_report import ImportBar  # noqa: E402
from comptoir.people.models import Profile  # noqa: E402
from comptoir.shops.models import Shop  # noqa: E402


def main(path: Path) -> None:
    """Imports the file twice and prints what ``bench.import.Measured`` holds, as JSON."""
    profile = Profile.objects.create(kind=Profile.Kind.SHOP, handle="banc", name="Banc d’essai")
    shop = Shop.objects.create(profile=profile, sells="Ce qui se mesure")
    idle_mb = peak_mb()
    first, seconds = timed(shop, path)
    peak = peak_mb()
    second, again_seconds = timed(shop, path)
    if first.created != first.rows_read or second.unchanged != second.rows_read:
        sys.exit(f"not imported whole: {first.refused} refused, {second.updated} updated again")
    measured = {
        "rows": first.rows_read, "pages": Product.objects.count(), "seconds": seconds,
        "again_seconds": again_seconds, "idle_mb": idle_mb, "peak_mb": max(peak, peak_mb()),
    }  # fmt: skip
    print(json.dumps(measured))


def timed(shop: Shop, path: Path) -> tuple[ImportRun, float]:
    """The run and how many seconds it took."""
    begun = time.perf_counter()
    with path.open("rb") as file, ImportBar() as bar:
        run = import_catalogue(
            shop=shop, file=file, file_name=path.name, pictures=False, watch=bar.show
        )
    seconds = time.perf_counter() - begun
    run.refresh_from_db()
    return run, seconds


def peak_mb() -> float:
    """The largest resident size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
