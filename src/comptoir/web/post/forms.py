from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

AUDIENCES = [
    ("everyone", _("Everyone")),
    ("followers", _("Those who follow me")),
    ("me", _("Me alone")),
]


# In the author's own words; the label that the law asks for is made of them.
INTERESTS = [
    ("", _("No, nothing")),
    ("gift", _("The product was given or lent to me")),
    ("paid", _("I am paid for it")),
    ("commission", _("I earn on what is sold")),
    ("own", _("I work at the shop, or it is mine")),
]
INTEREST = _("Did you get something for it?")
INTEREST_HINT = _("If you did, it is said beside your words, and they move no ranking.")


def interest_field() -> forms.ChoiceField:
    """The one choice that every form of words about products has."""
    return forms.ChoiceField(
        choices=INTERESTS, required=False, label=INTEREST, help_text=INTEREST_HINT
    )


class EditPostForm(forms.Form):
    """The words of a post and who may read it; alt texts come as a list beside it."""

    text = forms.CharField(
        required=False,
        max_length=5000,
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    audience = forms.ChoiceField(choices=AUDIENCES, label=_("Who may read it"))
    interest = interest_field()


class ShareLineForm(forms.Form):
    """Shows a line of an order; the price is never part of it."""

    text = forms.CharField(
        required=False,
        max_length=1000,
        label=_("A word about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    audience = forms.ChoiceField(choices=AUDIENCES[:2], label=_("Who may see it"))
    interest = interest_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].initial = "everyone"
