"""Sharing a line of an order, from the thanks page or the order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from comptoir.common.errors import Refused
from comptoir.posts.services import share_purchase
from comptoir.web.answers import leave_for
from comptoir.web.gates import signed_in
from comptoir.web.post.forms import ShareLineForm
from comptoir.web.request import actor_of


@require_POST
@signed_in
def share_line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Makes a post of the line, without its price, and goes to it."""
    form = ShareLineForm(request.POST)
    if form.is_valid():
        try:
            post = share_purchase(actor=actor_of(request), line_id=line_id, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return leave_for(request, f"/posts/{post.pk}")
    context = {"form": form, "line_id": line_id}
    return render(request, "post/share.html", context, status=422)
