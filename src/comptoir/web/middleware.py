"""The request's edges: headers, bounds, who asks, and refusals turned into answers."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.links import key_in
from comptoir.web.errors import too_large
from comptoir.web.refusals import status_of
from comptoir.web.request import actor_of, actor_of_user, wants_fragment

COUNTER = re.compile(r"/counter/[^/]+")
BUYING = ("/basket", "/checkout", "/looks")
GetResponse = Callable[[HttpRequest], HttpResponseBase]
MAX_URL = 4000
MAX_BODY = 3_000_000
RETURNS = re.compile(r"/orders/([^/]+)/returns$")
# Pages that take files, for people who are signed in: ten photos of 15 MB, a catalogue or a file
# to download of 200 MB.
MAX_UPLOAD = {
    re.compile(r"/counter/[^/]+/products/\d+/files$"): 205_000_000,
    re.compile(r"/posts/new|/counter/[^/]+/products/"): 155_000_000,
    re.compile(r"/counter/[^/]+/imports$"): 205_000_000,
    re.compile(r"/settings$"): 18_000_000,
    re.compile(r"/counter/[^/]+/bank/\d+/statements$"): 5_500_000,
    RETURNS: 92_000_000,
}
# A fragment for a script and the whole page share an address.
VARY = ["Accept-Language", "Cookie", "HX-Request", "HX-History-Restore-Request"]
LANGUAGES = {code for code, _name in settings.LANGUAGES}

CONTENT_POLICY = "; ".join(  # noqa: FLY002 (one directive a line)
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class SecurityHeaders:
    """Content-Security-Policy and its companions, on every answer."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        return response


class RequestBounds:
    """Refuses what no honest client sends: huge addresses and bodies, null bytes, broken text."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        address = request.META.get("PATH_INFO", "") + request.META.get("QUERY_STRING", "")
        if len(address) > MAX_URL:
            return HttpResponse("URI too long\n", status=414, content_type="text/plain")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > _body_limit(request):
            return too_large(_body_limit(request))  # the body is not read
        if not _clean(address) or not all(_clean(v) for vs in request.GET.lists() for v in vs[1]):
            return HttpResponse("Bad request\n", status=400, content_type="text/plain")
        return self.get_response(request)


class FormBounds:
    """Reads a form only when its sender may send so much, and refuses broken text in it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and "form" in (request.content_type or ""):
            length = int(request.META.get("CONTENT_LENGTH") or 0)
            if length > MAX_BODY and not _may_send_much(request):
                return too_large(MAX_BODY)
            if not all(_clean(key) and all(map(_clean, vs)) for key, vs in request.POST.lists()):
                return HttpResponse("Bad request\n", status=400, content_type="text/plain")
        return self.get_response(request)


def _may_send_much(request: HttpRequest) -> bool:
    """Who is signed in, and who holds the signed address of an order: photos go with a return."""
    if actor_of(request).signed_in:
        return True
    address = RETURNS.match(request.path)
    try:
        return address is not None and bool(key_in(address[1]))
    except NotVisible:
        return False


def _body_limit(request: HttpRequest) -> int:
    for pages, limit in MAX_UPLOAD.items():
        if pages.match(request.path):
            return limit
    return MAX_BODY


def _clean(text: str) -> bool:
    if "\x00" in text or "\ufffd" in text:
        return False
    return not any("\ud800" <= char <= "\udfff" for char in text) if not text.isascii() else True


def _goes_on(path: str) -> dict[str, str]:
    """The page that the form of this address belongs to, as near as its address tells."""
    if counter := COUNTER.match(path):
        return {"label": _("Back to the counter"), "address": counter[0]}
    if path.startswith(BUYING):
        return {"label": _("Your basket"), "address": "/basket"}
    return {"label": _("To the start"), "address": "/"}


class ActorAndLanguage:
    """Puts ``request.actor``, and the language: the person's, the cookie's, or the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user if request.user.is_authenticated else None
        request.actor = actor_of_user(user)  # type: ignore[attr-defined]
        chosen = (user.language if user else "") or request.COOKIES.get("language", "")
        if chosen not in LANGUAGES:
            chosen = translation.get_language_from_request(request)
        language = chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        # Pages are for one person: none is kept by what stands in between. Those that hold
        # somebody's address or business are kept by no browser either (``never_cache``).
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, VARY)
        return response


class DomainErrors:
    """Answers for refusals that a view let through: 404, 409, 422, 429, in one's language; and for
    who opens the address of a form, which the browser shows after a form was refused."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and not wants_fragment(request):
            page = render(request, "errors/405.html", _goes_on(request.path), status=405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, NotVisible):
            return render(request, "errors/404.html", status=404)
        if isinstance(error, Refused):
            page = (
                "errors/refused_fragment.html" if wants_fragment(request) else "errors/refused.html"
            )
            return render(request, page, {"message": error.message}, status=status_of(error))
        return None
