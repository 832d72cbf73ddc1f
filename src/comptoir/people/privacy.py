"""What ``people`` holds of a person, for their export."""

from typing import Any

from comptoir.people.models import Block, Follow, User


def export_of(user_id: int, profile_id: int | None) -> dict[str, Any]:
    """The login, the profile and its graph, as JSON values."""
    user = User.objects.select_related("profile").get(pk=user_id)
    follows = Follow.objects.filter(follower=profile_id).select_related("followee")
    blocks = Block.objects.filter(blocker=profile_id).select_related("blocked")
    profile = user.profile if profile_id is not None else None
    return {
        "account": {
            "email": user.email,
            "language": user.language,
            "joined_at": user.joined_at.isoformat(),
            "last_login": user.last_login.isoformat() if user.last_login else None,
        },
        "profile": profile
        and {
            "handle": profile.handle,
            "name": profile.name,
            "bio": profile.bio,
            "place": profile.place,
            "keeps_audience": profile.keeps_audience,
            "created_at": profile.created_at.isoformat(),
        },
        "follows": [{"handle": f.followee.handle, "at": f.created_at.isoformat()} for f in follows],
        "blocks": [{"handle": b.blocked.handle, "at": b.created_at.isoformat()} for b in blocks],
    }
