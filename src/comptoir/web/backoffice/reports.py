"""Reports for the tax authorities, as files: what was sold and paid by day, and DAC7."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comptoir.common import clock
from comptoir.common.csv_file import csv_lines
from comptoir.common.errors import NotVisible
from comptoir.common.money import decimals
from comptoir.sales.reports.dac7 import SellerQuarter, sellers
from comptoir.sales.reports.ereporting import (
    DayOfPayments,
    DayOfTransactions,
    payments,
    transactions,
)
from comptoir.sales.reports.period import Period, month_of
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import desk_of
from comptoir.web.formats import language
from comptoir.web.gates import signed_in

MONTHS_SHOWN = 13


@dataclass(frozen=True, slots=True)
class Report:
    """A report's title, columns, and rows of a shop in a period."""

    title: Any
    columns: tuple[str, ...]
    rows: Callable[[int, Period], Iterator[Sequence[object]]]


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-decimals(currency))


def _rate(basis_points: int) -> Decimal:
    return Decimal(basis_points).scaleb(-2)


def _transactions(shop_id: int, period: Period) -> Iterator[Sequence[object]]:
    row: DayOfTransactions
    for row in transactions(shop_id, period):
        yield (
            *(row.day.isoformat(), row.currency, row.category, row.vat_country, _rate(row.rate_bp)),
            row.transactions,
            _amount(row.net_minor, row.currency),
            _amount(row.vat_minor, row.currency),
        )


def _payments(shop_id: int, period: Period) -> Iterator[Sequence[object]]:
    row: DayOfPayments
    for row in payments(shop_id, period):
        yield (
            *(row.day.isoformat(), row.currency, row.category, row.vat_country, _rate(row.rate_bp)),
            _amount(row.amount_minor, row.currency),
        )


def dac7_rows(year: int, shop_id: int | None = None) -> Iterator[Sequence[object]]:
    """Of every seller, or of one."""
    row: SellerQuarter
    for row in sellers(year, shop_id):
        yield (
            *(row.handle, row.name, row.legal_name, row.legal_form),
            *(" ".join(row.address.split()), row.country),
            *(row.registration, row.vat_number, row.account, row.year, row.quarter, row.currency),
            _amount(row.consideration_minor, row.currency),
            _amount(row.fees_minor, row.currency),
            _amount(row.taxes_minor, row.currency),
            row.activities,
            "yes" if row.reportable else "no",
        )


DAC7_COLUMNS = (
    *("seller", "name", "legal_name", "legal_form", "address", "country", "registration"),
    *("vat_number", "account", "year", "quarter", "currency", "consideration", "fees"),
    *("taxes_withheld", "activities", "reportable"),
)
BY_DAY = ("date", "currency", "category", "vat_country", "vat_rate")
REPORTS = {
    "transactions": Report(
        _("Sales to consumers by day and VAT rate (e-reporting, flow 10.3)"),
        (*BY_DAY, "transactions", "taxable_amount", "vat"),
        _transactions,
    ),
    "payments": Report(
        _("Payments of consumers by day and VAT rate (e-reporting, flow 10.4)"),
        (*BY_DAY, "amount_with_vat"),
        _payments,
    ),
    "dac7": Report(
        _("What this place tells of your shop for that whole year (DAC7)"),
        DAC7_COLUMNS,
        lambda shop_id, period: dac7_rows(period.first.year, shop_id),
    ),
}


def periods() -> list[tuple[str, str]]:
    """The months that may be chosen, newest first: (as in an address, as people say)."""
    month, found = month_of(timezone.localdate(clock.now())), []
    for _count in range(MONTHS_SHOWN):
        shown = str(format_date(month.first, "LLLL y", locale=get_language() or "en"))
        found.append((month.first.strftime("%Y-%m"), shown))
        month = month_of(date.fromordinal(month.first.toordinal() - 1))
    return found


def chosen_month(request: HttpRequest) -> Period:
    """``month`` of the address, such as 2026-03; without one, the current month.

    Raises:
        NotVisible: there is no such month.
    """
    asked = request.GET.get("month", "")
    if not asked:
        return month_of(timezone.localdate(clock.now()))
    try:
        return month_of(date.fromisoformat(f"{asked}-01"))
    except (ValueError, OverflowError):
        raise NotVisible from None


@never_cache
@require_GET
@signed_in
def report(request: HttpRequest, handle: str, report: str) -> StreamingHttpResponse:
    """One of the reports of a shop, for a month (DAC7: for its year)."""
    desk = desk_of(request, handle, Right.EXPORT)
    if report not in REPORTS:
        raise NotVisible
    period, told = chosen_month(request), REPORTS[report]
    of = period.first.strftime("%Y" if report == "dac7" else "%Y-%m")
    return csv_file(f"{report}-{handle}-{of}", told.columns, told.rows(desk.shop.pk, period))


def csv_file(
    name: str, columns: Sequence[str], rows: Iterator[Sequence[object]]
) -> StreamingHttpResponse:
    """Rows as CSV, sent as they are read."""
    return StreamingHttpResponse(
        csv_lines(columns, rows, language=language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
