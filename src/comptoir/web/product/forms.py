from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.web.post.forms import AUDIENCES, interest_field


class RecommendForm(forms.Form):
    """A word about a product, and who may read it."""

    word = forms.CharField(
        required=False,
        max_length=500,
        label=_("Your word"),
        help_text=_("What you like about it, for whom it is good. It may stay empty."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    audience = forms.ChoiceField(choices=AUDIENCES, label=_("Who may see it"))
    interest = interest_field()
