"""The writes of ``people``."""

from comptoir.people.services.follow import block, follow, unblock, unfollow
from comptoir.people.services.join import edit_profile, join, set_language
from comptoir.people.services.leave import leave

__all__ = [
    "block",
    "edit_profile",
    "follow",
    "join",
    "leave",
    "set_language",
    "unblock",
    "unfollow",
]
