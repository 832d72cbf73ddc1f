from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.basket import Basket, BasketLine
from comptoir.sales.models.ledger import LedgerCheck, LedgerEntry, LedgerHead
from comptoir.sales.models.offer import Offer, OfferCustomer, OfferUse
from comptoir.sales.models.order import Order, OrderLine, OrderNumber
from comptoir.sales.models.payment import Payment, ProviderEvent, Refund
from comptoir.sales.models.sandbox import BankCharge, BankRefund
from comptoir.sales.models.stock import Hold

__all__ = [
    "BankCharge",
    "BankRefund",
    "Basket",
    "BasketLine",
    "Hold",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerHead",
    "Offer",
    "OfferCustomer",
    "OfferUse",
    "Order",
    "OrderLine",
    "OrderNumber",
    "Payment",
    "PaymentAccount",
    "ProviderEvent",
    "Refund",
]
