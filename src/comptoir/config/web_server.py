"""The web server: granian with WSGI threads on one port; pictures are served by granian itself.

``docs/adr/0002-web-server.md`` says why, with what was measured.
"""

import os
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from granian.server.common import AbstractServer

from comptoir.config.paths import var_dir
from comptoir.config.processes import die_with_parent

THREADS = 3
STATEMENT_SECONDS = 15


def port() -> int:
    """``COMPTOIR_PORT``, 8000 by default.

    Raises:
        ValueError: it is no port.
    """
    text = os.environ.get("COMPTOIR_PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError(f"COMPTOIR_PORT must be a number from 1 to 65535, not {text!r}")
    return int(text)


def address() -> str:
    """``COMPTOIR_BIND``: the address to listen on, this machine only by default."""
    return os.environ.get("COMPTOIR_BIND", "127.0.0.1")


def processes() -> int:
    """``COMPTOIR_WEB_PROCESSES``; by default one a core, four at most."""
    return int(os.environ.get("COMPTOIR_WEB_PROCESSES") or min(4, os.cpu_count() or 1))


def serve() -> None:
    """Serves until SIGTERM or SIGINT; requests under way are finished."""
    die_with_parent()
    # Read by the database driver: a page that asks too much is cut off, jobs and commands are not.
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={STATEMENT_SECONDS}s")
    server().serve()


def server(
    target: str = "comptoir.config.wsgi:application", interface: Interfaces = Interfaces.WSGI
) -> AbstractServer[Any]:
    """The server as the environment wants it, for the site or for another ``target``."""
    threads = int(os.environ.get("COMPTOIR_WEB_THREADS") or THREADS)
    pictures = var_dir() / "media"
    pictures.mkdir(parents=True, exist_ok=True)
    return Server(
        target,
        address=address(),
        port=port(),
        interface=interface,
        workers=processes(),
        blocking_threads=threads if interface == Interfaces.WSGI else 1,
        # A thread that ends takes its database connection with it: keep them.
        blocking_threads_idle_timeout=600,
        backpressure=256,
        websockets=False,
        respawn_failed_workers=True,
        respawn_interval=2,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        static_path_route=["/media"],
        static_path_mount=[pictures],
        static_path_expires=31_536_000,  # a picture's name is its digest
    )


if __name__ == "__main__":
    serve()
