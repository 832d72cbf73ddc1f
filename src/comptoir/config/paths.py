"""Where Comptoir keeps what is not in the database: caches, pictures, the embedded server."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """The writable folder: ``COMPTOIR_VAR``, or ``var/`` in the working directory."""
    return Path(os.environ.get("COMPTOIR_VAR") or "var").resolve()
