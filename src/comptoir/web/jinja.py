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
from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from comptoir.sales.links import signed_key
from comptoir.web.basket.cookies import basket_count_of
from comptoir.web.checkout.country_options import country_options
from comptoir.web.formats import FILTERS
from comptoir.web.offer_words import FILTERS as OFFERS
from comptoir.web.orders.law import withdraw_here
from comptoir.web.request import actor_of, me_of, page_of, theme_of
from comptoir.web.traits import FILTERS as TRAITS


class SpokenEnvironment(Environment):
    """Compiles every template once for each language, with what it says in place.

    A page says hundreds of things, and looking each of them up took a tenth of its time.
    """

    language: str | None = None  # ``None``: the one that is asked, which hands on to the others

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._spoken: dict[str, SpokenEnvironment] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 (Jinja's own name for it)
    ) -> Template:
        if self.language is None:
            return self._in(translation.get_language()).get_template(name, parent, globals)
        return super().get_template(name, parent, globals)

    def _in(self, language: str) -> "SpokenEnvironment":
        spoken = self._spoken.get(language)
        if spoken is None:
            spoken = self.overlay()
            spoken.language = language
            self._spoken[language] = spoken
        return spoken

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        if self.language is not None:
            with translation.override(self.language):
                source = Saying().visit(source)
        return super()._generate(source, *args, **options)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Gives every template the globals in a plain dict.

        Jinja's own, a ``ChainMap`` over those of the environment, is gone through in Python for
        each ``import`` of a macro: a twentieth of a page. What is added to the environment later is
        not seen by templates that are loaded already; nothing is.
        """
        return {**self.globals, **(d or {})}


class Saying(NodeTransformer):
    """Puts the translation where a template calls ``_`` with a text: marked safe, as Jinja's own
    does it, and with values in it escaped."""

    def visit_Call(  # noqa: N802 (named after the node it visits)
        self, node: nodes.Call
    ) -> nodes.Node:
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "_"):
            return node
        (message,) = node.args
        if not isinstance(message, nodes.Const) or node.dyn_args or node.dyn_kwargs:
            return node
        text = translation.gettext(message.value)
        said = nodes.MarkSafe(nodes.Const(text), lineno=node.lineno)
        if not node.kwargs:
            said.expr = nodes.Const(text % {})
            return said
        pairs = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return nodes.Mod(said, nodes.Dict(pairs), lineno=node.lineno)


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend; autoescape is on, an undefined name is an error."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = SpokenEnvironment(**options, extensions=["jinja2.ext.i18n"])
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
        signed_key=signed_key,
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
