"""All addresses. Pages are in ``comptoir.web``."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("comptoir.web.urls")),
]
