"""Child processes: started again when they die, stopped in good order, never left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

BACKOFF = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before the n-th start again
STEADY_SECONDS = 30.0  # one that lived this long starts again at once
_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Asks Linux to end this process when the one that started it is gone, however it went."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it went before we asked
        os.kill(os.getpid(), signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """A command that should be running; ``grace`` seconds are given to stop it."""

    name: str
    command: Sequence[str]
    grace: float = 20.0
    process: "subprocess.Popen[bytes] | None" = None
    deaths: int = 0
    _started_at: float = 0.0
    _not_before: float = field(default=0.0)

    def start(self) -> None:
        # Its own session: Ctrl-C reaches the supervisor alone, which stops all in good order.
        self.process = subprocess.Popen(
            list(self.command), start_new_session=True, stdin=subprocess.DEVNULL
        )
        self._started_at = time.monotonic()

    def look_after(self) -> str:
        """Starts it (again) when that is due; returns what there is to tell, '' for nothing."""
        if self.process is None:
            if time.monotonic() >= self._not_before:
                self.start()
            return ""
        code = self.process.poll()
        if code is None:
            return ""
        now = time.monotonic()
        self.deaths = 1 if now - self._started_at > STEADY_SECONDS else self.deaths + 1
        wait = BACKOFF[min(self.deaths, len(BACKOFF)) - 1]
        self.process, self._not_before = None, now + wait
        how = f"signal {-code}" if code < 0 else f"status {code}"
        return f"{self.name} ended ({how}); starting it again in {wait:g} s"

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """Ends it and all that it started, at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def stop_all(children: Sequence[Child], *, in_a_hurry: Callable[[], bool]) -> None:
    """Asks all to stop, waits for each its grace (or until ``in_a_hurry``), then kills the rest."""
    for child in children:
        child.ask_to_stop()
    begun = time.monotonic()
    for child in children:
        while (
            child.process is not None
            and child.process.poll() is None
            and time.monotonic() - begun < child.grace
            and not in_a_hurry()
        ):
            time.sleep(0.05)
        child.kill()
