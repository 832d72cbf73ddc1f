"""Controls written as text are what Django's own templates would have made."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import Jinja2

from comptoir.web.widgets import PlainRenderer

HARD = '<b>l\'été & "moi"</b>'
CONTROLS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"autocomplete": "name", "required": True, "disabled": False}), HARD),
    (forms.TextInput(), None),
    (forms.EmailInput({"data-x": HARD}), "ines@example.org"),
    (forms.NumberInput({"min": 1, "step": 0.5}), 3),
    (forms.HiddenInput(), ""),
    (forms.PasswordInput(), "secret"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.CheckboxInput(), "yes"),
    (forms.Textarea({"rows": 3}), HARD),
    (forms.Textarea(), None),
    (forms.DateInput(), "2026-03-01"),
    (forms.URLInput(), "https://example.org/?a=1&b=2"),
]


@pytest.mark.parametrize("control", CONTROLS)
def test_it_is_the_same_text(control: tuple[forms.Widget, Any]) -> None:
    widget, value = control
    theirs = widget.render("field", value, {"id": "id_field"}, Jinja2())
    assert widget.render("field", value, {"id": "id_field"}, PlainRenderer()) == theirs
