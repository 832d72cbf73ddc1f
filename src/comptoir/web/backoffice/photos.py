"""Photos sent with a form of the counter."""

from django.http import HttpRequest

from comptoir.common.errors import Refused
from comptoir.media.services.store_upload import store_upload

MOST_AT_ONCE = 10


def stored_photos(request: HttpRequest, field: str = "photos") -> tuple[list[int], list[str]]:
    """Keeps the photos of a form: the ids of those that are pictures, and what is wrong with the
    others, in words. Outside of any transaction: each takes a few tenths of a second.
    """
    ids: list[int] = []
    problems: list[str] = []
    for file in request.FILES.getlist(field)[:MOST_AT_ONCE]:
        try:
            ids.append(store_upload(content=file).pk)
        except Refused as refusal:
            problems.append(f"{file.name}: {refusal.message}")
    return ids, problems
