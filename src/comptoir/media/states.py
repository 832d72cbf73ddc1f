"""How a picture's status moves: fetched once, and tried again when it is asked for again."""

from comptoir.common.states import Machine

PICTURE = Machine(
    name="picture",
    field="status",
    edges={
        "pending": frozenset({"ready", "failed"}),
        "failed": frozenset({"pending"}),
        "ready": frozenset(),
    },
)
