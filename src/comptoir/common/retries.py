"""When a job that failed is tried again."""

from dataclasses import dataclass

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

BASE = 4
LONGEST = 3600  # seconds


@dataclass(frozen=True, slots=True)
class CappedRetry(BaseRetryStrategy):
    """Waits of 4, 16, 64, 256, 1024 seconds, then an hour each time, ``max_attempts`` in all.

    procrastinate's own exponential wait has no longest one: its tenth is twelve days, and a server
    that came back would wait for most of them.
    """

    max_attempts: int

    def wait(self, attempts: int) -> int:
        """Seconds from a failure to the next try; ``attempts`` is 0 after the first try."""
        seconds: int = min(BASE ** (attempts + 1), LONGEST)
        return seconds

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002 (any fault is tried again)
        if job.attempts >= self.max_attempts:
            return None
        return RetryDecision(retry_in={"seconds": self.wait(job.attempts)})


FOUR_DAYS = CappedRetry(max_attempts=100)
