"""Comments and reactions. The counts on the post change with them, in one transaction."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_text
from comptoir.common.outbox import emit, emit_all
from comptoir.people.actor import Actor
from comptoir.posts.events import CommentWritten, PostLiked, PostUnliked
from comptoir.posts.models import Comment, Post, ProductTag, Reaction

MAX_COMMENT = 2000


def _own_profile(actor: Actor) -> int:
    if actor.profile_id is None:
        raise NotVisible
    return actor.profile_id


@transaction.atomic
def write_comment(*, actor: Actor, post: Post, text: str) -> Comment:
    """Answers a post that the actor may see.

    Raises:
        Refused: ``comment_empty``, ``text_too_long``.
    """
    author_id = _own_profile(actor)
    words = clean_text(text, max_length=MAX_COMMENT)
    if not words:
        raise Refused("comment_empty", _("Write something first."))
    comment = Comment.objects.create(
        post=post, author_id=author_id, text=words, created_at=clock.now()
    )
    Post.objects.filter(pk=post.pk).update(comment_count=F("comment_count") + 1)
    emit(CommentWritten(comment_id=comment.pk, post_id=post.pk, author_id=author_id))
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment) -> None:
    """Deletes a comment; who may is settled by ``access.comment_for``."""
    gone, _kinds = Comment.objects.filter(pk=comment.pk).delete()
    if gone:
        Post.objects.filter(pk=comment.post_id).update(comment_count=F("comment_count") - 1)


@transaction.atomic
def react(*, actor: Actor, post: Post) -> bool:
    """The actor likes the post; returns whether that is new."""
    profile_id = _own_profile(actor)
    _row, new = Reaction.objects.get_or_create(
        post=post, profile_id=profile_id, defaults={"created_at": clock.now()}
    )
    if new:
        Post.objects.filter(pk=post.pk).update(reaction_count=F("reaction_count") + 1)
        emit_all(PostLiked(post.pk, profile_id, shown) for shown in _shown_by(post))
    return new


@transaction.atomic
def unreact(*, actor: Actor, post: Post) -> bool:
    """The actor likes the post no more; returns whether they did."""
    profile_id = _own_profile(actor)
    gone, _kinds = Reaction.objects.filter(post=post, profile=profile_id).delete()
    if gone:
        Post.objects.filter(pk=post.pk).update(reaction_count=F("reaction_count") - 1)
        emit_all(PostUnliked(post.pk, profile_id, shown) for shown in _shown_by(post))
    return bool(gone)


def _shown_by(post: Post) -> list[int]:
    return list(ProductTag.objects.filter(post=post).values_list("product_id", flat=True))
