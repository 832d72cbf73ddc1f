"""The one map from event to handlers: what must react upward is read here and nowhere else."""

from comptoir.common.outbox import Dispatcher, Wiring

WIRING: Wiring = {}


def dispatcher() -> Dispatcher:
    return Dispatcher(WIRING)
