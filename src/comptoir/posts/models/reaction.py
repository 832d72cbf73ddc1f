from django.db import models
from django.db.models.functions import Now

from comptoir.people.models import Profile
from comptoir.posts.models.post import Post


class Reaction(models.Model):
    """A profile likes a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reactions")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="reactions")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "profile"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.profile_id} likes {self.post_id}"
