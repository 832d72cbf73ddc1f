"""What the operator's first page shows, gathered from the domains."""

import platform
from dataclasses import dataclass
from importlib.metadata import version

from comptoir.catalog.census import product_census
from comptoir.common.figures import (
    DatabaseFigure,
    FailedJob,
    QueueFigure,
    database_figure,
    failed_jobs,
    queue_figures,
)
from comptoir.common.outbox import backlog
from comptoir.discovery.live.engine import ENGINE, NO_SNAPSHOT, Condition
from comptoir.people.census import ProfileCounts, profile_counts
from comptoir.posts.census import post_census
from comptoir.sales.census import last_ledger_check, mismatched_payments, order_census
from comptoir.sales.models import LedgerCheck

PARTS = ("comptoir", "django", "granian", "procrastinate", "psycopg", "pillow")


@dataclass(frozen=True, slots=True)
class Figures:
    """``outbox`` counts events waiting and parked; ``orders`` counts by status;
    ``mismatched`` counts payments of another amount than asked; ``ledger`` is the last check of the
    payment logs; ``ranking`` is what it rests on."""

    outbox: dict[str, int]
    queues: list[QueueFigure]
    failed: list[FailedJob]
    database: DatabaseFigure
    profiles: ProfileCounts
    products: int
    posts: int
    orders: dict[str, int]
    mismatched: int
    ledger: LedgerCheck | None
    ranking: Condition
    versions: list[tuple[str, str]]

    @property
    def snapshot_fault(self) -> str:
        """Why ranking does without its snapshot; '' where it has one, or is too small for one."""
        none_yet = self.ranking.base == "database" and self.ranking.fault == NO_SNAPSHOT
        return "" if none_yet else self.ranking.fault

    @property
    def well(self) -> bool:
        """Nothing needs the operator's hand."""
        failed = any(queue.failed for queue in self.queues)
        broken = self.ledger is not None and self.ledger.fault
        return not (self.outbox["parked"] or failed or self.mismatched or broken)


def figures() -> Figures:
    """All of them, as they are now."""
    return Figures(
        outbox=backlog(),
        queues=queue_figures(),
        failed=failed_jobs(),
        database=database_figure(),
        profiles=profile_counts(),
        products=product_census(),
        posts=post_census(),
        orders=order_census(),
        mismatched=mismatched_payments(),
        ledger=last_ledger_check(),
        ranking=ENGINE.condition(),
        versions=[("python", platform.python_version()), *((p, version(p)) for p in PARTS)],
    )
