from comptoir.media.models.picture import Picture

__all__ = ["Picture"]
