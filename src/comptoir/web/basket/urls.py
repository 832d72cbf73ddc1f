"""Addresses of the basket."""

from django.urls import path

from comptoir.web.basket import views

urlpatterns = [
    path("basket", views.basket, name="basket"),
    path("basket/lines", views.basket_add, name="basket_add"),
    path("basket/lines/<int:variant_id>", views.basket_line, name="basket_line"),
    path("basket/lines/<int:variant_id>/later", views.basket_later, name="basket_later"),
    path("basket/prices", views.basket_prices, name="basket_prices"),
]
