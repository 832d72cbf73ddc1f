"""What ``discovery`` holds of a person, for their export."""

from typing import Any

from comptoir.discovery.models import DroppedPerson, LessOf, Signal, TastePreference


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
