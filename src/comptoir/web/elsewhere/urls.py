"""Addresses of what is bought elsewhere."""

from django.urls import path

from comptoir.web.elsewhere import views

urlpatterns = [
    path("go/<str:token>", views.go, name="go"),
    path(
        "counter/<str:handle>/products/<int:product_id>/elsewhere",
        views.elsewhere,
        name="counter_elsewhere",
    ),
]
