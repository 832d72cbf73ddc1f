"""A catalogue that is read from its address by itself."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptoir.catalog.imports import feed_source_of
from comptoir.catalog.services.feed_source import remove_feed_source, set_feed_source
from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.refusals import lay_beside


class FeedSourceForm(forms.Form):
    """Where the catalogue is, and how often it is read."""

    url = forms.CharField(
        label=gettext_lazy("Address of your catalogue"),
        max_length=1000,
        help_text=gettext_lazy("The file that you give to Google, Meta or Pinterest."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off"}),
    )
    every = forms.ChoiceField(
        label=gettext_lazy("Read it"),
        choices=[("day", gettext_lazy("every day")), ("hour", gettext_lazy("every hour"))],
    )
    with_pictures = forms.BooleanField(
        label=gettext_lazy("Bring its pictures too"), required=False, initial=True
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Read it by itself"), required=False, initial=True
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def source(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The address, how it went the last time, and the way to switch it off."""
    desk = desk_of(request, handle, Right.IMPORT)
    known = feed_source_of(desk.shop.pk)
    if request.method == "POST" and request.POST.get("remove") == "yes":
        remove_feed_source(shop=desk.shop)
        messages.success(request, _("Your catalogue is not read by itself any more."))
        return redirect("counter_imports", handle)
    initial = (
        {name: getattr(known, name) for name in ("url", "every", "with_pictures", "is_active")}
        if known
        else {}
    )
    form = FeedSourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            allow_request(request, "feed_source")
            set_feed_source(shop=desk.shop, **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, {"bad_feed_url": "url", "bad_every": "every"})
        else:
            messages.success(request, _("Saved. It is read within a few minutes."))
            return redirect("counter_feed_source", handle)
    context = {"form": form, "source": known}
    return at_desk(request, desk, "feed_source.html", context, status=422 if form.errors else 200)
