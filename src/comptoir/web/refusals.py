"""A refusal of a service, shown where it belongs in the form that caused it."""

from collections.abc import Mapping

from django import forms

from comptoir.common.errors import Conflict, Refused, TooOften


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refusal, TooOften):
        return 429
    return 409 if isinstance(refusal, Conflict) else 422


def lay_beside(form: forms.BaseForm, refusal: Refused, fields: Mapping[str, str]) -> None:
    """Adds the refusal's message to the field that ``fields`` names for its code, or on top."""
    field = fields.get(refusal.code)
    form.add_error(field if field in form.fields else None, str(refusal.message))
