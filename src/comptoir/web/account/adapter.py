"""What allauth asks of the site."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from comptoir.people.models import User
from comptoir.web.basket.cookies import bring_along
from comptoir.web.request import actor_of_user


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """After signing up one picks a handle; after signing in one comes home, basket in hand."""

    def get_signup_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (allauth's)
        return reverse("welcome")

    def post_login(
        self,
        request: HttpRequest,
        user: User,
        *,
        signup: bool,
        redirect_url: str | None,
        **rest: Any,
    ) -> HttpResponse:
        """Someone new picks a handle before going where they wanted to."""
        if signup and redirect_url:
            redirect_url = f"{reverse('welcome')}?{urlencode({'next': redirect_url})}"
        answer: HttpResponse = super().post_login(
            request, user, signup=signup, redirect_url=redirect_url, **rest
        )
        bring_along(request, answer, actor_of_user(user))
        return answer
