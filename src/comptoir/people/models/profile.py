from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.common.accents import unaccented_sql
from comptoir.media.models import Picture
from comptoir.people.models.user import User

# What a profile is found by. Queries repeat it, with "f." for ``row``, to use its index.
_WORDS = unaccented_sql("{row}name || ' ' || {row}handle")
NAME_DOCUMENT = f"to_tsvector('simple', {_WORDS})"


class NameDocument(models.Func):
    """The words of a profile's name and handle, without accents."""

    output_field = SearchVectorField()
    template = NAME_DOCUMENT.format(row="")


class Audience(models.TextChoices):
    """Who may see an act or a post."""

    EVERYONE = "everyone"
    FOLLOWERS = "followers"
    ME = "me"


class Profile(models.Model):
    """Anyone who can be followed and can speak: a person or a shop."""

    class Kind(models.TextChoices):
        PERSON = "person"
        SHOP = "shop"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    handle = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    bio = models.CharField(max_length=500, default="", blank=True)
    place = models.CharField(max_length=80, default="", blank=True)
    avatar = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    banner = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.OneToOneField(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="profile"
    )
    keeps_audience = models.CharField(
        max_length=10,
        choices=Audience,
        default=Audience.EVERYONE,
        help_text="Who sees what this person keeps, unless they say otherwise at the act.",
    )
    is_suspended = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="profile_handle_form", condition=Q(handle__regex=r"^[a-z0-9_]{3,30}$")
            ),
            models.CheckConstraint(name="profile_kind", condition=Q(kind__in=["person", "shop"])),
            models.CheckConstraint(
                name="profile_shop_has_no_login", condition=Q(kind="person") | Q(user=None)
            ),
        ]
        indexes = [
            GinIndex(NameDocument(), name="profile_search"),
            models.Index(fields=["kind"], condition=Q(is_suspended=True), name="profile_suspended"),
        ]

    def __str__(self) -> str:
        return f"@{self.handle}"
