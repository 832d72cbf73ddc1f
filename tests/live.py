"""The server of browser tests: its threads stay, each with its connection, as the real server's do.

Django's makes a thread and a connection for every connection of the browser; PostgreSQL then spends
more on new processes that know no table and no plan yet than on the pages.
"""

import socket
import threading
from queue import SimpleQueue
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from django.db.backends.base.creation import BaseDatabaseCreation

Call = tuple["socket.socket | tuple[bytes, socket.socket]", Any]


class StayingServer(ThreadedWSGIServer):
    """As many threads as browsers have called at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._calls: SimpleQueue[Call] = SimpleQueue()
        self._idle = threading.Semaphore(0)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._calls.put((request, client_address))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        while True:
            self.process_request_thread(*self._calls.get())
            self._idle.release()

    def _close_connections(self) -> None:
        """They stay."""


def drop(creation: BaseDatabaseCreation, name: str, _verbosity: int) -> None:
    """In the place of ``BaseDatabaseCreation._destroy_test_db``: whoever is still connected."""
    with creation.connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {creation.connection.ops.quote_name(name)} WITH (FORCE)")
