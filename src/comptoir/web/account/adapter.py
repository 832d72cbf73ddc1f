"""What allauth asks of the site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """After signing up one picks a handle; after signing in one comes home."""

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("welcome")
