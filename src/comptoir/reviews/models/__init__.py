from comptoir.reviews.models.keep import Keep
from comptoir.reviews.models.recommendation import Recommendation
from comptoir.reviews.models.showcase import Showcase

__all__ = ["Keep", "Recommendation", "Showcase"]
