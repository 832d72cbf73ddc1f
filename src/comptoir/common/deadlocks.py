"""Deadlocks are avoided by locking in key order; what still meets one is tried again, unseen."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected, SerializationFailure

Params = ParamSpec("Params")
Result = TypeVar("Result")
TRIES = 5


def retried_on_deadlock(service: Callable[Params, Result]) -> Callable[Params, Result]:
    """Runs the service's transaction again when PostgreSQL chose it to break a deadlock.

    Only the outermost transaction can be run again: within another one, the error passes.
    """

    @functools.wraps(service)
    def tried(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        for _attempt in range(TRIES - 1):
            try:
                return service(*args, **kwargs)
            except OperationalError as error:
                again = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
                if not again or connection.in_atomic_block:
                    raise
        return service(*args, **kwargs)

    return tried
