"""Answers to acts: a script hears that it is done, a form goes on to a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from comptoir.web.request import back_to, wants_fragment


def done(request: HttpRequest, otherwise: str = "/") -> HttpResponse:
    """204 for a script that has shown the change already; else back to where one was."""
    if wants_fragment(request):
        return HttpResponse(status=204)
    return redirect(back_to(request, otherwise))


def leave_for(request: HttpRequest, address: str) -> HttpResponse:
    """Moves the whole page on, also out of a sheet."""
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def wants_on(request: HttpRequest) -> bool:
    """Whether a toggle's form asks for "on" (``on=1``) or "off" (``on=0``)."""
    return request.POST.get("on") != "0"
