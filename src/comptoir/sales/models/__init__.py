from comptoir.sales.models.order import Order, OrderLine, OrderNumber
from comptoir.sales.models.payment import Payment, ProviderEvent
from comptoir.sales.models.sandbox import BankCharge
from comptoir.sales.models.stock import Hold

__all__ = [
    "BankCharge",
    "Hold",
    "Order",
    "OrderLine",
    "OrderNumber",
    "Payment",
    "ProviderEvent",
]
