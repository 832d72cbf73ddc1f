"""Every letter about an order, as it would be sent; in debug and in the demo place alone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.common.errors import NotVisible
from comptoir.sales.letters.kinds import LetterKind
from comptoir.web.style.mails_scene import letter_of

# A letter carries its style in its elements, which no page of the site may do; scripts and
# everything from elsewhere stay refused.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
FORMS = {"html", "text"}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The list of letters; 404 on a real place."""
    _only_in_development()
    letters = [
        (
            kind.value,
            [(code, shown.subject) for code in LANGUAGES if (shown := letter_of(kind, code))],
        )
        for kind in LetterKind
    ]
    return render(request, "style/mails.html", {"letters": letters})


@require_safe
def mail(request: HttpRequest, letter: str, language: str, form: str) -> HttpResponse:
    """One letter in one language, as ``html`` or ``text``."""
    _only_in_development()
    if letter not in set(LetterKind) or language not in LANGUAGES or form not in FORMS:
        raise NotVisible
    shown = letter_of(LetterKind(letter), language)
    if shown is None:
        raise NotVisible
    if form == "text":
        return HttpResponse(shown.text(), content_type="text/plain; charset=utf-8")
    return HttpResponse(shown.html(), headers={"Content-Security-Policy": POLICY})


def _only_in_development() -> None:
    if not (settings.DEBUG or settings.DEMO):
        raise NotVisible
