"""The live ranking written plainly: sets and loops, of what one viewer may know of."""

import math
from collections import defaultdict

import numpy as np
import scipy.sparse as sp

from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.ranking.trust import trust
from tests.discovery.live.towns import Town


class Slowly:
    """Scores for one viewer of a town, without caps."""

    def __init__(self, town: Town, me: int, settings: LiveSettings = LIVE) -> None:
        self.town, self.me, self.by = town, me, settings.blend
        self.people = range(10, 10 + town.people)
        self.friends = {b for a, b in town.follows if a == me}
        self.public = {pair for pair, told in town.acts.items() if told == "everyone"}
        self.mine = {product for (who, product) in town.acts if who == me}
        follows = sp.csr_matrix((town.people, town.people))
        if town.follows:
            rows, columns = np.array(sorted(town.follows)).T - 10
            shape = (town.people, town.people)
            follows = sp.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
        following = sorted({who for who, _ in town.follows})
        elders = following[: math.isqrt(len(following))]
        trusted = trust(follows, np.array(elders, np.int64) - 10)
        self.trust = {who: float(np.float32(trusted[who - 10])) for who in self.people}

    def known(self, who: int) -> set[int]:
        """What the viewer may know that ``who`` acted on."""
        told = ("everyone", "followers") if who in self.friends else ("everyone",)
        return {b for (a, b), audience in self.town.acts.items() if a == who and audience in told}

    def count(self, product: int) -> float:
        return sum(self.trust[a] for a, b in self.public if b == product)

    def rarity(self, count: float) -> float:
        return max(math.log(self.town.people / max(count, 1.0)), 0.0)

    def followers(self, who: int) -> float:
        return 1 + sum(self.trust[a] for a, b in self.town.follows if b == who)

    def circle(self, who: int) -> set[int]:
        return {who} | {b for a, b in self.town.follows if a == who}

    def voices(self) -> dict[int, float]:
        """What each peer's voice is worth."""
        mine = math.sqrt(sum(self.weight(b) for b in self.mine) + self.by.peers.shrink)
        around = math.sqrt(sum(self.nearness(x) for x in self.circle(self.me)))
        found = {}
        for who in self.people:
            if who == self.me:
                continue
            public = {b for a, b in self.public if a == who}
            length = math.sqrt(sum(self.weight(b) for b in public) + self.by.peers.shrink)
            shared = sum(self.weight(b) for b in self.mine & self.known(who))
            theirs = math.sqrt(sum(self.nearness(x) for x in self.circle(who)))
            near = sum(self.nearness(x) for x in self.circle(who) & self.circle(self.me))
            voice = self.by.peers.taste * shared / max(mine * length, 1e-12)
            voice += self.by.peers.circle * near / max(around * theirs, 1e-12)
            voice *= 1.0 if who in self.friends else self.trust[who]
            if voice > 0:
                found[who] = voice**self.by.peers.sharpness
        return found

    def weight(self, product: int) -> float:
        return self.rarity(self.count(product)) ** 2

    def nearness(self, who: int) -> float:
        return self.rarity(self.followers(who)) ** 2

    def by_peers(self) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for who, voice in self.voices().items():
            for product in self.known(who):
                fame = max(self.count(product), 1.0)
                found[product] += voice * fame**-self.by.peers.discount
        return dict(found)

    def by_pairs(self) -> dict[int, float]:
        """Σ over one's products of what known people, in public, did with both."""
        found: dict[int, float] = defaultdict(float)
        shrink, balance = self.by.pairs.shrink, self.by.pairs.balance
        acts = defaultdict(set)
        for who, product in self.public:
            acts[who].add(product)
        for who, theirs in acts.items():
            word = self.trust[who] * max(len(theirs), 1) ** -self.by.pairs.breadth
            for spoken in theirs & self.mine:
                for listener in theirs - {spoken}:
                    size = max(self.count(spoken), 1) + shrink
                    other = max(self.count(listener), 1) + shrink
                    found[listener] += word * size**-balance * other ** (balance - 1)
        return {product: worth for product, worth in found.items() if worth > 0}

    def acted_also(self, product: int, *, purchases: bool) -> dict[int, tuple[float, int]]:
        """By product: what its actors (those in public) have in common with it, and how many."""
        found: dict[int, tuple[float, int]] = {}
        for who in self.people:
            public = {b for a, b in self.public if a == who}
            theirs = public if purchases else self.known(who)
            voice = 1.0 if who in self.friends else self.trust[who]
            if who == self.me or product not in theirs or voice <= 0:
                continue
            length = math.sqrt(sum(self.weight(b) for b in public) + self.by.peers.shrink)
            for other in theirs - {product}:
                said, people = found.get(other, (0.0, 0))
                found[other] = said + voice / math.sqrt(max(length, 1.0)), people + 1
        shrink = self.by.pairs.shrink
        return {
            other: (said / math.sqrt(max(self.count(other), 1.0) + shrink), people)
            for other, (said, people) in found.items()
        }

    def scores(self) -> dict[int, float]:
        found: dict[int, float] = defaultdict(float)
        for weight, said in (
            (self.by.weights.peers, self.by_peers()),
            (self.by.weights.pairs, self.by_pairs()),
        ):
            length = math.sqrt(sum(one * one for one in said.values())) or 1.0
            for product, one in said.items():
                found[product] += weight * one / length
        return dict(found)
