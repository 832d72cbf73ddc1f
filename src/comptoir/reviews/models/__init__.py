from comptoir.reviews.models.keep import Keep
from comptoir.reviews.models.recommendation import Recommendation

__all__ = ["Keep", "Recommendation"]
