"""What ``discovery`` holds of a person, for their export."""

from typing import Any

from comptoir.discovery.models import (
    CommunityMember,
    DroppedPerson,
    LessOf,
    Signal,
    TastePreference,
)


def export_of(profile_id: int) -> dict[str, Any]:
    """The signals that ranking reads, and what they decided about their taste, as JSON values."""
    rows = Signal.objects.filter(actor=profile_id).order_by("id")
    return {
        "signals": [
            {
                "product": s.product_id,
                "kind": s.kind,
                "audience": s.audience,
                "at": s.at.isoformat(),
                "forgotten": s.forgotten,
            }
            for s in rows
        ],
        "taste": _taste_of(profile_id),
        "communities": _communities_of(profile_id),
    }


def _taste_of(profile_id: int) -> dict[str, Any]:
    off = TastePreference.objects.filter(profile=profile_id, personalised=False)
    dropped = DroppedPerson.objects.filter(profile=profile_id).order_by("id")
    less = LessOf.objects.filter(profile=profile_id).order_by("id")
    return {
        "personalised": not off.exists(),
        "dropped": list(dropped.values_list("person__handle", flat=True)),
        "less_of": list(less.values("product", "shop", "category")),
    }


def _communities_of(profile_id: int) -> list[dict[str, Any]]:
    """Where they were found, which they joined, and which they left."""
    rows = CommunityMember.objects.select_related("community").filter(profile=profile_id)
    return [
        {
            "community": str(row.community),
            "how": row.how,
            "closeness": round(row.closeness, 3),
            "at": row.at.isoformat(),
        }
        for row in rows.order_by("id")
    ]
