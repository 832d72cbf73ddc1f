"""Addresses of showcases."""

from django.urls import path

from comptoir.web.showcase import views

urlpatterns = [
    path("@<str:handle>/showcase", views.showcase, name="showcase"),
    path("me/showcase", views.mine, name="my_showcase"),
    path("counter/<str:handle>/showcase", views.of_shop, name="counter_showcase"),
    path("products/<int:product_id>/showcase", views.put, name="showcase_put"),
]
