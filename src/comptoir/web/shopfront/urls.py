"""Addresses of opening a shop."""

from django.urls import path

from comptoir.web.shopfront import views

urlpatterns = [
    path("shops/new", views.shop_new, name="shop_new"),
    path("shops/new/handle", views.shop_handle, name="shop_handle"),
]
