"""A refusal of a service, shown in the form that caused it or on the page that comes next."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.http import HttpRequest

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


@contextmanager
def refusals_told(request: HttpRequest) -> Iterator[None]:
    """Ends the block at a refusal, and tells it on top of the page that comes next."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal.message))
