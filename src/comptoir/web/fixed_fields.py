"""Forms whose fields are the same for every request."""

from typing import Any, Self, TypeVar

from django import forms

Kind = TypeVar("Kind", bound=forms.Form)


class _Shared(dict[str, forms.Field]):
    """What a form asks for a deep copy of its fields, and gets them themselves."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


def fixed_fields(kind: type[Kind]) -> type[Kind]:
    """Makes all forms of a class share its fields.

    Django copies them deeply for each form: half of the time that a form of twenty takes. Not for a
    form that changes one of its fields, or has one that keeps something of a request, as a
    ``ModelChoiceField`` keeps its rows.
    """
    kind.base_fields = _Shared(kind.base_fields)
    return kind
