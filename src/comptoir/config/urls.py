"""All addresses. Pages are in ``comptoir.web``."""

from django.urls import include, path

from comptoir.web.health import health

urlpatterns = [
    path("healthz", health, name="health"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("comptoir.web.urls")),
]
