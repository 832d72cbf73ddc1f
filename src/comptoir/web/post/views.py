"""A post's page, and what one does to a post."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.keyset import Cursor, Page
from comptoir.people.actor import Actor
from comptoir.posts.access import comment_for, own_post_for, post_for
from comptoir.posts.models import Post
from comptoir.posts.queries import FeedPost, comments_of, post_view
from comptoir.posts.services import (
    delete_comment,
    delete_post,
    edit_post,
    react,
    unreact,
    write_comment,
)
from comptoir.web.answers import done, leave_for, wants_on
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.post.forms import EditPostForm
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.streams import stream_of


@require_safe
def show_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """The post with its comments; a script that asks for more comments gets those alone."""
    actor = actor_of(request)
    post = post_for(actor, post_id)
    return _page(request, actor, post)


@require_POST
@signed_in
def comment_on(request: HttpRequest, post_id: int) -> HttpResponse:
    """Adds a comment; one that cannot be taken comes back in its field."""
    actor = actor_of(request)
    post = post_for(actor, post_id)
    text = request.POST.get("text", "")
    try:
        allow_request(request, "comment")
        comment = write_comment(actor=actor, post=post, text=text)
    except Refused as refusal:
        return _page(request, actor, post, text=text, problem=str(refusal.message))
    if wants_fragment(request):
        return _page(request, actor, post)
    return redirect(f"/posts/{post_id}#comment-{comment.pk}")


def _page(
    request: HttpRequest, actor: Actor, post: Post, *, text: str = "", problem: str = ""
) -> HttpResponse:
    after = Cursor.parse(request.GET.get("after"))
    view = seen_by(actor, post)
    context = {
        "post": view,
        "comments": comments_of(actor, post.pk, after),
        "first_comments": after is None,
        "text": text,
        "problem": problem,
    }
    status = 422 if problem else 200
    if wants_fragment(request):
        return render(request, "post/comments.html", context, status=status)
    context["stream"] = stream_of(actor, Page([view]))
    return render(request, "post/show.html", context, status=status)


def seen_by(actor: Actor, post: Post) -> FeedPost:
    """The post as shown; it is "mine" too when the actor speaks for the shop that wrote it."""
    view = post_view(actor, post.pk)
    try:
        own_post_for(actor, post.pk)
    except NotVisible:
        return view
    return replace(view, mine=True)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    """Changes words, alt texts and audience; photos and products stay."""
    actor = actor_of(request)
    post = own_post_for(actor, post_id)
    given = {"text": post.text, "audience": post.audience, "interest": post.interest}
    form = EditPostForm(request.POST or None, initial=given)
    alts = request.POST.getlist("alt")
    if request.method == "POST" and form.is_valid():
        try:
            edit_post(post=post, alts=alts, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return leave_for(request, f"/posts/{post_id}")
    context = {"form": form, "post": post_view(actor, post_id), "alts": alts}
    return render(request, "post/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: HttpRequest, post_id: int) -> HttpResponse:
    """Asks once, then deletes."""
    actor = actor_of(request)
    post = own_post_for(actor, post_id)
    if request.method == "POST":
        delete_post(post=post)
        return leave_for(request, f"/@{post.author.handle}")
    context = {"post": post_view(actor, post_id)}
    name = "delete_sheet" if wants_fragment(request) else "delete"
    return render(request, f"post/{name}.html", context)


@require_POST
@signed_in
def like(request: HttpRequest, post_id: int) -> HttpResponse:
    """Likes (``on=1``) or likes no more (``on=0``)."""
    actor = actor_of(request)
    post = post_for(actor, post_id)
    act = react if wants_on(request) else unreact
    act(actor=actor, post=post)
    return done(request, f"/posts/{post_id}")


@require_POST
@signed_in
def uncomment(request: HttpRequest, post_id: int, comment_id: int) -> HttpResponse:
    """Deletes a comment of one's own, or one under a personal post of one's own."""
    comment = comment_for(actor_of(request), comment_id)
    if comment.post_id != post_id:
        raise NotVisible
    delete_comment(comment=comment)
    return redirect(f"/posts/{post_id}#comments")
