"""The options of the country field, written once for each language and choice."""

from functools import lru_cache

from markupsafe import Markup

from comptoir.web.checkout.countries import countries

OPTION = Markup('<option value="{}"{}>{}</option>')
SELECTED = Markup(" selected")


@lru_cache(maxsize=512)
def country_options(language: str, chosen: str) -> Markup:
    """``<option>`` elements for all countries, ``chosen`` (ISO code) selected."""
    pairs = countries(language)
    return Markup("").join(
        OPTION.format(code, SELECTED if code == chosen else "", name) for code, name in pairs
    )
