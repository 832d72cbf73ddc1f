"""What happened to pictures."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class PictureReady(Event):
    """A picture that was fetched from a URL can be shown."""

    name: ClassVar[str] = "media.picture_ready"
    picture_id: int

    def aggregate(self) -> str:
        return f"picture:{self.picture_id}"


@dataclass(frozen=True, slots=True)
class PictureFailed(Event):
    """A picture could not be had from its URL; ``reason`` is one sentence in English."""

    name: ClassVar[str] = "media.picture_failed"
    picture_id: int
    reason: str

    def aggregate(self) -> str:
        return f"picture:{self.picture_id}"
