"""What ``shops`` holds of a person, for their export."""

from typing import Any

from comptoir.shops.models import Invitation, StaffMember


def export_of(profile_id: int) -> dict[str, Any]:
    """Where they work and where they are asked to, as JSON values."""
    works = StaffMember.objects.filter(user__profile=profile_id).select_related("shop__profile")
    asked = Invitation.objects.filter(user__profile=profile_id).select_related("shop__profile")
    return {
        "works_at": [
            {
                "shop": row.shop.profile.handle,
                "role": row.role,
                "since": row.created_at.isoformat(),
            }
            for row in works.order_by("id")
        ],
        "invited_by": [
            {
                "shop": row.shop.profile.handle,
                "role": row.role,
                "email": row.email,
                "at": row.created_at.isoformat(),
            }
            for row in asked.order_by("id")
        ],
    }
