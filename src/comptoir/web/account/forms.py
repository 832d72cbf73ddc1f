"""The forms of joining and settings; allauth's, with the words of this site."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.people.models import User
from comptoir.people.models.profile import Audience

FIELD_OF_REFUSAL = {
    "name_missing": "name",
    "handle_form": "handle",
    "handle_reserved": "handle",
    "handle_taken": "handle",
}


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """E-mail and one password; the handle is picked on the next page."""


class WelcomeForm(forms.Form):
    """How one is called here."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("As your friends know you. You may change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    handle = forms.CharField(
        label=_("Your handle"),
        max_length=31,
        help_text=_("3 to 30 letters a–z, digits or underscores. It is your address here."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class ProfileForm(forms.Form):
    """What others see of one. ``photo`` is read by ``media``, not by Django."""

    photo = forms.FileField(
        label=_("Your photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    name = forms.CharField(
        label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    bio = forms.CharField(
        label=_("About you"),
        max_length=500,
        required=False,
        help_text=_("A line or two: what you like, what you make."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(label=_("Town or region"), max_length=80, required=False)
    keeps_audience = forms.ChoiceField(
        label=_("Who sees what I keep"),
        choices=[
            (Audience.EVERYONE, _("Everyone")),
            (Audience.FOLLOWERS, _("Those who follow me")),
            (Audience.ME, _("Only me")),
        ],
        widget=forms.RadioSelect,
    )


class LeaveForm(forms.Form):
    """Erasing one's account asks for the password once more."""

    password = forms.CharField(
        label=_("Your password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
