"""The Jinja2 environment: what every template may call."""

from collections.abc import MutableMapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from comptoir.web.basket.cookies import basket_count_of
from comptoir.web.checkout.country_options import country_options
from comptoir.web.formats import FILTERS
from comptoir.web.offer_words import FILTERS as OFFERS
from comptoir.web.orders.law import withdraw_here
from comptoir.web.request import actor_of, me_of, page_of, theme_of
from comptoir.web.traits import FILTERS as TRAITS


class PlainGlobals(Environment):
    """Gives every template the globals in a plain dict.

    Jinja's own, a ``ChainMap`` over those of the environment, is gone through in Python for each
    ``import`` of a macro: a twentieth of a page. What is added to the environment later is not seen
    by templates that are loaded already; nothing is.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend; autoescape is on, an undefined name is an error."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = PlainGlobals(**options, extensions=["jinja2.ext.i18n"])
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        gettext=_gettext,
        _=_gettext,
        static=static,
        url=_url,
        language=translation.get_language,
        languages=settings.LANGUAGES,
        public_url=settings.PUBLIC_URL,
        messages_of=get_messages,
        csrf_token_of=get_token,
        actor_of=actor_of,
        basket_count_of=basket_count_of,
        country_options=country_options,
        me_of=me_of,
        page_of=page_of,
        theme_of=theme_of,
        withdraw_here=withdraw_here,
    )
    env.filters.update(FILTERS | OFFERS | TRAITS)
    return env


@lru_cache(4096)
def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def _gettext(message: str, /, **values: Any) -> Markup:
    """As Jinja's own: the translation is markup, the values in it are escaped.

    A feed page asks for some 600 translations; remembered, they take a fifth less of its time.
    """
    language = translation.get_language()
    return _translated(language, message) % values if values else _plain(language, message)


@lru_cache(4096)
def _translated(language: str | None, message: str) -> Markup:
    return Markup(translation.gettext(message))  # noqa: S704 (translations are the project's own)


@lru_cache(4096)
def _plain(language: str | None, message: str) -> Markup:
    return _translated(language, message) % {}
