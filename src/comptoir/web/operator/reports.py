"""What the operator of a platform tells of its sellers."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comptoir.common import clock
from comptoir.web.backoffice.reports import DAC7_COLUMNS, csv_file, dac7_rows
from comptoir.web.gates import operator_only
from comptoir.web.whole_numbers import whole_number

FIRST_YEAR = 2023  # the directive applies since then


@never_cache
@require_GET
@operator_only
def dac7(request: HttpRequest) -> HttpResponseBase:
    """Every seller's quarters of a year (``year``), otherwise of the current one."""
    now = timezone.localdate(clock.now()).year
    year = whole_number(request.GET.get("year", ""), digits=4) or now
    year = year if FIRST_YEAR <= year <= now else now
    return csv_file(f"dac7-{year}", DAC7_COLUMNS, dac7_rows(year))
