"""What the live ranking is set to: the method's parameters, and the caps that bound its cost."""

from dataclasses import dataclass, field

from comptoir.discovery.ranking.blend import Settings


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """``blend``: as ``ranking.choice`` chooses it. Caps are of a posting list, newest first:
    ``actors`` of a product or followers of a person, ``acts`` of a peer, ``mine`` of the viewer.
    ``paired``: actors of a product and acts of each, when pairs are made.
    """

    blend: Settings = field(default_factory=Settings)
    actors: int = 300
    acts: int = 150
    mine: int = 300
    paired: int = 60


LIVE = LiveSettings()
