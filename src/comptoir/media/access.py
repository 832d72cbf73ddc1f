"""Whose upload it is, until a post or a profile uses it."""

from __future__ import annotations

from typing import Final

from django.core import signing

from comptoir.common.errors import NotVisible

TICKET_SECONDS: Final = 24 * 3600
_SALT: Final = "media.upload"


def ticket_for(*, picture_id: int, holder: str) -> str:
    """A signed ticket for an upload, to carry in the form that will use it.

    ``holder`` names who uploaded, such as ``profile:12``. Pictures themselves know nobody: with
    bare ids in a form, anyone could show the pictures of others by counting.
    """
    return signing.dumps([picture_id, holder], salt=_SALT)


def picture_of_ticket(ticket: str, *, holder: str) -> int:
    """The id of the picture that ``holder`` uploaded within the last day.

    Raises NotVisible for a forged, foreign or old ticket.
    """
    try:
        picture_id, uploader = signing.loads(ticket, salt=_SALT, max_age=TICKET_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise NotVisible from error
    if uploader != holder:
        raise NotVisible
    return int(picture_id)
