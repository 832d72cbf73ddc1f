"""Handles: what they may be, and which are free."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused
from comptoir.people.models import Profile

FORM = re.compile(r"[a-z0-9_]{3,30}")
RESERVED = frozenset(
    [
        "about",
        "account",
        "accounts",
        "admin",
        "api",
        "comptoir",
        "counter",
        "checkout",
        "discover",
        "everyone",
        "feed",
        "followers",
        "help",
        "home",
        "inbox",
        "login",
        "logout",
        "me",
        "media",
        "messages",
        "new",
        "operator",
        "order",
        "orders",
        "people",
        "post",
        "posts",
        "product",
        "products",
        "root",
        "search",
        "settings",
        "shop",
        "shops",
        "signup",
        "static",
        "style",
        "support",
        "system",
        "webhooks",
        "welcome",
    ]
)


def check_handle(text: str) -> str:
    """The handle in its kept form (lower case, no leading @), whether or not it is free.

    Raises:
        Refused: ``handle_form`` or ``handle_reserved``.
    """
    handle = text.strip().removeprefix("@").lower()
    if not FORM.fullmatch(handle):
        raise Refused("handle_form", _("A handle has 3 to 30 letters a–z, digits or underscores."))
    if handle in RESERVED:
        raise Refused("handle_reserved", _("This handle is reserved. Choose another."))
    return handle


def is_free(handle: str) -> bool:
    """Whether nobody has that handle now; it is settled when the profile is made."""
    return not Profile.objects.filter(handle=handle).exists()


def suggest_handle(name: str) -> str:
    """A free handle made from a name: "Maison Zinc" gives "maison_zinc", or "maison_zinc2"."""
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:26] or "profil"
    stem = stem.ljust(3, "0")
    taken = set(Profile.objects.filter(handle__startswith=stem).values_list("handle", flat=True))
    options = [stem, *(f"{stem}{n}" for n in range(2, len(taken) + 3))]
    return next(h for h in options if h not in taken and h not in RESERVED)
