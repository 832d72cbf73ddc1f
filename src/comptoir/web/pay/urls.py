"""Addresses of the ways to pay that have a page of ours."""

from django.urls import path

from comptoir.web.pay import views

urlpatterns = [
    path("pay/transfer/<str:token>", views.transfer, name="pay_transfer"),
    path("pay/transfer/<str:token>/code.svg", views.transfer_code, name="pay_transfer_code"),
    path("pay/stripe/<str:token>", views.stripe, name="pay_stripe"),
]
