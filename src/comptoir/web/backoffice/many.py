"""At the counter: something for many products at once."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import ngettext

from comptoir.web.backoffice.desk import Desk
from comptoir.web.backoffice.settings_forms import ManyForm


def give_many(
    request: HttpRequest, desk: Desk, form: ManyForm, give: Callable[..., int], back_to: str
) -> HttpResponseBase:
    """Does what a valid form says, says of how many, and goes back to its page."""
    many = give(shop=desk.shop, category=form.category(), **form.given())
    told = ngettext("%(num)s product was changed.", "%(num)s products were changed.", many)
    messages.success(request, told % {"num": many})
    return redirect(back_to, desk.handle)
