"""The writes of ``people``."""

from comptoir.people.services.follow import block, follow, unblock, unfollow
from comptoir.people.services.join import edit_profile, join, set_language

__all__ = ["block", "edit_profile", "follow", "join", "set_language", "unblock", "unfollow"]
