"""The server of browser tests: its threads stay, each with its connection, as the real server's do.

Django's makes a thread and a connection for every connection of the browser; PostgreSQL then spends
more on new processes that know no table and no plan yet than on the pages.
"""

import socket
import threading
from queue import SimpleQueue
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

Call = tuple["socket.socket | tuple[bytes, socket.socket]", Any]


class StayingServer(ThreadedWSGIServer):
    """As many threads as browsers have called at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._calls: SimpleQueue[Call] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._opened: list[BaseDatabaseWrapper] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self._calls.put((request, client_address))
        if not self._idle.acquire(blocking=False):
            threading.Thread(target=self._answer, daemon=True).start()

    def server_close(self) -> None:
        """The database of the tests is dropped next."""
        super().server_close()
        for connection in self._opened:
            connection.inc_thread_sharing()
            connection.close()

    def _answer(self) -> None:
        self._opened += connections.all()
        while True:
            self.process_request_thread(*self._calls.get())
            self._idle.release()

    def _close_connections(self) -> None:
        """They stay."""
