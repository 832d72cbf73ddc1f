"""What happened to people."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class ProfileFollowed(Event):
    name: ClassVar[str] = "people.ProfileFollowed"
    follower_id: int
    followee_id: int

    def aggregate(self) -> str:
        return f"follow:{self.follower_id}:{self.followee_id}"


@dataclass(frozen=True, slots=True)
class ProfileUnfollowed(Event):
    name: ClassVar[str] = "people.ProfileUnfollowed"
    follower_id: int
    followee_id: int

    def aggregate(self) -> str:
        return f"follow:{self.follower_id}:{self.followee_id}"


@dataclass(frozen=True, slots=True)
class ProfileBlocked(Event):
    name: ClassVar[str] = "people.ProfileBlocked"
    blocker_id: int
    blocked_id: int

    def aggregate(self) -> str:
        return f"follow:{self.blocker_id}:{self.blocked_id}"


@dataclass(frozen=True, slots=True)
class ProfileSuspended(Event):
    """The operator took a profile out of sight."""

    name: ClassVar[str] = "people.ProfileSuspended"
    profile_id: int

    def aggregate(self) -> str:
        return f"profile:{self.profile_id}"


@dataclass(frozen=True, slots=True)
class ProfileRestored(Event):
    name: ClassVar[str] = "people.ProfileRestored"
    profile_id: int

    def aggregate(self) -> str:
        return f"profile:{self.profile_id}"


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    """Someone asked to be erased: their profile is hidden already, and will be deleted."""

    name: ClassVar[str] = "people.PersonLeft"
    user_id: int
    profile_id: int | None

    def aggregate(self) -> str:
        return f"user:{self.user_id}"
