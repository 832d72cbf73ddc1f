"""What ``discovery`` holds of a person, for their export."""

from typing import Any

from comptoir.discovery.models import Signal


def export_of(profile_id: int) -> dict[str, Any]:
    """The signals that ranking reads, as JSON values."""
    rows = Signal.objects.filter(actor=profile_id).order_by("id")
    return {
        "signals": [
            {
                "product": s.product_id,
                "kind": s.kind,
                "audience": s.audience,
                "at": s.at.isoformat(),
            }
            for s in rows
        ]
    }
