"""Addresses that mails carry. The pages are ``web``'s; a test there holds both to each other."""

from django.conf import settings


def order_link(key: str) -> str:
    """The buyer's page of an order; for a guest, the link is the key."""
    return f"{settings.PUBLIC_URL}/orders/{key}"


def order_withdrawal_link(key: str) -> str:
    """Where the holder of an order's key withdraws from it."""
    return f"{settings.PUBLIC_URL}/orders/{key}/withdrawal"


def invoice_link(key: str) -> str:
    """The order's invoice, for whoever may open the order."""
    return f"{settings.PUBLIC_URL}/orders/{key}/invoice"


def desk_link(shop_handle: str, number: str) -> str:
    """The order at the shop's desk."""
    return f"{settings.PUBLIC_URL}/counter/{shop_handle}/orders/{number}"


def receipt_link(key: str) -> str:
    """The receipt of a withdrawal, to be read and printed by whoever has its key."""
    return f"{settings.PUBLIC_URL}/withdrawals/{key}"


def withdrawal_link(token: str) -> str:
    """Where one withdraws from an order without an account, for a while."""
    return f"{settings.PUBLIC_URL}/withdrawal/{token}"
