from comptoir.sales.models.account import PaymentAccount
from comptoir.sales.models.basket import Basket, BasketLine
from comptoir.sales.models.bill import Bill, BillLine
from comptoir.sales.models.cash import CashDue
from comptoir.sales.models.download import Download
from comptoir.sales.models.invoice import Invoice, InvoiceCounter, InvoiceShare
from comptoir.sales.models.ledger import LedgerCheck, LedgerEntry, LedgerHead
from comptoir.sales.models.odd_money import OddMoney
from comptoir.sales.models.offer import Offer, OfferCustomer, OfferUse
from comptoir.sales.models.order import Order, OrderLine, OrderNumber
from comptoir.sales.models.payment import (
    Payment,
    ProviderEvent,
    Refund,
    RefundFailure,
    RefundUnmade,
)
from comptoir.sales.models.refund_line import RefundLine
from comptoir.sales.models.returns import Return, ReturnLabel, ReturnLine, ReturnPhoto
from comptoir.sales.models.sandbox import BankCharge, BankRefund
from comptoir.sales.models.shared_basket import SharedBasket, SharedBasketLine
from comptoir.sales.models.shipment import Shipment, ShipmentLine
from comptoir.sales.models.stripe import SavedCard, StripeCharge, StripeCustomer, StripeDispute
from comptoir.sales.models.tally import LineTally
from comptoir.sales.models.transfer import (
    BankEntry,
    BankStatement,
    ExcessReturned,
    TransferDue,
)
from comptoir.sales.models.vat_number_check import VatNumberCheck
from comptoir.sales.models.withdrawal import Withdrawal, WithdrawalLine

__all__ = [
    "BankCharge",
    "BankEntry",
    "BankRefund",
    "BankStatement",
    "Basket",
    "BasketLine",
    "Bill",
    "BillLine",
    "CashDue",
    "Download",
    "ExcessReturned",
    "Invoice",
    "InvoiceCounter",
    "InvoiceShare",
    "LedgerCheck",
    "LedgerEntry",
    "LedgerHead",
    "LineTally",
    "OddMoney",
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
    "RefundFailure",
    "RefundLine",
    "RefundUnmade",
    "Return",
    "ReturnLabel",
    "ReturnLine",
    "ReturnPhoto",
    "SavedCard",
    "SharedBasket",
    "SharedBasketLine",
    "Shipment",
    "ShipmentLine",
    "StripeCharge",
    "StripeCustomer",
    "StripeDispute",
    "TransferDue",
    "VatNumberCheck",
    "Withdrawal",
    "WithdrawalLine",
]
