"""Photos sent with a form: of a product at the counter, of what a buyer gives back."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused
from comptoir.media.services.store_upload import store_upload
from comptoir.web.limits import allow_request

MOST_AT_ONCE = 10
TOO_MANY = _("Up to ten photos at once. The first ten were kept.")
GIVE_UP = {"busy", "too_often"}  # The next photo would fare no better.


def stored_photos(request: HttpRequest, field: str = "photos") -> tuple[list[int], list[str]]:
    """Keeps the photos of a form: the ids of those that are pictures, and what is wrong with the
    others, in words. Outside of any transaction: each takes a few tenths of a second.
    """
    ids: list[int] = []
    problems: list[str] = []
    files = request.FILES.getlist(field)
    if len(files) > MOST_AT_ONCE:
        problems.append(str(TOO_MANY))
    for file in files[:MOST_AT_ONCE]:
        try:
            allow_request(request, "photo")
            ids.append(store_upload(content=file).pk)
        except Refused as refusal:
            problems.append(f"{file.name}: {refusal.message}")
            if refusal.code in GIVE_UP:
                break
    return ids, problems
