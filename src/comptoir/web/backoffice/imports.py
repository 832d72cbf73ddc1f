"""Bringing a catalogue in: the file, its live progress, its report, and the question it may ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.catalog.imports import import_run_at_desk, issue_counts, issues_of, runs_of
from comptoir.catalog.models import ImportIssue, ImportRun
from comptoir.catalog.services.import_upload import (
    confirm_withdrawal,
    decline_withdrawal,
    import_upload,
)
from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.backoffice.forms import ImportForm
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of, user_of, wants_fragment

UNDER_WAY = {ImportRun.Status.QUEUED, ImportRun.Status.READING, ImportRun.Status.APPLYING}
FIELDS = {"file_too_large": "file", "file_empty": "file"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def imports(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The form for a file, and the imports there were."""
    desk = desk_of(request, handle, Right.IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = import_upload(shop=desk.shop, started_by=user_of(request), **_asked(form))
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            return redirect("counter_import", handle, run.pk)
    context = {"form": form, "runs": runs_of(desk.shop.pk)}
    status = 422 if form.errors else 200
    return at_desk(request, desk, "imports.html", context, status=status)


def _asked(form: ImportForm) -> dict[str, Any]:
    file = form.cleaned_data["file"]
    return {"file": file, "file_name": file.name, "pictures": form.cleaned_data["pictures"]}


@never_cache
@require_GET
@signed_in
def import_report(request: HttpRequest, handle: str, run_id: int) -> HttpResponseBase:
    """One import: live while it runs, then its counts and what was wrong, row by row."""
    run = import_run_at_desk(actor_of(request), handle, run_id)
    desk = desk_of(request, handle, Right.IMPORT)
    severity = request.GET.get("show", ImportIssue.Severity.ERROR)
    severity = severity if severity in ImportIssue.Severity.values else ImportIssue.Severity.ERROR
    context = {
        "run": run,
        "running": run.status in UNDER_WAY,
        "severity": severity,
        "issues": issues_of(run, severity, request.GET.get("after", "")),
        "kept": issue_counts(run),
    }
    template = "issue_rows.html" if wants_fragment(request) else "import.html"
    return at_desk(request, desk, template, context)


@never_cache
@require_GET
@signed_in
def import_progress(request: HttpRequest, handle: str, run_id: int) -> HttpResponseBase:
    """The bar of a running import; once it is over, the page is asked for again."""
    run = import_run_at_desk(actor_of(request), handle, run_id)
    if run.status not in UNDER_WAY:
        if not wants_fragment(request):
            return redirect("counter_import", handle, run_id)
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    desk = desk_of(request, handle, Right.IMPORT)
    return at_desk(request, desk, "import_progress.html", {"run": run, "running": True})


@require_POST
@signed_in
def import_answer(request: HttpRequest, handle: str, run_id: int) -> HttpResponseBase:
    """The answer to a file that would withdraw more than half: ``answer`` is yes or no."""
    run = import_run_at_desk(actor_of(request), handle, run_id)
    if request.POST.get("answer") == "yes":
        confirm_withdrawal(run=run)
    else:
        decline_withdrawal(run=run)
    return redirect("counter_import", handle, run_id)
