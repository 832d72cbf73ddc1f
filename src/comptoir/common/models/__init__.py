from comptoir.common.models.counter import Counter
from comptoir.common.models.outbox import OutboxEvent

__all__ = ["Counter", "OutboxEvent"]
