"""The embedded server is the same on every machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.place import environment

ASK = """
import psycopg
from comptoir.config.database import ensure_database
with psycopg.connect(ensure_database()) as connection:
    print(connection.execute("SELECT lower('ÉŒÇ')").fetchone()[0].encode())
"""


@pytest.mark.server
@pytest.mark.parametrize("locale", ["C", "fr_FR.ISO-8859-1"])
def test_letters_have_their_capitals_whatever_the_machine_speaks(
    tmp_path: Path, locale: str
) -> None:
    asked = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", ASK],
        env=environment(tmp_path, 0, LC_ALL=locale),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.strip() == str("éœç".encode())
