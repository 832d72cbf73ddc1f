"""``comptoir run`` for real: it opens, survives deaths, and leaves nothing behind."""

import signal
import socket
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import psycopg
import pytest

from comptoir.config.embedded import is_running, start_embedded
from tests.config.place import Place, comptoir, environment, free_port, started, wait_for

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the module: the first start makes its database, the others find it."""
    return tmp_path_factory.mktemp("place")


def postmaster_of(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def database_answers(var: Path) -> bool:
    url = f"postgresql://postgres@/comptoir?host={var / 'postgres'}"
    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def test_a_place_opens_stops_leaving_nothing_and_keeps_what_people_did(var: Path) -> None:
    said = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with started(var, free_port()) as place:
            place.wait_until_open()
            said.append(place.get("/healthz"))
            with psycopg.connect(_url(var)) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
                connection.execute("INSERT INTO kept VALUES ('bonjour')")
                kept = connection.execute("SELECT count(*) FROM kept").fetchone()
            left = [*place.children(), psutil.Process(postmaster_of(var))]
            assert place.stop(number) == 0
        assert psutil.wait_procs(left, timeout=30)[1] == []
        assert not (var / "postgres" / "postmaster.pid").exists()
    assert all(status == 200 and b'"database": "ok"' in body for status, body in said)
    assert kept == (2,)


def test_what_dies_is_started_again(var: Path) -> None:
    with started(var, free_port()) as place:
        place.wait_until_open()
        for word in ("worker", "web_server"):
            victims = place.children(word)
            assert victims
            for victim in victims:
                victim.kill()
            wait_for(partial(_replaced, place, word, victims))
        wait_for(place.is_well)
        psutil.Process(postmaster_of(var)).kill()
        wait_for(lambda: not database_answers(var) or place.process.poll() is not None)
        wait_for(lambda: database_answers(var))
        wait_for(place.is_well)
        again = comptoir("run", env=environment(var, place.port))
    assert again.returncode == 1
    assert "already runs" in again.stderr


def test_a_supervisor_killed_leaves_no_children_and_the_next_start_works(var: Path) -> None:
    with started(var, free_port()) as place:
        place.wait_until_open()
        orphans = place.children()
        place.process.kill()
        assert psutil.wait_procs(orphans, timeout=60)[1] == []
    # Its database went on; whoever comes next joins it, and is then the last to leave.
    with started(var, free_port()) as place:
        place.wait_until_open()
        place.stop()
    wait_for(lambda: not is_running(var / "postgres"))


class Away(BaseHTTPRequestHandler):
    """Answers as a Comptoir does whose database is away."""

    says = b'{"status": "down", "database": "down"}'

    def do_GET(self) -> None:
        self.send_response(503)
        self.end_headers()
        self.wfile.write(self.says)


class Another(Away):
    """Another program that has its own trouble."""

    says = b"<h1>Service Unavailable</h1>"


@pytest.mark.parametrize(
    ("kind", "said"), [(Away, "already runs"), (Another, "taken by another program")]
)
def test_who_has_the_port_is_known_by_its_answer(var: Path, kind: type[Away], said: str) -> None:
    """Seen: a thread that had lost its connection answered, and Comptoir did not know itself."""
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        ended = comptoir("run", env=environment(var, other.server_address[1]))
        other.shutdown()
    assert (ended.returncode, said in ended.stderr) == (1, True)


def test_a_taken_port_is_named(var: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = comptoir("run", env=environment(var, port))
    assert ended.returncode == 1
    assert f"Port {port} is taken by another program" in ended.stderr
    assert f"COMPTOIR_PORT={port + 1}" in ended.stderr


def test_a_stale_pid_file_of_another_process_is_swept(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    ended = comptoir("migrate", "--check", env=environment(tmp_path, free_port()))
    assert "Traceback" not in ended.stderr
    wait_for(lambda: not is_running(folder))
    # As a container's restart leaves it: the pid is a living process that is no postmaster.
    lines = ["1", str(folder), "1700000000", "5432", str(folder), "", "1 1", "ready   "]
    (folder / "postmaster.pid").write_text("\n".join(lines) + "\n")
    (folder / ".handle_pids.json").write_text("[999999]")
    with psycopg.connect(start_embedded(folder)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def _url(var: Path) -> str:
    return f"postgresql://postgres@/comptoir?host={var / 'postgres'}"


def _replaced(place: Place, word: str, old: list[psutil.Process]) -> bool:
    gone = {process.pid for process in old}
    return any(process.pid not in gone for process in place.children(word))
