"""The letters there are. A kind is kept in jobs and in Message-IDs: it is not renamed."""

from enum import StrEnum


class LetterKind(StrEnum):
    """``about`` is the key of the row that a letter is about, besides its order."""

    ORDER_PAID = "order_paid"
    ORDER_PAID_LATE = "order_paid_late"
    ORDER_SENT = "order_sent"
    ORDER_CANCELLED = "order_cancelled"
    MONEY_TOO_LATE = "money_too_late"  # about: the refund
    REFUNDED = "refunded"  # about: the refund

    SHOP_ORDER_PAID = "shop_order_paid"
