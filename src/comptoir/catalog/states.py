"""How an import moves from its file to the catalogue."""

from comptoir.common.states import Machine

# A run that was killed is found "reading" or "applying" by the next one to get the shop's lock: it
# is begun again if it is the same run, and interrupted for good if it is another.
IMPORT = Machine(
    name="import",
    field="status",
    edges={
        "queued": frozenset({"reading", "dropped"}),
        "reading": frozenset(
            {"reading", "applying", "needs_confirmation", "failed", "interrupted"}
        ),
        "needs_confirmation": frozenset({"queued", "dropped"}),
        "applying": frozenset({"done", "reading", "failed", "interrupted"}),
        "done": frozenset(),
        "failed": frozenset(),
        "interrupted": frozenset(),
        "dropped": frozenset(),
    },
)
