"""The style page, and what every template promises the Content-Security-Policy."""

import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from comptoir.config.paths import PACKAGE

TEMPLATES = sorted((PACKAGE / "web/templates").rglob("*.html"))
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|javascript:"""
    # Data for search engines is no script: the policy lets it be.
    r"""|<script(?![^>]*\s(?:src=|type="application/ld\+json"))""",
    re.IGNORECASE,
)

pytestmark = pytest.mark.django_db


def test_a_real_place_has_no_style_page(client: Client) -> None:
    assert client.get("/style").status_code == 404


@override_settings(DEMO=True)
def test_the_demo_place_shows_every_component_in_both_themes(client: Client) -> None:
    page = client.get("/style", headers={"accept-language": "en"})
    assert page.status_code == 200
    html = page.content.decode()
    assert html.count('data-theme="light"') == html.count('data-theme="dark"') == 1
    assert "Inès and 3 friends bought it" in html


@override_settings(DEMO=True)
def test_its_ids_are_unique(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/style").content.decode())
    assert len(ids) == len(set(ids)), sorted(i for i in set(ids) if ids.count(i) > 1)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: str(t.relative_to(PACKAGE)))
def test_no_template_has_inline_style_or_script(template: Path) -> None:
    assert not INLINE.findall(template.read_text())


def test_the_shell_has_its_landmarks(client: Client) -> None:
    html = client.get("/nowhere", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in html
    for landmark in ("<main ", "<nav ", "<header ", "<aside ", 'class="skip" href="#main"'):
        assert html.count(landmark) == 1, landmark


def test_the_theme_is_printed_by_the_server(client: Client) -> None:
    client.cookies["theme"] = "dark"
    assert '<html lang="fr" data-theme="dark">' in client.get("/nowhere").content.decode()


def test_a_theme_that_does_not_exist_is_not_printed(client: Client) -> None:
    client.cookies["theme"] = '"><b>'
    assert "data-theme" not in client.get("/nowhere").content.decode()


def test_a_page_that_is_too_old_says_so_in_the_sites_own_look() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/preferences", {"theme": "dark"}, headers={"accept-language": "en"})
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "This page was too old" in html
    assert 'class="shell"' in html
