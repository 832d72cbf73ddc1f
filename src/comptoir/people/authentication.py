"""Sign-in by e-mail and password, and the one query that loads a signed-in person."""

from allauth.account.auth_backends import AuthenticationBackend

from comptoir.people.models import User


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; a session's user comes with its profile in one query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("profile", "profile__avatar").filter(pk=user_id).first()
        return user if user is not None and user.is_active else None
