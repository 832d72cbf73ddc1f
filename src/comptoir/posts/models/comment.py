from django.db import models
from django.db.models.functions import Now

from comptoir.people.models import Profile
from comptoir.posts.models.post import Post


class Comment(models.Model):
    """An answer under a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["post", "created_at", "id"], name="comment_of_post")]

    def __str__(self) -> str:
        return f"comment {self.pk}"
