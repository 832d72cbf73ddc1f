"""What ``posts`` holds of a person, for their export."""

from typing import Any

from comptoir.media.queries import pictures
from comptoir.posts.models import Comment, Post, PostPicture, Reaction


def export_of(profile_id: int) -> dict[str, Any]:
    """Posts with their photos and products, comments and reactions, as JSON values."""
    shown: dict[int, list[PostPicture]] = {}
    for photo in PostPicture.objects.filter(post__author=profile_id).order_by("position"):
        shown.setdefault(photo.post_id, []).append(photo)
    views = pictures(photo.picture_id for photos in shown.values() for photo in photos)
    posts = Post.objects.filter(author=profile_id).prefetch_related("tags").order_by("id")
    comments = Comment.objects.filter(author=profile_id).order_by("id")
    reactions = Reaction.objects.filter(profile=profile_id).order_by("id")
    return {
        "posts": [
            {
                "id": post.pk,
                "kind": post.kind,
                "text": post.text,
                "audience": post.audience,
                "interest": post.interest,
                "published_at": post.published_at.isoformat(),
                "photos": [
                    {"alt": photo.alt, "picture": views[photo.picture_id].url(1280)}
                    for photo in shown.get(post.pk, ())
                ],
                "products": [tag.product_id for tag in post.tags.all()],
            }
            for post in posts
        ],
        "comments": [
            {"post": c.post_id, "text": c.text, "at": c.created_at.isoformat()} for c in comments
        ],
        "likes": [{"post": r.post_id, "at": r.created_at.isoformat()} for r in reactions],
    }
