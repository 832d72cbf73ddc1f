from comptoir.discovery.models.signal import Signal

__all__ = ["Signal"]
