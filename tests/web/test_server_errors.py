"""A database that is away is no fault of the page: 503 and when to come back; other faults: 500."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db


def failing(error: Exception) -> Callable[..., Any]:
    """Stands before every statement, in the place of a database that does not answer it."""

    def statement(*_args: Any) -> Any:
        raise error

    return statement


def ines() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.ines().user)
    return client


@pytest.mark.parametrize("error", [OperationalError("terminating"), InterfaceError("closed")])
@pytest.mark.parametrize("address", ["/", "/settings", "/@nobody", "/nowhere"])
def test_a_database_that_is_away_is_503_and_come_back_soon(error: Exception, address: str) -> None:
    client = ines()
    with connection.execute_wrapper(failing(error)):
        answer = client.get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Réessayez" in answer.content.decode()
    assert client.get("/settings").status_code == 200


def test_a_fault_that_the_database_caused_is_503_too() -> None:
    error = RuntimeError("no feed")
    error.__cause__ = OperationalError("terminating")
    client = ines()
    with connection.execute_wrapper(failing(error)):
        assert client.get("/settings").status_code == 503


def test_any_other_fault_is_500() -> None:
    client = ines()
    with connection.execute_wrapper(failing(ZeroDivisionError("ours"))):
        answer = client.get("/settings")
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers
    assert "cassé" in answer.content.decode()
