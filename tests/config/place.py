"""A real place in a folder of its own: its processes started, asked and stopped from outside."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

OURS = (
    "DATABASE_URL",
    "COMPTOIR_EMBEDDED",
    "COMPTOIR_URL",
    "DJANGO_SETTINGS_MODULE",
    "COMPTOIR_ENV",
)
LEAN = {"COMPTOIR_WEB_PROCESSES": "1", "PYTHONUNBUFFERED": "1"}
PATIENCE = 90.0  # seconds; only a machine that hangs reaches it


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var: Path, port: int, **more: str) -> dict[str, str]:
    """This process's environment without its own database, with a folder and a port."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "COMPTOIR_VAR": str(var), "COMPTOIR_PORT": str(port), **more}


def comptoir(*arguments: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Runs one command to its end."""
    command = [sys.executable, "-m", "comptoir.config.cli", *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@dataclass
class Place:
    process: "subprocess.Popen[str]"
    port: int
    var: Path
    output: Path

    def get(self, path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def wait_until_open(self, patience: float = PATIENCE) -> None:
        wait_for(lambda: "is open" in self.said() or self.process.poll() is not None, patience)
        assert self.process.poll() is None, self.said()

    def is_well(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def children(self, word: str = "") -> list[psutil.Process]:
        """All processes under it whose command holds ``word``."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in found if word in _command(child)]

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    def said(self) -> str:
        return self.output.read_text()


@contextlib.contextmanager
def started(var: Path, port: int, command: str = "run", **more: str) -> Iterator[Place]:
    """``comptoir run`` in ``var`` on ``port``; ended at the end of the block whatever happens."""
    output = var / f"output-{port}"
    with output.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "comptoir.config.cli", command],
            env=environment(var, port, **{**LEAN, **more}),
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    place = Place(process, port, var, output)
    try:
        yield place
    finally:
        if process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                place.stop(signal.SIGTERM)
        if process.poll() is None:
            process.kill()
        process.wait()


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it ended meanwhile, and nobody waited for it yet
        return "(gone)"


def wait_for(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Waits until ``condition()`` is true; fails after ``patience`` seconds."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
