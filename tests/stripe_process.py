"""Starting ``tests.stripe_server`` and what is behind it, on free loopback ports."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import httpx

from tests.stripe_front import Front, FrontServer
from tests.stripe_server import StripeServer


@contextlib.contextmanager
def running() -> Iterator[StripeServer]:
    """Both servers on free loopback ports, until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "localstripe", "--from-scratch", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    front = FrontServer(("127.0.0.1", 0), Front)
    front.about = StripeServer(f"http://127.0.0.1:{port}")
    front.about.url = f"http://127.0.0.1:{front.server_port}"
    thread = threading.Thread(target=front.serve_forever, daemon=True)
    thread.start()
    try:
        _await(front.about.behind, process)
        yield front.about
    finally:
        front.shutdown()
        front.server_close()
        process.terminate()
        process.wait(timeout=10)


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    for _try in range(200):
        if process.poll() is not None:
            break
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{address}/js.stripe.com/v3/")
            return
        time.sleep(0.05)
    raise RuntimeError("localstripe does not start")
