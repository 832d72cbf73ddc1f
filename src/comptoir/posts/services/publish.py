"""Publishing, editing and deleting posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line, clean_text
from comptoir.common.outbox import emit, emit_all
from comptoir.people.actor import Actor
from comptoir.people.models import Profile
from comptoir.people.models.interest import Interest
from comptoir.people.models.profile import Audience
from comptoir.posts.events import (
    PostPublished,
    PurchaseShared,
    PurchaseUnshared,
    ShowingChanged,
)
from comptoir.posts.models import Post, PostPicture, ProductTag
from comptoir.posts.services.interests import interest_of
from comptoir.shops.access import Right, may

MAX_PICTURES = 10
MAX_TAGS = 20
MAX_TEXT = 5000


@dataclass(frozen=True, slots=True)
class PhotoDraft:
    """A stored picture to show, and its words for those who cannot see it."""

    picture_id: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class TagDraft:
    """A product to show; at a point of photo number ``photo`` (thousandths), or under the post."""

    product_id: int
    photo: int | None = None
    x: int | None = None
    y: int | None = None


@transaction.atomic
def publish_post(
    *,
    actor: Actor,
    text: str,
    photos: Sequence[PhotoDraft] = (),
    tags: Sequence[TagDraft] = (),
    audience: str = Audience.EVERYONE,
    as_profile_id: int | None = None,
    interest: str = Interest.NONE,
) -> Post:
    """Publishes a post as oneself, or as a shop for which the actor may speak.

    ``interest``: what the author had for showing its products.

    Raises:
        NotVisible: no profile, or not their shop.
        Refused: ``post_empty``, ``text_too_long``, ``too_many_photos``, ``too_many_tags``,
            ``bad_audience``, ``bad_interest``, ``bad_tag``.
    """
    author_id = _author(actor, as_profile_id)
    words = clean_text(text, max_length=MAX_TEXT)
    _check(words, photos, tags, audience)
    post = Post.objects.create(
        author_id=author_id,
        text=words,
        audience=audience,
        interest=interest_of(author_id, (tag.product_id for tag in tags), interest),
        published_at=clock.now(),
    )
    _attach(post, photos, tags)
    emit(PostPublished(post_id=post.pk, author_id=author_id))
    return post


def _author(actor: Actor, as_profile_id: int | None) -> int:
    if actor.profile_id is None:
        raise NotVisible
    if as_profile_id is None or as_profile_id == actor.profile_id:
        return actor.profile_id
    silenced = Profile.objects.filter(pk=as_profile_id, is_suspended=True).exists()
    if silenced or not may(actor, as_profile_id, Right.SPEAK):
        raise NotVisible
    return as_profile_id


def _check(
    words: str, photos: Sequence[PhotoDraft], tags: Sequence[TagDraft], audience: str
) -> None:
    if not words and not photos and not tags:
        raise Refused("post_empty", _("Write something, or add a photo or a product."))
    if len(photos) > MAX_PICTURES:
        raise Refused("too_many_photos", _("A post shows up to ten photos."))
    if len(tags) > MAX_TAGS:
        raise Refused("too_many_tags", _("A post shows up to twenty products."))
    if audience not in Audience.values:
        raise Refused("bad_audience", _("Choose who may read this post."))
    for tag in tags:
        if tag.photo is not None and not _point_is_good(tag, len(photos)):
            raise Refused("bad_tag", _("A product tag is placed outside of its photo."))


def _point_is_good(tag: TagDraft, photos: int) -> bool:
    point = (tag.x, tag.y)
    inside = all(value is not None and 0 <= value <= 1000 for value in point)
    return tag.photo is not None and 0 <= tag.photo < photos and inside


def _attach(post: Post, photos: Sequence[PhotoDraft], tags: Sequence[TagDraft]) -> None:
    shown = PostPicture.objects.bulk_create(
        PostPicture(
            post=post,
            picture_id=photo.picture_id,
            position=n,
            alt=clean_line(photo.alt, max_length=500),
        )
        for n, photo in enumerate(photos)
    )
    wanted = {tag.product_id: tag for tag in tags}
    known = set(
        Product.objects.filter(pk__in=wanted, status=Product.Status.ACTIVE).values_list(
            "pk", flat=True
        )
    )
    if known != set(wanted):
        raise Refused("bad_tag", _("A tagged product does not exist any more."))
    ProductTag.objects.bulk_create(
        ProductTag(
            post=post,
            product_id=tag.product_id,
            position=n,
            x=tag.x,
            y=tag.y,
            picture=shown[tag.photo] if tag.photo is not None else None,
        )
        for n, tag in enumerate(wanted.values())
    )


@transaction.atomic
def edit_post(
    *,
    post: Post,
    text: str,
    alts: Sequence[str] = (),
    audience: str,
    interest: str | None = None,
) -> None:
    """Changes the words, the alt texts (in the photos' order), who may read, and what the author
    had for showing its products (``None``: as before).

    Raises:
        Refused: ``post_empty``, ``text_too_long``, ``bad_audience``, ``bad_interest``.
    """
    words = clean_text(text, max_length=MAX_TEXT)
    photos = list(PostPicture.objects.filter(post=post).order_by("position"))
    shown = list(post.tags.values_list("product_id", flat=True))
    if not words and not photos and not shown:
        raise Refused("post_empty", _("Write something, or add a photo or a product."))
    if audience not in Audience.values:
        raise Refused("bad_audience", _("Choose who may read this post."))
    for photo, alt in zip(photos, alts, strict=False):
        photo.alt = clean_line(alt, max_length=500)
    PostPicture.objects.bulk_update(photos, ["alt"])
    had = interest_of(post.author_id, shown, post.interest if interest is None else interest)
    Post.objects.filter(pk=post.pk).update(
        text=words, audience=audience, interest=had, edited_at=clock.now()
    )
    if (audience, had) != (post.audience, post.interest):
        _tell_shown(post, shown, audience)


def _tell_shown(post: Post, shown: Sequence[int], audience: str) -> None:
    emit_all(ShowingChanged(post.pk, product_id) for product_id in shown)
    if post.kind == Post.Kind.PURCHASE:
        emit_all(
            PurchaseShared(post.pk, post.author_id, product_id, audience) for product_id in shown
        )


@transaction.atomic
def delete_post(*, post: Post) -> None:
    """Deletes the post with its comments and reactions; a shared purchase is shared no more."""
    shown = list(post.tags.values_list("product_id", flat=True))
    emit_all(ShowingChanged(post.pk, product_id) for product_id in shown)
    if post.kind == Post.Kind.PURCHASE:
        emit_all(PurchaseUnshared(post.pk, post.author_id, product_id) for product_id in shown)
    post.delete()
