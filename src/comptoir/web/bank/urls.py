"""Addresses of the sandbox bank and of webhooks."""

from django.urls import path

from comptoir.web.bank import views

urlpatterns = [
    path("bank/<str:reference>", views.bank, name="bank"),
    path("webhooks/<slug:provider>", views.webhook, name="webhook"),
]
