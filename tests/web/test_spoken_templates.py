"""Templates are compiled once for each language, with what they say in place."""

from pathlib import Path

import pytest
from django.utils import translation
from jinja2 import FileSystemLoader

from comptoir.web.jinja import environment


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    (tmp_path / "says.html").write_text(
        """{% macro said(shop) %}{{ _("Sold by %(shop)s", shop=shop) }}{% endmacro %}
{% set word = "Basket" %}
{{ _("Basket") }} {{ _(word) }} {{ said(name) }}"""
    )
    (tmp_path / "page.html").write_text("""{% include "says.html" %} {{ _("100%% of it") }}""")
    return tmp_path


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fr", "Panier Panier Vendu par <b>"), ("en", "Basket Basket Sold by <b>")],
)
def test_a_page_speaks_the_language_it_is_asked_in(
    shelf: Path, language: str, expected: str
) -> None:
    pages = environment(loader=FileSystemLoader(shelf), autoescape=True)
    for name in ("page.html", "says.html"):
        for spoken in ("en", "fr", language):  # whatever it was asked in before
            with translation.override(spoken):
                page = " ".join(pages.get_template(name).render(name="<b>").split())
        assert page.startswith(expected.replace("<b>", "&lt;b&gt;"))
    with translation.override(language):
        assert pages.get_template("page.html").render(name="x").endswith(" 100% of it")


def test_a_template_made_on_the_spot_speaks_too() -> None:
    pages = environment(autoescape=True)
    with translation.override("fr"):
        assert pages.from_string('{{ _("Basket") }}').render() == "Panier"
