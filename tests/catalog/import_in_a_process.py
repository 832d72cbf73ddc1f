"""An import in a process of its own, that waits for a line before each step so it can be killed.

``python -m tests.catalog.import_in_a_process SHOP_ID FILE BATCH_ROWS`` prints ``status done`` each
time its counts move, and goes on when it reads a line.
"""

import sys
from pathlib import Path

import django

django.setup()

from comptoir.catalog.models import ImportRun  # noqa: E402
from comptoir.catalog.services import import_catalogue, import_plan  # noqa: E402
from comptoir.shops.models import Shop  # noqa: E402


def step(run: ImportRun) -> None:
    print(run.status, run.created + run.updated + run.withdrawn, flush=True)
    sys.stdin.readline()


def main(shop_id: str, path: str, batch_rows: str) -> None:
    import_plan.BATCH_ROWS = int(batch_rows)
    with Path(path).open("rb") as file:
        import_catalogue.import_catalogue(
            shop=Shop.objects.get(pk=int(shop_id)), file=file, file_name="n.csv", pictures=False,
            watch=step,
        )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
