"""Waits until acts of others move a ranking: ``python -m bench.fresh_ranking``.

Reads a line of JSON, ``[[viewer, product]]``, from standard input; prints ``[[place, friend]]``: of
the pairs where the viewer's circle says nothing of the product, the place and a friend who speaks
in that circle. Then takes lines of an act's place and when it began. Each is asked for, the oldest
first, until the circle says something; prints how long each took, in milliseconds, how often was
asked, and how many acts a second there were. What waits for one before it is told too late, never
too early.
"""

import functools
import json
import sys
import time

import bench.ready  # noqa: F401 (it sets Django up)
from comptoir.discovery.suggest import for_you, weigh
from comptoir.people.actor import Actor

PAUSE = 0.002  # seconds between two questions about the same act
PATIENCE = 30.0


def said(viewer: int, product: int) -> float:
    return weigh(Actor(viewer, viewer), [product])[product]


@functools.cache
def speaking_friend(viewer: int) -> int | None:
    """Somebody whom the viewer follows and who speaks for what they are suggested."""
    suggestions = for_you(Actor(viewer, viewer), limit=48)
    friends = (voice.id for one in suggestions for voice in one.voices if voice.friend)
    return next(friends, None)


def main() -> None:
    pairs = json.loads(sys.stdin.readline())
    spoken_to = [
        (place, friend)
        for place, pair in enumerate(pairs)
        if (friend := speaking_friend(pair[0])) and said(*pair) == 0.0
    ]
    print(json.dumps(spoken_to), flush=True)
    taken, began, asked = list[float](), list[float](), 0
    for line in sys.stdin:
        place, begun = int(line.split()[0]), float(line.split()[1])
        began.append(begun)
        while True:
            now = said(*pairs[place])
            asked += 1
            waited = time.time() - begun
            if now > 0.0:
                taken.append(round(1000 * waited, 2))
                break
            if waited > PATIENCE:
                raise RuntimeError(f"{pairs[place]} is not moved after {PATIENCE} s")
            time.sleep(PAUSE)
    rate = len(began) / max(began[-1] - began[0], 0.001) if began else 0.0
    print(json.dumps({"ms": taken, "asked": asked, "rate": rate}))


if __name__ == "__main__":
    main()
