"""A mail as a person reads it: its shape in text and HTML. Its words are the writing app's."""

from dataclasses import dataclass
from email.utils import parseaddr, quote
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import override
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FORMS = Path(__file__).parent / "letter_forms"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. ``small`` is for what the law asks and few read."""

    text: str
    small: bool = False
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Row:
    """What, and how much of it; ``note`` stands small under it, ``strong`` is a sum."""

    what: str
    value: str
    note: str = ""
    strong: bool = False

    def entry(self) -> str:
        """ "Total: €31.70", or «Total : 31,70 €» with the space that French puts there."""
        said = _("%(what)s: %(value)s") % {"what": self.what, "value": self.value}
        return f"{said} ({self.note})" if self.note else said


@dataclass(frozen=True, slots=True)
class Rows:
    """Goods and their prices, or facts and their values (``facts``: kept close together)."""

    rows: tuple[Row, ...]
    facts: bool = False
    kind: str = "rows"


@dataclass(frozen=True, slots=True)
class Action:
    """A link that looks like a button; ``quiet`` is one among others."""

    text: str
    link: str
    quiet: bool = False
    kind: str = "action"

    def entry(self) -> str:
        return _("%(what)s: %(value)s") % {"what": self.text, "value": self.link}


@dataclass(frozen=True, slots=True)
class Form:
    """A text to copy and fill in, line by line."""

    lines: tuple[str, ...]
    kind: str = "form"


Part = Words | Heading | Rows | Action | Form


@dataclass(frozen=True, slots=True)
class Letter:
    """``sender`` is in whose name it is written; ``closing`` says who that is."""

    language: str
    subject: str
    sender: str
    greeting: str
    parts: tuple[Part, ...]
    closing: tuple[str, ...] = ()

    def text(self) -> str:
        """The mail for programs and people who read text."""
        with override(self.language):
            return _forms(escaped=False).get_template("letter.txt.jinja").render(letter=self)

    def html(self) -> str:
        """The mail as HTML: one column, no table, readable on dark paper too."""
        with override(self.language):
            return _forms(escaped=True).get_template("letter.html.jinja").render(letter=self)


@lru_cache
def _forms(*, escaped: bool) -> Environment:
    return Environment(
        loader=FileSystemLoader(FORMS),
        autoescape=escaped,  # noqa: S701 (plain text is not escaped)
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def deliver(letter: Letter, *, to: list[str], number: str, reply_to: str = "") -> None:
    """Hands the letter to the mail server now: only jobs call this.

    ``number`` is the letter's own, the same each time it is sent, so that a second sending is
    recognised (RFC 5322, 3.6.4).
    """
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        " ".join(letter.subject.split()),
        letter.text(),
        _from(letter.sender),
        to,
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": f"<{number}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(settings.MAIL_DELIVERY_BACKEND),
    )
    message.attach_alternative(letter.html(), "text/html")
    message.send()


def _from(sender: str) -> str:
    """ "La Maison Zinc · Comptoir <bonjour@…>": the address is always the place's own."""
    place, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    names = [" ".join(sender.split()), place]
    name = " · ".join(dict.fromkeys(name for name in names if name))
    return f'"{quote(name)}" <{address}>' if name else address
