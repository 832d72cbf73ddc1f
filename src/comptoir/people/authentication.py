"""Sign-in by e-mail and password, and the one query that loads a signed-in person."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.db.models import DateTimeField, Field, Model

from comptoir.common.rows import fetch_row
from comptoir.media.models import Picture
from comptoir.people.models import Profile, User

Row = TypeVar("Row", bound=Model)


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's backend; a session's user comes with its profile in one query.

    Written down once and not put together by the ORM for every page of every member, which costs
    more than the query.
    """

    def get_user(self, user_id: int) -> User | None:
        row = fetch_row(_signed_in(), [user_id])
        if row is None:
            return None
        values = list(row)
        user, profile = _taken(User, values), _taken(Profile, values)
        avatar = _taken(Picture, values)
        if user is None or not user.is_active:
            return None
        if profile is None:
            # Known to have none: nobody asks again.
            User._meta.get_field("profile").set_cached_value(user, None)
            return user
        if avatar is not None:
            profile.avatar = avatar
        user.profile = profile
        return user


@cache
def _signed_in() -> str:
    columns = ", ".join(
        f'{alias}."{field.column}"'
        for alias, model in (("u", User), ("f", Profile), ("fa", Picture))
        for field in _read(model)
    )
    return f"""
    SELECT {columns} FROM people_user u
    LEFT JOIN people_profile f ON f.user_id = u.id
    LEFT JOIN media_picture fa ON fa.id = f.avatar_id
    WHERE u.id = %s::bigint
    """


@cache
def _read(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    """What is read of a model. Not its times, which no page asks of who looks at it, and which take
    longest to read: they are there when asked for, by a query of their own."""
    return tuple(
        field for field in model._meta.concrete_fields if not isinstance(field, DateTimeField)
    )


def _taken(model: type[Row], values: list[Any]) -> Row | None:
    """The model's instance from the first of the values, which are taken off; ``None`` where an
    outer join found none."""
    names = [field.attname for field in _read(model)]
    own: Sequence[Any] = values[: len(names)]
    del values[: len(names)]
    return None if own[0] is None else model.from_db(connection.alias, names, own)
