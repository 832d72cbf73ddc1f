"""Profiles counted and found, for the operator."""

from dataclasses import dataclass

from django.db.models import Count, Q

from comptoir.common.keyset import Cursor, Page
from comptoir.people.models import Profile

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ProfileCounts:
    """How many profiles there are; suspended ones are counted in each."""

    people: int
    shops: int
    suspended: int


def profile_counts() -> ProfileCounts:
    """All profiles of the place, in one query."""
    counts = Profile.objects.aggregate(
        people=Count("pk", filter=Q(kind=Profile.Kind.PERSON)),
        shops=Count("pk", filter=Q(kind=Profile.Kind.SHOP)),
        suspended=Count("pk", filter=Q(is_suspended=True)),
    )
    return ProfileCounts(**counts)


def profiles_found(search: str, after: Cursor | None = None) -> Page[Profile]:
    """Profiles whose handle begins with the text, or that are called or sign in so; newest first.

    Without a text, all. Suspended ones are among them.
    """
    rows = Profile.objects.select_related("avatar", "user")
    text = search.strip().removeprefix("@").lower()
    if text:
        named = Q(handle__startswith=text) | Q(name__icontains=text) | Q(user__email=text)
        rows = rows.filter(named)
    if after is not None:
        rows = rows.filter(Q(created_at=after.at, pk__lt=after.id) | Q(created_at__lt=after.at))
    found = list(rows.order_by("-created_at", "-id")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    more = len(found) > PAGE_SIZE
    return Page(shown, Cursor(shown[-1].created_at, shown[-1].pk).token() if more else None)
