from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Lower, Now

from comptoir.people.models import Profile


class Community(models.Model):
    """People of one taste, found each day from their public acts; its address stays from day to
    day.

    ``name`` is made of what sets its members apart; ``given_name`` is the operator's, and is shown
    instead. One that is no longer found has ``ended_at``, and stays for those who joined it.
    """

    slug = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, default="", db_default="", blank=True)
    terms = models.JSONField(default=list, help_text="What sets it apart, the strongest first.")
    loved = models.JSONField(default=list, help_text="Keys of products, the most its own first.")
    size = models.PositiveIntegerField(default=0, db_default=0)
    found_at = models.DateTimeField(db_default=Now())
    renewed_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower(Case(When(given_name="", then="name"), default="given_name")),
                condition=Q(ended_at=None),
                name="community_shown_name_once",
            ),
            models.CheckConstraint(
                name="community_slug_form", condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")
            ),
            models.CheckConstraint(name="community_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.given_name or self.name


class CommunityMember(models.Model):
    """A person of a community: found there by their acts, joined, or left for good.

    ``closeness``: how much of what is near to them is in the community, 0 to 1; 0 for someone who
    joined and was not found there. Others see nobody but those who joined.
    """

    class How(models.TextChoices):
        FOUND = "found"
        JOINED = "joined"
        LEFT = "left", "never found there again"

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="communities")
    how = models.CharField(max_length=6, choices=How)
    closeness = models.FloatField(default=0.0, db_default=0.0)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "community"], name="community_member_once"),
            models.UniqueConstraint(
                fields=["profile"],
                condition=~Q(closeness=0.0),
                name="community_member_found_once",
            ),
            models.CheckConstraint(
                name="community_member_how", condition=Q(how__in=["found", "joined", "left"])
            ),
            models.CheckConstraint(
                name="community_member_closeness",
                condition=Q(closeness__gte=0.0, closeness__lte=1.0),
            ),
            models.CheckConstraint(
                name="community_member_found_near",
                condition=Q(how="found", closeness__gt=0.0)
                | Q(how="joined")
                | Q(how="left", closeness=0.0),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "how", "-at", "-id"], name="community_members_of")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.how} {self.community_id}"
