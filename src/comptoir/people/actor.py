"""Who is asking. Every access function and many services take one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A request's user and personal profile; both ``None`` for a visitor who is not signed in."""

    user_id: int | None = None
    profile_id: int | None = None
    is_operator: bool = False

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None


ANYONE = Actor()
