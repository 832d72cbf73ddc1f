"""The key that makes a form sent twice one act."""

from uuid import UUID, uuid4, uuid5

from django.http import QueryDict

from comptoir.common.errors import Refused


def form_key(data: QueryDict, refusal: Refused | None = None) -> UUID:
    """The key that the form brought, or a fresh one for the form to be shown: so too when the
    refusal is that the key has given money back already, with other contents."""
    if refusal is not None and refusal.code == "refund_key_reused":
        return uuid4()
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return uuid4()


def act_key(data: QueryDict, of: str) -> UUID:
    """The key of what a form does to one thing, ``of``. Sent again as it was, the form is the same
    act; with other contents, or brought to another thing, it is another one."""
    said = sorted((name, many) for name, many in data.lists() if name != "csrfmiddlewaretoken")
    return uuid5(form_key(data), f"{of} {said}")


def refund_key(data: QueryDict, of: str) -> UUID:
    """The same for money, which is not given back twice by one form: with other contents, the
    service refuses it."""
    return uuid5(form_key(data), of)
