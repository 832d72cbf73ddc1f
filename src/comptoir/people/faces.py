"""A face: what is shown of a profile beside its words and acts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from comptoir.media.queries import PictureView, stored_columns, stored_picture
from comptoir.people.models import Profile

# A Face as one jsonb array, for aliases ``f`` (people_profile) and ``fa`` (its avatar's picture).
FACE_JSON = f"jsonb_build_array(f.id, f.handle, f.name, f.kind, {stored_columns('fa')})"


class Face(NamedTuple):
    """A profile's name, handle and avatar; ``kind`` is "person" or "shop"."""

    id: int
    handle: str
    name: str
    kind: str
    avatar: PictureView | None


def face_from(values: Sequence[Any]) -> Face:
    """A face from the array of ``FACE_JSON``."""
    profile_id, handle, name, kind, avatar = values
    return Face(profile_id, handle, name, kind, stored_picture(avatar))


def face_of(profile: Profile) -> Face:
    """The face of a profile that was read with its avatar."""
    shot = profile.avatar
    avatar = None
    if shot is not None:
        avatar = PictureView(
            shot.pk, shot.status, shot.sha256, shot.width, shot.height, shot.colour
        )
    return Face(profile.pk, profile.handle, profile.name, profile.kind, avatar)
