"""All addresses. Pages are in ``comptoir.web``."""

from django.urls import include, path

from comptoir.web.health import health

# Django looks this name up here.
handler500 = "comptoir.web.errors.server_error"

urlpatterns = [
    path("healthz", health, name="health"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("comptoir.web.urls")),
]
