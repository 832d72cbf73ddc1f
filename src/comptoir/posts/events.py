"""What happened to posts."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class PurchaseShared(Event):
    """A buyer showed a line of an order to ``audience``."""

    name: ClassVar[str] = "posts.PurchaseShared"
    post_id: int
    profile_id: int
    product_id: int
    audience: str

    def aggregate(self) -> str:
        return f"act:{self.profile_id}:{self.product_id}"


@dataclass(frozen=True, slots=True)
class PurchaseUnshared(Event):
    name: ClassVar[str] = "posts.PurchaseUnshared"
    post_id: int
    profile_id: int
    product_id: int

    def aggregate(self) -> str:
        return f"act:{self.profile_id}:{self.product_id}"


@dataclass(frozen=True, slots=True)
class _LikeEvent(Event):
    """Of one product that the post shows."""

    post_id: int
    profile_id: int
    product_id: int

    def aggregate(self) -> str:
        return f"act:{self.profile_id}:{self.product_id}"


@dataclass(frozen=True, slots=True)
class PostLiked(_LikeEvent):
    name: ClassVar[str] = "posts.PostLiked"


@dataclass(frozen=True, slots=True)
class PostUnliked(_LikeEvent):
    name: ClassVar[str] = "posts.PostUnliked"


@dataclass(frozen=True, slots=True)
class ShowingChanged(Event):
    """A post that shows the product is read by others than before, says another interest, or is
    gone: what its likes say may have changed with it."""

    name: ClassVar[str] = "posts.ShowingChanged"
    post_id: int
    product_id: int

    def aggregate(self) -> str:
        return f"post:{self.post_id}"


@dataclass(frozen=True, slots=True)
class CommentWritten(Event):
    name: ClassVar[str] = "posts.CommentWritten"
    comment_id: int
    post_id: int
    author_id: int

    def aggregate(self) -> str:
        return f"post:{self.post_id}"


@dataclass(frozen=True, slots=True)
class PostPublished(Event):
    name: ClassVar[str] = "posts.PostPublished"
    post_id: int
    author_id: int

    def aggregate(self) -> str:
        return f"post:{self.post_id}"
