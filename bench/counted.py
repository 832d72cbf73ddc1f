"""The site with the number of SQL statements of each answer in the header ``X-Queries``."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection

site = get_wsgi_application()
Headers = list[tuple[str, str]]


def application(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    count = 0

    def executed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    def started(status: str, headers: Headers, *more: Any) -> Any:
        return start(status, [*headers, ("X-Queries", str(count))], *more)

    with connection.execute_wrapper(executed):
        answer: Iterable[bytes] = site(environ, started)
    return answer
