"""Tries come closer together at first, then once an hour, and end."""

from datetime import timedelta

from procrastinate.jobs import Job

from comptoir.common.jobs import send_mail_job
from comptoir.common.retries import CappedRetry


def job(attempts: int) -> Job:
    return Job(
        id=1,
        queue="mail",
        lock=None,
        queueing_lock=None,
        task_name="common.send_mail",
        attempts=attempts,
    )


def test_waits_grow_up_to_an_hour() -> None:
    strategy = CappedRetry(max_attempts=100)
    assert [strategy.wait(n) for n in range(7)] == [4, 16, 64, 256, 1024, 3600, 3600]
    assert strategy.wait(99) == 3600


def test_the_last_try_is_the_last() -> None:
    strategy = CappedRetry(max_attempts=2)
    error = ConnectionRefusedError()
    assert strategy.get_retry_decision(exception=error, job=job(1)) is not None
    assert strategy.get_retry_decision(exception=error, job=job(2)) is None


def test_mail_is_tried_for_four_days_and_never_more_than_an_hour_apart() -> None:
    strategy = send_mail_job.retry_strategy
    assert isinstance(strategy, CappedRetry)
    waits = [strategy.wait(n) for n in range(strategy.max_attempts)]
    assert max(waits) == 3600
    assert timedelta(days=3.9) < timedelta(seconds=sum(waits)) < timedelta(days=4.1)
