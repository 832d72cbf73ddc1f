from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

AUDIENCES = [
    ("everyone", _("Everyone")),
    ("followers", _("Those who follow me")),
    ("me", _("Me alone")),
]


class EditPostForm(forms.Form):
    """The words of a post and who may read it; alt texts come as a list beside it."""

    text = forms.CharField(
        required=False,
        max_length=5000,
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    audience = forms.ChoiceField(choices=AUDIENCES, label=_("Who may read it"))


class ShareLineForm(forms.Form):
    """Shows a line of an order; the price is never part of it."""

    text = forms.CharField(
        required=False,
        max_length=1000,
        label=_("A word about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(choices=AUDIENCES[:2], label=_("Who may see it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].initial = "everyone"
