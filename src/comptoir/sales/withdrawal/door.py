"""The way to withdraw without an account: a signed link, mailed to the order's own address."""

from typing import Final

from django.core import signing

from comptoir.common.errors import NotVisible
from comptoir.sales.models import Order, Withdrawal

LINK_SECONDS: Final = 2 * 24 * 3600
_SALT: Final = "sales.withdrawal"


def withdrawal_token(order_key: str) -> str:
    """What stands for the order in the link."""
    return signing.dumps(order_key, salt=_SALT)


def order_of_token(token: str) -> Order:
    """The order, with its shop's profile, for whoever has the mail: also a member's.

    Raises:
        NotVisible: forged, or older than two days.
    """
    try:
        key = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise NotVisible from error
    order = Order.objects.select_related("shop__profile").filter(key=key).first()
    if order is None:
        raise NotVisible
    return order


def receipt_of_key(key: str) -> Withdrawal:
    """A withdrawal with its order and shop, for whoever holds the key of its receipt.

    Raises:
        NotVisible: there is none.
    """
    rows = Withdrawal.objects.select_related("order__shop__profile", "giving_back")
    found = rows.filter(key=key).first()
    if found is None:
        raise NotVisible
    return found
