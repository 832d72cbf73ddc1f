"""Who works at the counter: asked, given a role, let go; and answering when one is asked."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.common.errors import Refused
from comptoir.people.faces import face_of
from comptoir.shops.access import Right, may
from comptoir.shops.letters import role_words
from comptoir.shops.models import Role
from comptoir.shops.services import staff as services
from comptoir.shops.staff import invitation_for, invitations_of, staff_of
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.formats import language
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.refusals import lay_beside, refusals_told
from comptoir.web.request import actor_of

ROLES = {
    Role.OWNER: gettext_lazy("Owner: everything, settings and staff too"),
    Role.MANAGER: gettext_lazy("Manager: everything but settings and staff"),
    Role.PACKER: gettext_lazy("Packer: sees and sends orders, takes payments, counts stock"),
    Role.SUPPORT: gettext_lazy(
        "Support: sees orders and invoices, answers, takes things back and refunds, writes as the"
        " shop"
    ),
}
NAMES = {
    Role.OWNER: gettext_lazy("Owner"),
    Role.MANAGER: gettext_lazy("Manager"),
    Role.PACKER: gettext_lazy("Packer"),
    Role.SUPPORT: gettext_lazy("Support"),
}
FIELDS = {
    "bad_email": "whom",
    "no_such_person": "whom",
    "works_here": "whom",
    "text_too_long": "whom",
    "text_broken": "whom",
    "bad_role": "role",
}


class InviteForm(forms.Form):
    """Who is asked, and as what."""

    whom = forms.CharField(
        label=gettext_lazy("E-mail address or @handle"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=list(NAMES.items()), initial=Role.PACKER
    )


@require_GET
@signed_in
def staff(request: HttpRequest, handle: str) -> HttpResponseBase:
    """All who work there and all who are asked to."""
    return _staff_page(request, desk_of(request, handle, Right.STAFF), InviteForm())


@require_POST
@signed_in
def invite(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Asks someone by mail."""
    desk = desk_of(request, handle, Right.STAFF)
    allow_request(request, "invite")
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            services.invite(
                shop=desk.shop, by=actor_of(request), language=language(), **form.cleaned_data
            )
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("counter_staff", handle)
    return _staff_page(request, desk, form, status=422)


@require_POST
@signed_in
def take_back(request: HttpRequest, handle: str, invitation_id: int) -> HttpResponseBase:
    """The invitation counts no more."""
    desk = desk_of(request, handle, Right.STAFF)
    services.take_back(shop=desk.shop, invitation_id=invitation_id)
    messages.success(request, _("The invitation is taken back."))
    return redirect("counter_staff", handle)


@require_POST
@signed_in
def role(request: HttpRequest, handle: str, member_id: int) -> HttpResponseBase:
    """Gives someone another role."""
    desk = desk_of(request, handle, Right.STAFF)
    with refusals_told(request):
        services.set_role(shop=desk.shop, member_id=member_id, role=request.POST.get("role", ""))
        messages.success(request, _("Saved."))
    return _back(request, desk)


@require_POST
@signed_in
def removal(request: HttpRequest, handle: str, member_id: int) -> HttpResponseBase:
    """Ends someone's work there, at once."""
    desk = desk_of(request, handle, Right.STAFF)
    with refusals_told(request):
        services.remove(shop=desk.shop, member_id=member_id)
        messages.success(request, _("They do not work here any more."))
    return _back(request, desk)


@require_POST
@signed_in
def leaving(request: HttpRequest, handle: str) -> HttpResponseBase:
    """One leaves the team oneself."""
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    try:
        services.leave_shop(actor=actor_of(request), shop=desk.shop)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("counter", handle)
    messages.success(request, _("You do not work at %(shop)s any more.") % {"shop": desk.name})
    return redirect("counters")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def invitation(request: HttpRequest, invitation_key: str) -> HttpResponseBase:
    """Someone asks the person to work for them: yes or no."""
    actor = actor_of(request)
    found = invitation_for(actor, invitation_key)
    handle, name = found.shop.profile.handle, found.shop.profile.name
    if request.method == "POST":
        if request.POST.get("answer") == "no":
            services.decline(actor=actor, key=invitation_key)
            messages.success(request, _("Declined. Nobody but the shop knows that you were asked."))
            return redirect("/")
        services.accept(actor=actor, key=invitation_key)
        messages.success(request, _("Welcome to the counter of %(shop)s.") % {"shop": name})
        return redirect("counter", handle)
    context = {"shop": face_of(found.shop.profile), "role": role_words(found.role)}
    return render(request, "backoffice/invitation.html", context)


def _back(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """An owner who gave the role away sees the counters, not a page that is not there any more."""
    here = may(actor_of(request), desk.shop.pk, Right.STAFF)
    return redirect("counter_staff", desk.handle) if here else redirect("counters")


def _staff_page(
    request: HttpRequest, desk: Desk, form: InviteForm, status: int = 200
) -> HttpResponseBase:
    context = {
        "form": form,
        "staff": staff_of(desk.shop.pk),
        "invitations": [(row, NAMES[Role(row.role)]) for row in invitations_of(desk.shop.pk)],
        "roles": list(NAMES.items()),
        "rights": list(ROLES.values()),
        "me_id": actor_of(request).user_id,
    }
    return at_desk(request, desk, "staff.html", context, status=status)
