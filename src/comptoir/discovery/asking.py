"""One look at the place: who asks, and what it says to them, read once for a whole page."""

from functools import cached_property

from comptoir.discovery.live.asker import Asker, asker_of
from comptoir.discovery.live.edges import I32
from comptoir.discovery.live.engine import ENGINE
from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import Ranked, Ranker
from comptoir.discovery.live.world import F64, Viewer
from comptoir.people.actor import Actor


class Asking:
    """``asker``: who asks and what they wish; ``ranker``: answers from the place as it is now.

    For one request: what is worked out for it is kept with it. Not for several threads.
    """

    def __init__(self, asker: Asker, ranker: Ranker) -> None:
        self.asker, self.ranker = asker, ranker

    @property
    def place(self) -> Place:
        return self.ranker.place

    @property
    def personal(self) -> bool:
        """Whether their circle orders what they see."""
        return self.asker.profile_id is not None

    @cached_property
    def viewer(self) -> Viewer:
        return self.place.viewer(self.asker.profile_id, list(self.asker.excluded))

    @cached_property
    def ranked(self) -> Ranked:
        return self.ranker.rank(self.viewer)

    @cached_property
    def near(self) -> tuple[I32, F64]:
        """Their peers and how near each is; what has been ranked by knows them already."""
        if "ranked" in self.__dict__:
            return self.ranked.peers, self.ranked.voices
        return self.ranker.near(self.viewer)


def asking_of(actor: Actor) -> Asking:
    """Reads what the actor wishes and what changed in the place: two statements, and more only for
    what did change."""
    return Asking(asker_of(actor), ENGINE.ranker())
