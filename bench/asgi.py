"""The site as ASGI, in the two ways there are, to be measured beside WSGI threads."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application

from comptoir.config.interpreter import loading, serve
from comptoir.config.web_server import THREADS

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Mounted:
    """A WSGI application in an ASGI server: as many threads as the site's own server has."""

    def __init__(self, site: Any) -> None:
        self._site = site
        self._threads = ThreadPoolExecutor(THREADS)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = (await receive()).get("body", b"")
        loop = asyncio.get_running_loop()
        status, headers, content = await loop.run_in_executor(self._threads, self._run, scope, body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _run(self, scope: dict[str, Any], body: bytes) -> tuple[int, list[Any], bytes]:
        started: list[Any] = []
        answer = self._site(_environ(scope, body), lambda *said: started.extend(said))
        content = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        headers = [(k.lower().encode(), v.encode("latin-1")) for k, v in started[1]]
        return int(started[0].split()[0]), headers, content


def _environ(scope: dict[str, Any], body: bytes) -> dict[str, Any]:
    host, port = scope["server"]
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": scope["path"],
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    for name, value in scope["headers"]:
        environ["HTTP_" + name.decode().upper().replace("-", "_")] = value.decode("latin-1")
    return environ


loading()
if os.environ.get("BENCH_ASGI") == "mounted":
    application: Any = Mounted(get_wsgi_application())
else:
    application = get_asgi_application()
serve()
