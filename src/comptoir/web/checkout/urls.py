"""Addresses of buying."""

from django.urls import path

from comptoir.web.checkout import views

urlpatterns = [
    path("products/<int:product_id>/buy", views.product_buy, name="product_buy"),
    path("checkout/new", views.checkout_new, name="checkout_new"),
    path("checkout/totals", views.checkout_totals, name="checkout_totals"),
    path("checkout", views.checkout, name="checkout"),
]
