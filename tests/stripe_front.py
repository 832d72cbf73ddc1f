"""The HTTP side of ``tests.stripe_server``: the library's requests, and Stripe's own page."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, cast


class Behind(Protocol):
    """What answers."""

    sessions: dict[str, dict[str, Any]]
    calls: list[tuple[str, str]]
    lose: int
    down: bool

    def pay(self, session_id: str) -> str: ...

    def answer(
        self, method: str, path: str, body: str, headers: Any
    ) -> tuple[int, dict[str, Any]]: ...


class Front(BaseHTTPRequestHandler):
    def _serve(self) -> None:
        stripe_server = cast("FrontServer", self.server).about
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length).decode()
        if self.path.startswith("/pay/"):
            self._page(stripe_server, self.path.rpartition("/")[2])
            return
        if not self.path.startswith("/v1/"):
            self.send_error(404)
            return
        stripe_server.calls.append((self.command, self.path))
        if stripe_server.down:
            self.close_connection = True
            return
        status, answer = stripe_server.answer(self.command, self.path, body, self.headers)
        if stripe_server.lose:
            stripe_server.lose -= 1
            self.close_connection = True
            return
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _page(self, stripe_server: Behind, session_id: str) -> None:
        """Stripe's own page, with one button: the card is typed, and the buyer goes back."""
        session = stripe_server.sessions[session_id]
        if self.command == "POST":
            stripe_server.pay(session_id)
            self.send_response(303)
            self.send_header("Location", session["success_url"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        icon = '<link rel=icon href="data:,">'
        text = f"{icon}<form method=post><button>Pay {session['amount_total']}</button></form>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815 (their parent's names)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its parent's name)
        """Nothing: the test says what went wrong."""


class FrontServer(ThreadingHTTPServer):
    about: Behind
