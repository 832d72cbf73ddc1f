"""The machine's own ceiling: a bare WSGI app that does the site's least work for a page.

For each request of the plan, the site is asked once, in this process, and what it did is kept: the
SQL it sent and the template it rendered with its context. From then on a request is answered by
that SQL through plain psycopg and that template, with nothing of the framework in between.
"""

import json
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import django
import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.template.backends.jinja2 import Template
from django.utils import translation

from comptoir.config.database import PREPARE_AFTER
from comptoir.config.interpreter import loading, serve

StartResponse = Callable[[str, list[tuple[str, str]]], object]


@dataclass
class Recipe:
    """How one page is made: statements with their parameters, a template and its context."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    template: Any = None
    context: dict[str, Any] = field(default_factory=dict)


class Kitchen:
    """Learns recipes by asking the site, then cooks them without it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._recipes: dict[tuple[str, str], Recipe] = {}
        self._local = threading.local()

    def learn(self, site: Any, path: str, cookie: str) -> None:
        """Asks the site for the page once.

        Raises:
            RuntimeError: it did not answer 200, or rendered no template.
        """
        recipe, statuses = Recipe(), list[str]()
        render = Template.render

        def noted(self: Any, context: Any = None, request: Any = None) -> Any:
            context = {} if context is None else context
            text = render(self, context, request)
            recipe.template, recipe.context = self.template, context
            return text

        def executed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            recipe.statements.append((sql, params))
            return execute(sql, params, many, context)

        Template.render = noted  # type: ignore[method-assign]
        try:
            with connection.execute_wrapper(executed):
                b"".join(
                    site(_environ(path, cookie), lambda status, _h, *_e: statuses.append(status))
                )
        finally:
            Template.render = render  # type: ignore[method-assign]
        if statuses != ["200 OK"] or recipe.template is None:
            raise RuntimeError(f"{path}: {statuses}")
        self._recipes[path, cookie] = recipe

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        path = environ["PATH_INFO"] + (f"?{query}" if query else "")
        recipe = self._recipes.get((path, environ.get("HTTP_COOKIE", "")))
        if recipe is None:
            start("404 Not Found", [("Content-Length", "0")])
            return []
        asked = self._connection()
        for sql, params in recipe.statements:
            asked.execute(sql.encode(), params).fetchall()
        translation.activate("fr")
        body = recipe.template.render(recipe.context).encode()
        kind = ("Content-Type", "text/html; charset=utf-8")
        start("200 OK", [kind, ("Content-Length", str(len(body)))])
        return [body]

    def _connection(self) -> "psycopg.Connection[Any]":
        if not hasattr(self._local, "connection"):
            made = psycopg.connect(self._url, autocommit=True)
            made.prepare_threshold = PREPARE_AFTER
            self._local.connection = made
        kept: psycopg.Connection[Any] = self._local.connection
        return kept


def _environ(path: str, cookie: str) -> dict[str, Any]:
    before, _, query = path.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": before, "QUERY_STRING": query, "HTTP_COOKIE": cookie}
    environ["HTTP_ACCEPT_LANGUAGE"] = "fr"
    setup_testing_defaults(environ)
    return environ


def _ready() -> Kitchen:
    loading()
    django.setup()
    site = get_wsgi_application()
    kitchen = Kitchen(os.environ["DATABASE_URL"])
    for ask in json.loads(Path(os.environ["BENCH_ASKS"]).read_text()):
        kitchen.learn(site, ask["path"], ask["cookie"])
    connection.close()
    serve()
    return kitchen


if "BENCH_ASKS" in os.environ:
    application = _ready()
