"""Addresses of orders, for their buyers."""

from django.urls import path

from comptoir.web.orders import files, views

urlpatterns = [
    path("orders", views.orders, name="orders"),
    path("orders/<str:key>", views.order, name="order"),
    path("orders/<str:key>/state", views.order_state, name="order_state"),
    path("orders/<str:key>/files/<str:token>", files.order_file, name="order_file"),
    path("orders/<str:key>/return", views.order_return, name="order_return"),
    path("orders/<str:key>/cancellation", views.order_cancellation, name="order_cancellation"),
]
