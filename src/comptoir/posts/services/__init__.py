"""The writes of ``posts``."""

from comptoir.posts.services.answers import delete_comment, react, unreact, write_comment
from comptoir.posts.services.publish import (
    PhotoDraft,
    TagDraft,
    delete_post,
    edit_post,
    publish_post,
)
from comptoir.posts.services.share import share_purchase

__all__ = [
    "PhotoDraft",
    "TagDraft",
    "delete_comment",
    "delete_post",
    "edit_post",
    "publish_post",
    "react",
    "share_purchase",
    "unreact",
    "write_comment",
]
