"""Search: products, looks, posts, people and shops, from what was typed (ADR 11).

Not here: what is shown when nothing is typed (``discovery.suggest``), and pages (``web.search``).
"""

from comptoir.discovery.search.facets import Choice, Facet, Value, chosen
from comptoir.discovery.search.posts import search_looks, search_posts, search_posts_mended
from comptoir.discovery.search.products import Found, Wish, find_products, search_products
from comptoir.discovery.search.profiles import ProfileFound, search_profiles, search_profiles_mended
from comptoir.discovery.search.suggestions import Suggestions, suggest

__all__ = [
    "Choice",
    "Facet",
    "Found",
    "ProfileFound",
    "Suggestions",
    "Value",
    "Wish",
    "chosen",
    "find_products",
    "search_looks",
    "search_posts",
    "search_posts_mended",
    "search_products",
    "search_profiles",
    "search_profiles_mended",
    "suggest",
]
