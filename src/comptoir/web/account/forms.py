"""allauth's forms, with the words of this site."""

from allauth.account.forms import SignupForm as AllauthSignupForm


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """E-mail and one password; the handle is picked on the next page."""
