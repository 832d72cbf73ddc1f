"""Following and blocking, and the way to one's own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.people.access import profile_for
from comptoir.people.queries import blocked_by
from comptoir.people.services import block as block_profile
from comptoir.people.services import follow as follow_profile
from comptoir.people.services import unblock, unfollow
from comptoir.web.answers import done, leave_for, wants_on
from comptoir.web.gates import signed_in
from comptoir.web.request import actor_of, user_of, wants_fragment


@require_POST
@signed_in
def follow(request: HttpRequest, handle: str) -> HttpResponse:
    """Follows (``on=1``) or follows no more (``on=0``)."""
    actor = actor_of(request)
    profile = profile_for(actor, handle)
    act = follow_profile if wants_on(request) else unfollow
    act(actor=actor, profile_id=profile.pk)
    return done(request, f"/@{profile.handle}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def block(request: HttpRequest, handle: str) -> HttpResponse:
    """Says what blocking does, then blocks."""
    actor = actor_of(request)
    profile = profile_for(actor, handle)
    if request.method == "POST":
        block_profile(actor=actor, profile_id=profile.pk)
        messages.success(
            request,
            _("You and @%(handle)s see nothing of each other any more.")
            % {"handle": profile.handle},
        )
        return leave_for(request, "/me/blocked")
    name = "block_sheet" if wants_fragment(request) else "block"
    return render(request, f"profile/{name}.html", {"profile": profile})


@require_safe
@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    return redirect(f"/@{user_of(request).profile.handle}")


@require_safe
@signed_in
def blocked(request: HttpRequest) -> HttpResponse:
    """Whom one blocks, with a way to take it back."""
    return render(request, "profile/blocked.html", {"faces": blocked_by(actor_of(request))})


@require_POST
@signed_in
def unblock_one(request: HttpRequest, profile_id: int) -> HttpResponse:
    """Takes a block back; only one's own blocks are touched."""
    unblock(actor=actor_of(request), profile_id=profile_id)
    return redirect("blocked")
