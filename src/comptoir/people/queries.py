"""Reads about people and who follows whom."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress

from comptoir.common.keyset import Cursor, Page
from comptoir.common.rows import fetch_all
from comptoir.media.queries import PictureView, stored_columns, stored_picture
from comptoir.people.actor import Actor
from comptoir.people.faces import FACE_JSON, Face, face_from
from comptoir.people.models import Profile, User

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class ProfileHead:
    """The top of a profile's page, as the actor sees it."""

    face: Face
    bio: str
    place: str
    banner: PictureView | None
    followers: int
    following: int
    followed_by_me: bool
    follows_me: bool
    is_me: bool
    friends_following: tuple[Face, ...]


HEAD = f"""
SELECT {FACE_JSON}, f.bio, f.place,
  {stored_columns("m")},
  (SELECT count(*) FROM people_follow x WHERE x.followee_id = f.id),
  (SELECT count(*) FROM people_follow x WHERE x.follower_id = f.id),
  EXISTS (SELECT 1 FROM people_follow x WHERE x.follower_id = %(me)s AND x.followee_id = f.id),
  EXISTS (SELECT 1 FROM people_follow x WHERE x.follower_id = f.id AND x.followee_id = %(me)s)
FROM people_profile f
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
LEFT JOIN media_picture m ON m.id = f.banner_id
WHERE f.id = %(profile)s
"""

FRIENDS_FOLLOWING = f"""
SELECT {FACE_JSON} FROM people_follow mine
JOIN people_follow theirs ON theirs.follower_id = mine.followee_id
JOIN people_profile f ON f.id = mine.followee_id AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE mine.follower_id = %(me)s AND theirs.followee_id = %(profile)s
ORDER BY mine.created_at DESC LIMIT 3
"""


def _rows(sql: str, params: dict[str, Any]) -> list[tuple[Any, ...]]:
    return fetch_all(sql, params)


def _face(text: str) -> Face:
    return face_from(json.loads(text) if isinstance(text, str) else text)


def head_of(actor: Actor, profile: Profile) -> ProfileHead:
    """What the top of that profile's page shows; three friends of the actor who follow it too."""
    params = {"me": actor.profile_id or 0, "profile": profile.pk}
    face, bio, place, banner, followers, following, mine, back = _rows(HEAD, params)[0]
    friends = _rows(FRIENDS_FOLLOWING, params) if actor.profile_id else []
    return ProfileHead(
        face=_face(face),
        bio=bio,
        place=place,
        banner=stored_picture(banner),
        followers=followers,
        following=following,
        followed_by_me=mine,
        follows_me=back,
        is_me=profile.pk == actor.profile_id,
        friends_following=tuple(_face(row[0]) for row in friends),
    )


@dataclass(frozen=True, slots=True)
class FollowRow:
    """A profile in a list of followers or followed, as the actor sees it."""

    face: Face
    bio: str
    followed_by_me: bool
    is_me: bool
    at: datetime


LIST = f"""
SELECT {FACE_JSON}, f.bio,
  EXISTS (SELECT 1 FROM people_follow x WHERE x.follower_id = %(me)s AND x.followee_id = f.id),
  f.id = %(me)s, w.created_at, w.id
FROM people_follow w
JOIN people_profile f ON f.id = w.{{other}} AND NOT f.is_suspended
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE w.{{one}} = %(profile)s AND (w.created_at, w.id) < (%(at)s, %(id)s)
  AND NOT EXISTS (SELECT 1 FROM people_block b WHERE
    (b.blocker_id = %(me)s AND b.blocked_id = f.id) OR
    (b.blocker_id = f.id AND b.blocked_id = %(me)s))
ORDER BY w.created_at DESC, w.id DESC LIMIT {PAGE_SIZE + 1}
"""


def followers_of(actor: Actor, profile_id: int, after: Cursor | None = None) -> Page[FollowRow]:
    """Who follows the profile, newest first."""
    return _follow_page(actor, profile_id, "followee_id", "follower_id", after)


def followed_by(actor: Actor, profile_id: int, after: Cursor | None = None) -> Page[FollowRow]:
    """Whom the profile follows, newest first."""
    return _follow_page(actor, profile_id, "follower_id", "followee_id", after)


def _follow_page(
    actor: Actor, profile_id: int, one: str, other: str, after: Cursor | None
) -> Page[FollowRow]:
    rows = _rows(
        LIST.format(one=one, other=other),
        {
            "me": actor.profile_id or 0,
            "profile": profile_id,
            "at": after.at if after else "infinity",
            "id": after.id if after else 0,
        },
    )
    shown = [FollowRow(_face(r[0]), r[1], r[2], r[3], r[4]) for r in rows[:PAGE_SIZE]]
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Page(shown, Cursor(last[4], last[5]).token() if last else None)


BLOCKED = f"""
SELECT {FACE_JSON} FROM people_block b
JOIN people_profile f ON f.id = b.blocked_id
LEFT JOIN media_picture fa ON fa.id = f.avatar_id
WHERE b.blocker_id = %(me)s ORDER BY b.created_at DESC, b.id DESC LIMIT 500
"""


def blocked_by(actor: Actor) -> list[Face]:
    """Whom the actor blocks, the latest first; at most 500."""
    return [_face(row[0]) for row in _rows(BLOCKED, {"me": actor.profile_id or 0})]


def who_confirmed(email: str) -> User | None:
    """The login whose address this is and who has confirmed it. Anybody may sign up with any
    address: one that was not confirmed says nothing of who they are."""
    rows = EmailAddress.objects.filter(email__iexact=email, verified=True)
    named = rows.values_list("user_id", flat=True)
    return User.objects.filter(email__iexact=email, is_active=True, pk__in=named).first()
