"""The writes of ``sales``."""

from comptoir.sales.services.address import Address
from comptoir.sales.services.cancel_order import cancel_by_buyer, cancel_by_shop
from comptoir.sales.services.expire import expire_orders, reconcile
from comptoir.sales.services.give_back import give_back
from comptoir.sales.services.place_order import Placed, place_order
from comptoir.sales.services.settle import Settlement, ask_provider, settle
from comptoir.sales.services.ship_order import ship_order
from comptoir.sales.services.take_webhook import take_webhook

__all__ = [
    "Address",
    "Placed",
    "Settlement",
    "ask_provider",
    "cancel_by_buyer",
    "cancel_by_shop",
    "expire_orders",
    "give_back",
    "place_order",
    "reconcile",
    "settle",
    "ship_order",
    "take_webhook",
]
