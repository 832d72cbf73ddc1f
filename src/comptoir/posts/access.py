"""The only way in to posts and comments from pages."""

from django.db.models import Q

from comptoir.common.errors import NotVisible
from comptoir.people.access import blocked_between
from comptoir.people.actor import Actor
from comptoir.people.models import Follow
from comptoir.people.models.profile import Audience
from comptoir.posts.models import Comment, Post
from comptoir.shops.access import Right, may


def post_for(actor: Actor, post_id: int) -> Post:
    """The post, for someone whom its author lets read it.

    Raises:
        NotVisible: there is none, or the actor may not know of it.
    """
    post = Post.objects.select_related("author").filter(pk=post_id).first()
    if post is None or not _may_read(actor, post):
        raise NotVisible
    return post


def _may_read(actor: Actor, post: Post) -> bool:
    if post.author.is_suspended:
        return False
    if _speaks_for(actor, post.author_id):
        return True
    if blocked_between(actor.profile_id, post.author_id):
        return False
    if post.audience == Audience.FOLLOWERS and actor.profile_id is not None:
        pair = Q(follower=actor.profile_id, followee=post.author_id)
        return Follow.objects.filter(pair).exists()
    return post.audience == Audience.EVERYONE


def _speaks_for(actor: Actor, profile_id: int) -> bool:
    return profile_id == actor.profile_id or may(actor, profile_id, Right.SPEAK)


def own_post_for(actor: Actor, post_id: int) -> Post:
    """A post that the actor may edit and delete: their own, or of a shop they speak for.

    Raises:
        NotVisible: there is none, or it is not theirs.
    """
    post = Post.objects.select_related("author").filter(pk=post_id).first()
    if post is None or post.author.is_suspended or not _speaks_for(actor, post.author_id):
        raise NotVisible
    return post


def comment_for(actor: Actor, comment_id: int) -> Comment:
    """A comment that the actor may delete: their own, or one under a personal post of theirs.

    A shop cannot delete what is said under its posts: criticism stays.

    Raises:
        NotVisible: there is none, or the actor may not delete it.
    """
    comment = Comment.objects.select_related("post__author").filter(pk=comment_id).first()
    mine = (
        actor.profile_id is not None
        and comment is not None
        and (actor.profile_id in (comment.author_id, comment.post.author_id))
    )
    if comment is None or not mine:
        raise NotVisible
    return comment
