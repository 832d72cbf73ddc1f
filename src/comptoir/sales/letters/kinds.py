"""The letters there are. A kind is kept in jobs and in Message-IDs: it is not renamed."""

from enum import StrEnum


class LetterKind(StrEnum):
    """What stands behind a kind is the row that ``about`` names, besides the order."""

    ORDER_PAID = "order_paid"
    ORDER_PAID_LATE = "order_paid_late"
    PAYMENT_AWAITED = "payment_awaited"
    PAYMENT_REFUSED = "payment_refused"
    ORDER_EXPIRED = "order_expired"
    ORDER_CALLED_OFF = "order_called_off"  # before it was paid
    ORDER_CANCELLED = "order_cancelled"  # after
    INVOICE_READY = "invoice_ready"
    ORDER_SENT = "order_sent"  # a shipment, or none for all of it
    PART_SENT = "part_sent"  # a shipment
    REST_GIVEN_UP = "rest_given_up"  # of an order that cost nothing
    ORDER_DELIVERED = "order_delivered"
    MONEY_TOO_LATE = "money_too_late"  # a refund
    REFUNDED = "refunded"  # a refund
    REFUND_FAILED = "refund_failed"  # a refund's failure
    REFUNDED_AFTER_ALL = "refunded_after_all"  # the failure that it makes good
    ODD_MONEY = "odd_money"  # money of another amount than was asked
    RETURN_NOTED = "return_noted"  # a return
    RETURN_ACCEPTED = "return_accepted"  # a return
    RETURN_REFUSED = "return_refused"  # a return
    NOTHING_CAME_BACK = "nothing_came_back"  # a return that follows a withdrawal
    EXCHANGE_PLACED = "exchange_placed"  # the order is the new one
    WITHDRAWAL_LINK = "withdrawal_link"  # the hour in which it was asked for
    WITHDRAWAL_RECEIPT = "withdrawal_receipt"  # a withdrawal

    SHOP_ORDER_PAID = "shop_order_paid"
    SHOP_ORDER_CANCELLED = "shop_order_cancelled"
    SHOP_RETURN_ASKED = "shop_return_asked"  # a return
    SHOP_WITHDRAWAL = "shop_withdrawal"  # a withdrawal
    SHOP_ODD_MONEY = "shop_odd_money"  # the same
    SHOP_DISPUTE = "shop_dispute"  # a dispute
    SHOP_DISPUTE_ENDED = "shop_dispute_ended"  # a dispute
    SHOP_REFUND_SEEN = "shop_refund_seen"  # a refund that the shop made at its provider
    SHOP_REFUND_FAILED = "shop_refund_failed"  # a refund's failure
