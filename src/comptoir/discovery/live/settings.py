"""What the live ranking is set to: the method's parameters, and the caps that bound its cost."""

from dataclasses import dataclass

from comptoir.discovery.ranking.blend import Settings
from comptoir.discovery.ranking.peers import PeerSettings

# Of 500 peers, 200 say little that the first 300 do not, and cost as much (``bench.live_quality``).
HEARD = Settings(peers=PeerSettings(keep=300))


@dataclass(frozen=True, slots=True)
class LiveSettings:
    """``blend``: as ``ranking.choice`` chooses it. Caps are of a posting list, newest first:
    ``actors`` of a product or followers of a person, ``acts`` of a peer, ``mine`` of the viewer.
    ``paired``: actors of a product and acts of each, when pairs are made.
    """

    blend: Settings = HEARD
    actors: int = 300
    acts: int = 150
    mine: int = 300
    paired: int = 60


LIVE = LiveSettings()
