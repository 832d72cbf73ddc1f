"""Files that a buyer downloads, by links that open for a day from when their page was shown."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comptoir.catalog.services.files import file_place
from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.access import order_for
from comptoir.sales.downloads import FileToTake, files_of
from comptoir.sales.queries import OrderPage
from comptoir.sales.services.downloads import Taken, take_file
from comptoir.web.request import actor_of

logger = logging.getLogger(__name__)

OPEN_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file and the address that gives it, for a day."""

    file: FileToTake
    href: str


def links_of(page: OrderPage) -> list[FileLink]:
    """The files of a paid order; no query when none of its lines is digital."""
    if not any(line.digital for line in page.lines):
        return []
    key = page.order.key
    return [
        FileLink(file, reverse("order_file", args=[key, _token(key, file)]))
        for file in files_of(page.order)
    ]


@never_cache
@require_GET
def order_file(request: HttpRequest, key: str, token: str) -> HttpResponseBase:
    """The file itself; a link that is too old leads back to the order, where it is fresh."""
    found = order_for(actor_of(request), key)
    try:
        line_id, file_id = _signer(key).unsign_object(token, max_age=OPEN_FOR)
        return _given(take_file(order=found, line_id=line_id, file_id=file_id))
    except SignatureExpired:
        messages.info(request, _("That link was too old. Here are fresh ones."))
    except BadSignature as error:
        raise NotVisible from error
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect("order", key)


def _given(taken: Taken) -> FileResponse:
    """Raises: Refused: ``file_lost``, it is not on the disk."""
    try:
        file = file_place(taken.path).open("rb")
    except FileNotFoundError as error:
        logger.exception("a file that was sold is not there: %s", taken.path)
        message = _("This file cannot be read at the moment. Please write to the shop.")
        raise Refused("file_lost", message) from error
    return FileResponse(
        file, as_attachment=True, filename=taken.name, content_type=taken.media_type
    )


def _token(key: str, file: FileToTake) -> str:
    return _signer(key).sign_object([file.line_id, file.file_id])


def _signer(key: str) -> TimestampSigner:
    """Of one order: a link of another opens nothing."""
    return TimestampSigner(salt=f"comptoir.order.file:{key}")
