"""``comptoir run``: prepares, starts the web server and the worker, and keeps them running."""

import http.client
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from types import FrameType

from django.conf import settings

from comptoir.config import embedded, web_server
from comptoir.config.paths import var_dir
from comptoir.config.processes import Child, stop_all
from comptoir.config.progress import console

FIRST_ANSWER_SECONDS = 60.0
GIVE_UP_AFTER = 4  # deaths in a row before the first answer
MOST_OF_HEALTH = 10_000  # bytes


def children() -> list[Child]:
    """The processes of a place, in the order in which they start and stop."""
    return [
        Child("web", [sys.executable, "-m", "comptoir.config.web_server"]),
        Child("worker", [sys.executable, "-m", "comptoir.config.cli", "worker"], grace=25.0),
    ]


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int, timeout: float = 2.0) -> bool:
    """Whether a Comptoir that is well answers there."""
    return _health(host, port, timeout) == 200


def is_taken_by_us(host: str, port: int, timeout: float = 5.0) -> bool:
    """Whether a Comptoir answers there, one too whose database is away for the moment."""
    return _health(host, port, timeout) in {200, 503}


def _health(host: str, port: int, timeout: float) -> int:
    """The status of its ``/healthz``; 0: nothing answers there, or not a Comptoir."""
    name = settings.ALLOWED_HOSTS[0] if settings.configured else host
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        answer = connection.getresponse()
        told = json.loads(answer.read(MOST_OF_HEALTH))
        return answer.status if isinstance(told, dict) and "database" in told else 0
    except (OSError, ValueError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


class Supervisor:
    """Runs ``children`` until SIGINT, SIGTERM or SIGHUP; a second signal does not wait."""

    def __init__(self, children: Sequence[Child], *, embedded_database: bool) -> None:
        self._children = children
        self._embedded_database = embedded_database
        self._signals = 0

    def run(self, welcome: str) -> int:
        """Prints ``welcome`` once the pages answer; returns the status to exit with."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        host, port = reachable_host(), web_server.port()
        begun, ready, looked = time.monotonic(), False, 0.0
        try:
            while not self._signals:
                self._tick()
                if not ready and answers(host, port, timeout=1.0):
                    ready = True
                    console.print(welcome)
                if not ready and self._hopeless(begun):
                    console.print(
                        "[red]The pages do not start.[/red] `comptoir doctor` may say why."
                    )
                    return 1
                if self._embedded_database and time.monotonic() - looked > 1:
                    looked = time.monotonic()
                    self._look_after_database()
                time.sleep(0.1)
            return 0
        finally:
            console.print("Stopping …")
            stop_all(self._children, in_a_hurry=lambda: self._signals > 1)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1

    def _tick(self) -> None:
        for child in self._children:
            if told := child.look_after():
                console.print(f"[yellow]{told}[/yellow]")

    def _hopeless(self, begun: float) -> bool:
        late = time.monotonic() - begun > FIRST_ANSWER_SECONDS
        return late or any(child.deaths >= GIVE_UP_AFTER for child in self._children)

    def _look_after_database(self) -> None:
        folder = var_dir() / "postgres"
        if embedded.is_running(folder):
            return
        console.print("[yellow]The database ended; starting it again.[/yellow]")
        try:
            embedded.restart(folder)
        except (RuntimeError, OSError) as error:
            console.print(f"[red]{error}[/red]")


def reachable_host() -> str:
    """Where this machine reaches its own web server."""
    given = web_server.address()
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(given, given)  # noqa: S104 (compared only)


def refuse_taken_port() -> None:
    """Ends the program with a clear message when the port is taken."""
    host, port = web_server.address(), web_server.port()
    if port_is_free(host, port):
        return
    if is_taken_by_us(reachable_host(), port):
        sys.exit(f"Comptoir already runs on port {port}: {settings.PUBLIC_URL}")
    sys.exit(
        f"Port {port} is taken by another program. Stop it, or choose another port:\n"
        f"  COMPTOIR_PORT={port + 1} comptoir {' '.join(sys.argv[1:]) or 'run'}"
    )


def supervise(welcome: str) -> int:
    """Serves the prepared place until told to stop; returns the status to exit with."""
    given = os.environ.get("COMPTOIR_EMBEDDED") == "1"
    return Supervisor(children(), embedded_database=given).run(welcome)
