"""Addresses of the ways to pay that have a page of ours."""

from django.urls import path

from comptoir.web import signed_keys  # noqa: F401 (makes ``<signed:token>`` known)
from comptoir.web.pay import views

urlpatterns = [
    path("pay/transfer/<signed:token>", views.transfer, name="pay_transfer"),
    path("pay/transfer/<signed:token>/code.svg", views.transfer_code, name="pay_transfer_code"),
    path("pay/stripe/<signed:token>", views.stripe, name="pay_stripe"),
]
