from comptoir.discovery.models.signal import Signal
from comptoir.discovery.models.taste import DroppedPerson, LessOf, TastePreference

__all__ = ["DroppedPerson", "LessOf", "Signal", "TastePreference"]
