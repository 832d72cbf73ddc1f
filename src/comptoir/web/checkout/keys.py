"""The key of a checkout as forms carry it: signed, so that nobody sends that of somebody else's.

Neither who guesses it, as a basket's can be, nor who read it in a row: the same order sent again is
answered with its link.
"""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

SALT = "comptoir.checkout"


def sealed_key(key: UUID) -> str:
    """As it stands in a form; a sheet sent twice, or open in two windows, makes one order."""
    return Signer(salt=SALT).sign(str(key))


def fresh_key() -> str:
    """For what is bought without a basket: made when its sheet opens."""
    return sealed_key(uuid4())


def key_of(text: str) -> UUID | None:
    """``None``: it was not sealed here."""
    try:
        return UUID(Signer(salt=SALT).unsign(text))
    except (BadSignature, ValueError):
        return None


def renew_old_key(form: forms.Form, next_key: str) -> None:
    """Nothing is ordered with a key that is not ours any more: the form says so, and is sent again
    with ``next_key``."""
    if "checkout_key" in form.errors:
        give_key(form, next_key)
        form.add_error(None, form.errors.pop("checkout_key"))


def give_key(form: forms.Form, key: str) -> None:
    """What was sent is shown again with this key."""
    form.data = dict(form.data.items()) | {"checkout_key": key}


class CheckoutKeyField(forms.CharField):
    """Gives the ``UUID``."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(max_length=120)

    def clean(self, value: Any) -> UUID:
        """Raises: ValidationError: it was not sealed here, or with a secret that is out of use."""
        key = key_of(str(value or ""))
        if key is None:
            raise forms.ValidationError(_("This sheet is too old. Look at it again and send it."))
        return key
