from comptoir.people.models.graph import Block, Follow
from comptoir.people.models.profile import Profile
from comptoir.people.models.user import User

__all__ = ["Block", "Follow", "Profile", "User"]
