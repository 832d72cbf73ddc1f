"""A post being written: what the form carries from one step to the next, so nothing is lost.

Photos are taken in at the first step that brings them; the form then carries a signed ticket for
each. The same steps serve people with and without JavaScript.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.media.access import picture_of_ticket, ticket_for
from comptoir.media.queries import PictureView, pictures
from comptoir.media.services.store_upload import store_upload
from comptoir.people.models.profile import Audience
from comptoir.posts.services import PhotoDraft, TagDraft
from comptoir.posts.services.publish import MAX_PICTURES
from comptoir.web.limits import allow_request

# Photos are shown this wide while products are placed on them, on every screen: the coordinates
# that an image button sends are pixels of the picture as shown.
PLACING_WIDTH = 280
GIVE_UP = {"busy", "too_often"}  # The next photo would fare no better.
DIGITS = re.compile(r"[0-9]{1,18}")
COORDINATE = re.compile(r"-?[0-9]{1,5}")
POINT = re.compile(r"([0-9]),([0-9]{1,4}),([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class DraftPhoto:
    """A photo taken in, with the ticket that proves whose it is."""

    ticket: str
    picture: PictureView
    alt: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been written so far; ``problems`` says what could not be taken, in words."""

    text: str = ""
    audience: str = Audience.EVERYONE
    interest: str = ""
    speaks_as: str = ""
    photos: tuple[DraftPhoto, ...] = ()
    tags: tuple[TagDraft, ...] = ()
    words: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def photo_drafts(self) -> list[PhotoDraft]:
        return [PhotoDraft(photo.picture.id, photo.alt) for photo in self.photos]


def draft_of(request: HttpRequest, holder: str) -> Draft:
    """The draft in a posted form; new photos are taken in, those refused are told in problems."""
    form = request.POST
    problems: list[str] = []
    photos = _carried(form, holder)
    photos += _taken_in(request, holder, MAX_PICTURES - len(photos), problems)
    return Draft(
        text=form.get("text", ""),
        audience=form.get("audience", Audience.EVERYONE),
        interest=form.get("interest", ""),
        speaks_as=form.get("speaks_as", ""),
        photos=tuple(photos),
        tags=tuple(_tags(form)),
        words=form.get("words", ""),
        problems=problems,
    )


def _carried(form: QueryDict, holder: str) -> list[DraftPhoto]:
    alts = form.getlist("kept_alt")
    held: list[tuple[str, int, str]] = []
    for n, ticket in enumerate(form.getlist("ticket")[:MAX_PICTURES]):
        try:
            picture_id = picture_of_ticket(ticket, holder=holder)
        except NotVisible:
            continue
        held.append((ticket, picture_id, alts[n] if n < len(alts) else ""))
    shots = pictures(picture_id for _ticket, picture_id, _alt in held)
    return [DraftPhoto(ticket, shots[i], alt) for ticket, i, alt in held if i in shots]


def _taken_in(
    request: HttpRequest, holder: str, room: int, problems: list[str]
) -> list[DraftPhoto]:
    files = request.FILES.getlist("photos")
    alts = request.POST.getlist("alt")
    if len(files) > room:
        problems.append(_("A post shows up to ten photos. The first ten were kept."))
    taken = []
    for n, upload in enumerate(files[:room]):
        try:
            allow_request(request, "photo")
            picture = store_upload(content=upload)
        except Refused as refusal:
            problems.append(f"{upload.name}: {refusal.message}")
            if refusal.code in GIVE_UP:
                break
            continue
        shot = pictures([picture.pk])[picture.pk]
        ticket = ticket_for(picture_id=picture.pk, holder=holder)
        taken.append(DraftPhoto(ticket, shot, alts[n] if n < len(alts) else ""))
    return taken


def _tags(form: QueryDict) -> Iterator[TagDraft]:
    """``tag`` holds product ids, ``point`` beside each ``""`` or ``"photo,x,y"``."""
    points = form.getlist("point")
    for n, text in enumerate(form.getlist("tag")):
        tag = parse_tag(text, points[n] if n < len(points) else "")
        if tag is not None:
            yield tag


def parse_tag(product: str, point: str = "") -> TagDraft | None:
    """``("12", "")`` is product 12 under the post, ``("12", "0,500,250")`` on photo 0.

    ``None`` for what is no product id; a point that is none puts the product under the post.
    """
    if not DIGITS.fullmatch(product):
        return None
    place = POINT.fullmatch(point)
    if place is None:
        return TagDraft(int(product))
    return TagDraft(int(product), *(int(part) for part in place.groups()))


def point_of(tag: TagDraft) -> str:
    """What ``parse_tag`` reads back."""
    return "" if tag.photo is None else f"{tag.photo},{tag.x},{tag.y}"


def without_photo(draft: Draft, number: int) -> Draft:
    """The draft without that photo; products placed on it stay under the post."""

    def moved(tag: TagDraft) -> TagDraft:
        if tag.photo is None or tag.photo < number:
            return tag
        return replace(tag, photo=tag.photo - 1) if tag.photo > number else TagDraft(tag.product_id)

    photos = tuple(photo for n, photo in enumerate(draft.photos) if n != number)
    return replace(draft, photos=photos, tags=tuple(map(moved, draft.tags)))


def with_tag(draft: Draft, tag: TagDraft) -> Draft:
    """The draft with that product tagged, once: an earlier place of it is left."""
    others = tuple(kept for kept in draft.tags if kept.product_id != tag.product_id)
    return replace(draft, tags=(*others, tag))


def without_tag(draft: Draft, product_id: int) -> Draft:
    return replace(draft, tags=tuple(t for t in draft.tags if t.product_id != product_id))


def place_asked(form: QueryDict) -> tuple[int, int, int] | None:
    """Photo number and point (pixels of the picture as shown) of a click on a photo."""
    for photo in range(MAX_PICTURES):
        x, y = form.get(f"place-{photo}.x", ""), form.get(f"place-{photo}.y", "")
        if COORDINATE.fullmatch(x) and COORDINATE.fullmatch(y):
            return photo, int(x), int(y)
    return None
