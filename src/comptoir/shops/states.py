"""How a shop comes to sell, and stops."""

from comptoir.common.states import Machine

SHOP = Machine(
    name="shop",
    field="status",
    edges={
        "preparing": frozenset({"open", "closed"}),
        "pending": frozenset({"open", "closed"}),
        "open": frozenset({"closed"}),
        "closed": frozenset({"open", "preparing"}),
    },
)
