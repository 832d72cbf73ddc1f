"""The sandbox bank as the buyer meets it, and the webhooks of payment providers."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.adapters.sandbox_bank import CODE, bank_choose, bank_page
from comptoir.sales.services.take_webhook import take_webhook
from comptoir.web.bank.choices import told

MOST_BYTES = 64 * 1024


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The bank's page: what it shall do is chosen; with 3-D Secure, a code is asked for."""
    wrong = False
    if request.method == "POST":
        chosen, typed = request.POST.get("choice", ""), request.POST.get("code", "")
        try:
            return redirect(bank_choose(reference, chosen, typed.strip()))
        except Refused as refusal:
            if refusal.code != "wrong_code":
                raise
            wrong = True
    context = {"page": bank_page(reference), "wrong": wrong, "told": told(), "code": CODE}
    return render(request, "bank/page.html", context, status=422 if wrong else 200)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider's notice: 200 when taken (now or before), 400 when it is not to be believed."""
    length = request.headers.get("Content-Length", "0")
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return HttpResponse("too large\n", status=413, content_type="text/plain")
    try:
        taken = take_webhook(provider=provider, headers=request.headers, body=request.body)
    except RawPostDataException:
        # A form was sent, and read as one already: no provider does that.
        return HttpResponse("bad_notice\n", status=400, content_type="text/plain")
    except NotVisible:
        return HttpResponse("unknown provider\n", status=404, content_type="text/plain")
    except Refused as refusal:
        return HttpResponse(f"{refusal.code}\n", status=400, content_type="text/plain")
    return HttpResponse(f"{taken}\n", content_type="text/plain")
