"""Guests who race for the same product over HTTP, each in a thread, as their browsers would."""

import contextlib
import http.client
import threading
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from lxml.html import HtmlElement, document_fromstring

from tests.config.place import wait_for

PATIENCE = 60.0  # seconds that a browser waits for an answer
WHERE = {
    "recipient": "Inès Le Goff",
    "address1": "3 rue des Lices",
    "postcode": "29200",
    "city": "Brest",
    "pay": "sandbox:page",
}


class Ending(StrEnum):
    """How it ended for a buyer, as they know it themselves."""

    PAID = "paid"  # the order's page thanked them
    REFUSED = "refused"  # they were told that nothing is left
    GONE = "gone"  # they went away and never came back


class Leaves(StrEnum):
    """When a buyer closes the browser. Those who leave also leave when the server dies."""

    BEFORE_PAYING = "before paying"
    AFTER_PAYING = "after paying"
    NEVER = "never"


class Interrupted(Exception):
    """No answer, or that of a server in trouble."""


class Scene:
    """What all buyers did so far, for the one who watches."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    def note(self, step: str) -> None:
        with self._lock:
            self._seen[step] += 1

    def count(self, step: str) -> int:
        with self._lock:
            return self._seen[step]


@dataclass(slots=True)
class Buyer:
    """A guest who wants one piece; ``ending`` is ``None`` while it is not known."""

    number: int
    port: int
    product_id: int
    scene: Scene
    leaves: Leaves = Leaves.NEVER
    ending: Ending | None = None
    order_page: str = ""
    _cookies: dict[str, str] = field(default_factory=dict)
    _form: dict[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"buyer-{self.number}@example.org"

    def look(self) -> None:
        """Opens the sheet: from here on, the checkout has its key."""
        status, _to, page = self._get(f"/products/{self.product_id}/buy")
        assert status == 200, page
        found = [form for form in tree_of(page).forms or [] if form.get("id") == "checkout"]
        if not found:
            self.ending = Ending.REFUSED
            return
        self._form = {**fields_of(found[0]), **WHERE, "email": self.email}

    def buy(self) -> None:
        """Sends the same checkout until its end is known, whatever happens to the server."""
        while self.ending is None:
            try:
                self.ending = self._go_through()
            except Interrupted:
                self.scene.note("interrupted")
                if self.leaves is not Leaves.NEVER:
                    self.ending = Ending.GONE
                    return
                wait_for(self._is_open)

    def _go_through(self) -> Ending:
        status, to, page = self._post("/checkout", self._form)
        if status == 422:
            assert "sold out" in page.lower(), page
            return Ending.REFUSED
        assert status == 303, page
        self.scene.note("placed")
        if self.leaves is Leaves.BEFORE_PAYING:
            return Ending.GONE
        if to.startswith("/bank/"):
            back = self._pay(to)
            self.scene.note("charged")
            if self.leaves is Leaves.AFTER_PAYING:
                return Ending.GONE
            status, to, page = self._get(back)
            assert status == 302, page
        return self._see_order(to)

    def _pay(self, bank: str) -> str:
        """Approves, unless that was done before; returns where the bank sends the browser."""
        status, _to, page = self._get(bank)
        assert status == 200, page
        tree = tree_of(page)
        if not tree.forms:
            return next(str(a.get("href")) for a in tree.iter("a") if a.get("class") == "bank-link")
        status, to, page = self._post(bank, {**fields_of(tree.forms[0]), "choice": "approve"})
        assert status == 302, page
        return to

    def _see_order(self, path: str) -> Ending:
        status, _to, page = self._get(path)
        assert status == 200, page
        assert "order-head is-good" in page, page
        self.order_page = path
        self.scene.note("paid")
        return Ending.PAID

    def _is_open(self) -> bool:
        with contextlib.suppress(Interrupted):
            return self._get("/healthz")[0] == 200
        return False

    def _get(self, address: str) -> tuple[int, str, str]:
        return self._ask("GET", address, b"")

    def _post(self, address: str, form: dict[str, str]) -> tuple[int, str, str]:
        return self._ask("POST", address, urlencode(form).encode())

    def _ask(self, method: str, address: str, body: bytes) -> tuple[int, str, str]:
        """Status, where it leads to, and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Accept-Language": "en", "Cookie": self._cookie_line()}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path_of(address), body or None, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Interrupted from error
        finally:
            connection.close()
        if answer.status >= 500:
            raise Interrupted
        for line in answer.headers.get_all("Set-Cookie", []):
            self._cookies.update({name: m.value for name, m in SimpleCookie(line).items()})
        return answer.status, answer.headers.get("Location", ""), page

    def _cookie_line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())


def tree_of(page: str) -> HtmlElement:
    return document_fromstring(page)


def fields_of(form: HtmlElement) -> dict[str, str]:
    """What a browser would send if nothing were changed."""
    return {str(name): str(value) for name, value in form.form_values()}


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
