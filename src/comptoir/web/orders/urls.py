"""Addresses of orders, for their buyers."""

from django.urls import path

from comptoir.web.orders import documents, files, returns, views, withdrawal

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<str:key>", views.order, name="order"),
    path("orders/<str:key>/state", views.order_state, name="order_state"),
    path("orders/<str:key>/files/<str:token>", files.order_file, name="order_file"),
    path("orders/<str:key>/invoice", documents.order_invoice, name="order_invoice"),
    path(
        "orders/<str:key>/documents/<str:number>", documents.order_document, name="order_document"
    ),
    path("orders/<str:key>/return", views.order_return, name="order_return"),
    path("orders/<str:key>/cancellation", views.order_cancellation, name="order_cancellation"),
    path("orders/<str:key>/returns", returns.order_returns, name="order_returns"),
    path(
        "orders/<str:key>/returns/<int:return_id>/label", returns.return_label, name="return_label"
    ),
    path("orders/<str:key>/withdrawal", withdrawal.order_withdrawal, name="order_withdrawal"),
    path("withdrawal", withdrawal.withdrawal, name="withdrawal"),
    path("withdrawal/<str:token>", withdrawal.withdrawal_link, name="withdrawal_link"),
    path("withdrawals/<str:key>", withdrawal.withdrawal_receipt, name="withdrawal_receipt"),
]
