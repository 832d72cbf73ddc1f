"""One look at the place: who asks, and what it says to them, read once for a whole page."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from comptoir.discovery.live.asker import (
    VISITOR,
    Asker,
    Showable,
    asker_read,
    showable,
    wishes_asked,
)
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
        self._looked_up: dict[int, Showable | None] = {}

    @property
    def place(self) -> Place:
        return self.ranker.place

    @property
    def personal(self) -> bool:
        """Whether their circle orders what they see."""
        return self.asker.profile_id is not None

    def showable(self, product_ids: Iterable[int], soon: Iterable[int] = ()) -> dict[int, Showable]:
        """Those of the products that the asker may be shown and did not ask to see no more.

        One statement for all that was not looked up yet; ``soon``: what will be asked for next.
        """
        ids = list(product_ids)
        new = {one for one in ids if one not in self._looked_up}
        if new:
            new.update(one for one in soon if one not in self._looked_up)
            self._looked_up |= dict.fromkeys(new) | showable(self.asker, list(new))
        return {one: may for one in ids if (may := self._looked_up[one]) is not None}

    @cached_property
    def viewer(self) -> Viewer:
        return self.place.viewer(self.asker.profile_id, list(self.asker.excluded))

    @cached_property
    def ranked(self) -> Ranked:
        return self.ranker.rank(self.viewer)

    @cached_property
    def had(self) -> I32:
        """All products that they acted on, whatever they wish."""
        me = self.viewer if self.personal else self.place.viewer(self.asker.me or None, [])
        return self.place.had(me)

    def acts_of_friends(self, product_ids: Sequence[int]) -> list[tuple[int, int]] | None:
        """(product, person) of those whom they follow and who acted on one of the products, as far
        as they may know; ``None`` where the place does not know of all."""
        place = self.place
        viewer = self.viewer if self.personal else place.viewer(self.asker.me or None, [])
        if not place.whole or viewer.me < 0 or len(viewer.friends) >= place.settings.actors:
            return None
        shown = place.products.rows(product_ids)
        where, who = self.ranker.friends_who_acted(viewer, shown)
        products = place.products.ids(shown[where])
        return list(zip(products, place.people.ids(who), strict=True))

    @cached_property
    def near(self) -> tuple[I32, F64]:
        """Their peers and how near each is; what has been ranked by knows them already."""
        if "ranked" in self.__dict__:
            return self.ranked.found.peers, self.ranked.found.voices
        return self.ranker.near(self.viewer)


def asking_of(actor: Actor) -> Asking:
    """Reads what the actor wishes and what changed in the place, in one round trip; in more only
    for what did change."""
    me = actor.profile_id
    if me is None:
        return Asking(VISITOR, ENGINE.ranker())
    ranker, (rows,) = ENGINE.ranker_beside(wishes_asked(me))
    return Asking(asker_read(me, rows), ranker)
