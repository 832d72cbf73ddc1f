"""What ``reviews`` holds of a person, for their export."""

from typing import Any

from comptoir.reviews.models import Keep, Recommendation
from comptoir.reviews.showcase import shown_by


def export_of(profile_id: int) -> dict[str, Any]:
    """What they keep, recommend and show on their page, as JSON values."""
    keeps = Keep.objects.filter(profile=profile_id).order_by("id")
    words = Recommendation.objects.filter(profile=profile_id).order_by("id")
    return {
        "showcase": shown_by(profile_id),
        "keeps": [
            {"product": k.product_id, "audience": k.audience, "at": k.created_at.isoformat()}
            for k in keeps
        ],
        "recommendations": [
            {
                "product": r.product_id,
                "word": r.word,
                "audience": r.audience,
                "interest": r.interest,
                "at": r.created_at.isoformat(),
            }
            for r in words
        ],
    }
