"""What may follow what in a sale. Every change goes through ``common.states.transition``."""

from comptoir.common.states import Machine

# pending → paid       the money came in time            OrderPaid
# pending → cancelled  refused, not paid, or called off  OrderCancelled
# cancelled → paid     the money came after the hold     OrderPaid
# paid → shipped       by the shop                       OrderShipped
# paid → cancelled     by the shop, with a refund        OrderCancelled
# shipped → delivered  the last parcel has arrived       OrderDelivered
ORDER = Machine(
    name="order",
    field="status",
    edges={
        "pending": frozenset({"paid", "cancelled"}),
        "paid": frozenset({"shipped", "cancelled"}),
        "shipped": frozenset({"delivered"}),
        "delivered": frozenset(),
        "cancelled": frozenset({"paid"}),
    },
)

# failed → captured is a capture that came although we had given the payment up; refunded → captured
# a refund that did not reach the buyer.
PAYMENT = Machine(
    name="payment",
    field="status",
    edges={
        "created": frozenset({"pending", "captured", "failed"}),
        "pending": frozenset({"captured", "failed"}),
        "failed": frozenset({"captured"}),
        "captured": frozenset({"refunded"}),
        "refunded": frozenset({"captured"}),
    },
)

# done → failed    the provider says later that the buyer's bank sent it back   RefundFailed
# failed → due     the shop has it tried again                                 RefundAskedAgain
# failed → done    the shop gave it back another way                           OrderRefunded
REFUND = Machine(
    name="refund",
    field="status",
    edges={
        "due": frozenset({"done", "failed"}),
        "done": frozenset({"failed"}),
        "failed": frozenset({"due", "done"}),
    },
)

# asked → accepted, refused  by the shop                  ReturnAnswered
# accepted → received        the pieces are back
# → closed                   refunded, exchanged, settled otherwise, or overtaken by a withdrawal
# closed → received          the exchange is called off, and something is owed again
# closed → accepted          what was withdrawn from and had not come is on its way after all
RETURN = Machine(
    name="return",
    field="status",
    edges={
        "asked": frozenset({"accepted", "refused", "closed"}),
        "accepted": frozenset({"received", "closed"}),
        "received": frozenset({"closed"}),
        "refused": frozenset(),
        "closed": frozenset({"received", "accepted"}),
    },
)

BANK_CHARGE = Machine(
    name="bank charge",
    field="status",
    edges={
        "waiting": frozenset({"challenged", "charged", "refused"}),
        "challenged": frozenset({"charged", "refused"}),
        "charged": frozenset(),
        "refused": frozenset(),
    },
)
