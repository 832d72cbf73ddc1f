"""Visitors of pages: signed in as one of the cast, and the worker's turn in between."""

from typing import Protocol

from django.test import Client
from lxml.html import HtmlElement, document_fromstring

from comptoir.config.wiring import dispatcher
from comptoir.people.services import set_language
from tests.cast import Person

SCRIPT = {"HX-Request": "true"}


class Answer(Protocol):
    """What the test client gives back, as far as these questions go."""

    @property
    def content(self) -> bytes: ...


def visitor(language: str = "en") -> Client:
    """Someone who is not signed in."""
    return Client(headers={"accept-language": language})


def browser_of(who: Person, language: str = "en") -> Client:
    """A browser signed in as that person, without going through the form."""
    set_language(actor=who.actor, language=language)
    client = visitor(language)
    client.force_login(who.user, backend="comptoir.people.authentication.AccountBackend")
    return client


def worker_turn() -> None:
    """What the worker does between two visits: tells handlers what happened."""
    dispatcher().deliver_all()


def text_of(response: Answer) -> str:
    return response.content.decode()


def parsed(response: Answer) -> HtmlElement:
    """The page as a tree, for questions by XPath."""
    return document_fromstring(text_of(response))


def links(response: Answer) -> list[str]:
    """Every address that the page links to."""
    return [str(href) for href in parsed(response).xpath("//a/@href")]
