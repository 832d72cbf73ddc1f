"""All posts of the place, counted for the operator."""

from comptoir.posts.models import Post


def post_census() -> int:
    """How many posts there are."""
    return Post.objects.count()
