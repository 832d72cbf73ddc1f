"""Addresses of bills and printed codes."""

from django.urls import path

from comptoir.web.bills import codes, counter, phone

BILLS = "counter/<str:handle>/bills"
BILL = f"{BILLS}/<str:key>"

urlpatterns = [
    path(BILLS, counter.bills, name="counter_bills"),
    path(f"{BILLS}/sign", counter.sign, name="counter_bill_sign"),
    path(BILL, counter.bill, name="counter_bill"),
    path(f"{BILL}/state", counter.bill_state, name="counter_bill_state"),
    path(f"{BILL}/cancellation", counter.bill_cancellation, name="counter_bill_cancellation"),
    path("pay/<str:key>", phone.pay, name="pay_bill"),
    path("@<str:handle>/pay", phone.pay_shop, name="pay_shop"),
    path("products/<int:product_id>/code", codes.product_code, name="product_code"),
    path("basket/share", codes.basket_share, name="basket_share"),
    path("basket/of/<str:key>", codes.shared_basket, name="shared_basket"),
]
