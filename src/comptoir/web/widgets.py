"""Form controls as text: Django's templates for them cost more than the rest of a form.

The renderer writes the commonest controls itself and leaves the others to Django's templates, which
it must agree with (``tests/web/test_widgets.py``).
"""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import Jinja2
from django.utils.safestring import SafeString, mark_safe
from markupsafe import escape

INPUTS = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("input", "text", "hidden", "email", "number", "password", "checkbox", "url", "tel")
)
TEXTAREA = "django/forms/widgets/textarea.html"


class PlainRenderer(Jinja2):
    """Django's Jinja2 renderer, with inputs and text areas written without a template."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == TEXTAREA:
            return _textarea(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    shown = "" if value is None else f' value="{escape(value)}"'
    kind, name = escape(widget["type"]), escape(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{shown}{_attrs(widget["attrs"])}>')  # noqa: S308 (each part is escaped)


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    name, attrs = escape(widget["name"]), _attrs(widget["attrs"])
    text = escape(widget["value"]) if widget["value"] else ""
    return mark_safe(f'<textarea name="{name}"{attrs}>\n{text}</textarea>')  # noqa: S308 (each part is escaped)


def _attrs(attrs: Mapping[str, Any]) -> str:
    """As ``attrs.html``: ``False`` is left out, ``True`` stands alone."""
    return "".join(
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )
