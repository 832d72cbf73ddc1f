"""Addresses of orders, for their buyers."""

from django.urls import path

from comptoir.web import signed_keys  # noqa: F401 (makes ``<signed:key>`` known)
from comptoir.web.orders import documents, files, returns, views, withdrawal

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<signed:key>", views.order, name="order"),
    path("orders/<signed:key>/state", views.order_state, name="order_state"),
    path("orders/<signed:key>/files/<str:token>", files.order_file, name="order_file"),
    path("orders/<signed:key>/invoice", documents.order_invoice, name="order_invoice"),
    path(
        "orders/<signed:key>/documents/<str:number>",
        documents.order_document,
        name="order_document",
    ),
    path("orders/<signed:key>/return", views.order_return, name="order_return"),
    path("orders/<signed:key>/payment", views.order_payment, name="order_payment"),
    path("orders/<signed:key>/cancellation", views.order_cancellation, name="order_cancellation"),
    path("orders/<signed:key>/returns", returns.order_returns, name="order_returns"),
    path(
        "orders/<signed:key>/returns/<int:return_id>/label",
        returns.return_label,
        name="return_label",
    ),
    path("orders/<signed:key>/withdrawal", withdrawal.order_withdrawal, name="order_withdrawal"),
    path("withdrawal", withdrawal.withdrawal, name="withdrawal"),
    path("withdrawal/<str:token>", withdrawal.withdrawal_link, name="withdrawal_link"),
    path("withdrawals/<signed:key>", withdrawal.withdrawal_receipt, name="withdrawal_receipt"),
]
