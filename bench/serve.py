"""Serves a WSGI target as the site is served: ``python -m bench.serve MODULE:APPLICATION``."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import psutil
from granian.constants import Interfaces

from comptoir.config.processes import die_with_parent
from comptoir.config.web_server import server

SITE = "comptoir.config.wsgi:application"
COUNTED = "bench.counted:application"  # the same, with the number of statements in a header


@dataclass(frozen=True, slots=True)
class Serving:
    port: int
    process: "subprocess.Popen[bytes]"

    def cpu_seconds(self) -> float:
        """Processor time that its processes have taken, whatever else the machine does."""
        family = psutil.Process(self.process.pid)
        times = [p.cpu_times() for p in [family, *family.children(recursive=True)]]
        return sum(taken.user + taken.system for taken in times)

    def memory_mb(self) -> float:
        """Resident memory of its processes, what they share counted once each."""
        family = psutil.Process(self.process.pid)
        rss = [p.memory_info().rss for p in [family, *family.children(recursive=True)]]
        return sum(rss) / 1e6


@contextlib.contextmanager
def serving(
    target: str, url: str, environment: Mapping[str, str] | None = None, interface: str = "wsgi"
) -> Iterator[Serving]:
    """The target on a free port over that database, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "DATABASE_URL": url, "COMPTOIR_PORT": str(port)}
    env |= {"DJANGO_SETTINGS_MODULE": "bench.settings", **(environment or {})}
    command = [sys.executable, "-m", "bench.serve", target, interface]
    process = subprocess.Popen(command, env=env)
    try:
        _wait(port, process)
        yield Serving(port, process)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError("the server to measure does not start")


if __name__ == "__main__":
    die_with_parent()
    server(sys.argv[1], Interfaces(sys.argv[2])).serve()
