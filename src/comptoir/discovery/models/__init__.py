from comptoir.discovery.models.change import Change
from comptoir.discovery.models.community import Community, CommunityMember
from comptoir.discovery.models.listing import Listing, Spelling, Word
from comptoir.discovery.models.signal import Signal
from comptoir.discovery.models.taste import DroppedPerson, LessOf, TastePreference

__all__ = [
    "Change",
    "Community",
    "CommunityMember",
    "DroppedPerson",
    "LessOf",
    "Listing",
    "Signal",
    "Spelling",
    "TastePreference",
    "Word",
]
