"""The list of a shop's orders: narrowed, searched, printed many at a time, taken out as a file."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from comptoir.common import clock
from comptoir.common.keyset import Page
from comptoir.common.money import decimals
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import Order
from comptoir.sales.order_list import (
    ExportedOrder,
    ListedOrder,
    OrderCounts,
    OrderFilter,
    orders_counted,
    orders_exported,
    orders_listed,
)
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.reports import csv_file
from comptoir.web.gates import signed_in
from comptoir.web.request import wants_fragment

STATES = {
    "new": Order.Status.PENDING,
    "paid": Order.Status.PAID,
    "shipped": Order.Status.SHIPPED,
    "delivered": Order.Status.DELIVERED,
    "cancelled": Order.Status.CANCELLED,
}
WORDS = {
    "": gettext_lazy("All"),
    "new": pgettext_lazy("orders", "Not paid yet"),
    "paid": pgettext_lazy("orders", "Paid"),
    "shipped": pgettext_lazy("orders", "Shipped"),
    "delivered": pgettext_lazy("orders", "Delivered"),
    "cancelled": pgettext_lazy("orders", "Cancelled"),
}
DELIVERIES = {
    "post": gettext_lazy("Sent"),
    "pickup": gettext_lazy("Fetched at the shop"),
    "digital": gettext_lazy("Downloaded"),
    "counter": gettext_lazy("Sold at the counter"),
}


class _Day(forms.DateField):
    def __init__(self, label: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, widget=widget)
        self.validators += [
            MinValueValidator(clock.FIRST_DAY),
            MaxValueValidator(clock.LAST_DAY),
        ]


class OrderFilterForm(forms.Form):
    """Which orders to show; what is not understood narrows nothing."""

    q = forms.CharField(
        label=gettext_lazy("Number, name, e-mail or product"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(choices=list(WORDS.items()), required=False, widget=forms.HiddenInput)
    paid_from = _Day(gettext_lazy("Paid from"))
    paid_until = _Day(gettext_lazy("Paid until"))
    delivery = forms.ChoiceField(label=gettext_lazy("Delivery"), required=False)
    provider = forms.ChoiceField(label=gettext_lazy("Paid by"), required=False)
    returns = forms.BooleanField(label=gettext_lazy("With an open return"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ways = {name: made.label() for name, made in PROVIDERS.items()}
        self._choose("delivery", list(DELIVERIES.items()))
        self._choose("provider", list(self._ways.items()))

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = [("", _("Any")), *choices]

    def asked(self) -> OrderFilter:
        """What was understood of it."""
        self.is_valid()
        said = self.cleaned_data
        return OrderFilter(
            status=STATES.get(said.get("state", ""), ""),
            paid_from=said.get("paid_from"),
            paid_until=said.get("paid_until"),
            delivery=said.get("delivery", ""),
            provider=said.get("provider", ""),
            returns=said.get("returns", False),
            words=said.get("q", ""),
        )

    def told(self) -> dict[str, str]:
        """What was understood, as it stands in an address."""
        given = {name: self.data.get(name, "") for name in self.fields if name in self.cleaned_data}
        return {name: value for name, value in given.items() if value}

    def with_counts(self, counts: OrderCounts) -> None:
        """Writes beside each choice how many orders it would show, and leaves out the empty ones
        (but for the chosen one)."""
        for name, words, count in (
            ("delivery", DELIVERIES, counts.of_delivery),
            ("provider", self._ways, counts.of_provider),
        ):
            many = {key: count(key) for key in words}
            chosen = self.data.get(name, "")
            shown = [
                (key, f"{word} ({many[key]})")
                for key, word in words.items()
                if many[key] or key == chosen
            ]
            self._choose(name, shown)


@require_GET
@signed_in
def orders(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The shop's orders, newest first, all or those that are asked for."""
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    form = OrderFilterForm(request.GET)
    asked = form.asked()
    page = orders_listed(desk.shop.pk, asked, cursor=request.GET.get("after"))
    told = form.told()
    context = {"page": page, "query": urlencode(told), "form": form, "asked": asked}
    if wants_fragment(request):
        return at_desk(request, desk, "order_rows.html", context)
    counts = orders_counted(desk.shop.pk, asked)
    form.with_counts(counts)
    states = [
        (name, word, counts.of_status(STATES.get(name, "")), urlencode({**told, "state": name}))
        for name, word in WORDS.items()
    ]
    more = {
        "states": states,
        "state": told.get("state", ""),
        "counts": counts,
        "prints": prints(desk),
        "tickable": _tickable(page, asked, desk),
    }
    return at_desk(request, desk, "orders.html", {**context, **more})


def _tickable(page: Page[ListedOrder], asked: OrderFilter, desk: Desk) -> bool:
    """Whether some row has a box to tick, or may have one further down."""
    invoices = Right.INVOICES in desk.rights
    later = page.next is not None and asked.status != Order.Status.PENDING
    return later or any(row.prints(invoices=invoices) for row in page.rows)


def prints(desk: Desk) -> list[tuple[str, str]]:
    """Where the ticked orders are printed, and what the buttons say."""
    slips = (reverse("counter_slips", args=[desk.handle]), _("Print packing slips"))
    invoices = (reverse("counter_invoices", args=[desk.handle]), _("Print invoices"))
    return [slips, invoices] if Right.INVOICES in desk.rights else [slips]


@never_cache
@require_GET
@signed_in
def export(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The same orders as a CSV file, for a spreadsheet or an accountant."""
    desk = desk_of(request, handle, Right.EXPORT)
    asked = OrderFilterForm(request.GET).asked()
    rows, said = orders_exported(desk.shop.pk, asked), _words()
    return csv_file(
        f"{desk.handle}-{clock.now():%Y-%m-%d}",
        [str(heading) for heading in HEADINGS],
        (_cells(row, said) for row in rows),
    )


HEADINGS = (
    gettext_lazy("Number"), gettext_lazy("State"), gettext_lazy("Placed"), gettext_lazy("Paid"),
    gettext_lazy("Shipped"), gettext_lazy("Delivered"), gettext_lazy("Name"),
    gettext_lazy("Company"), gettext_lazy("VAT number"), gettext_lazy("E-mail"),
    gettext_lazy("Address"), gettext_lazy("Address, second line"), gettext_lazy("Postcode"),
    gettext_lazy("Town"), gettext_lazy("Country"), gettext_lazy("Delivery"),
    gettext_lazy("Paid by"), gettext_lazy("Currency"), gettext_lazy("Goods"),
    gettext_lazy("Discount"), gettext_lazy("Delivery charge"), gettext_lazy("Total"),
    gettext_lazy("VAT within"), gettext_lazy("Given back"),
)  # fmt: skip


def _words() -> dict[str, str]:
    """What the file says for statuses and providers: now, in the language of who asks for it, and
    of one order what its badge says (``templates/orders/badges.html``)."""
    states = {
        "pending": _("Not paid yet"),
        "paid": _("Paid"),
        "shipped": _("Shipped"),
        "delivered": _("Delivered"),
        "cancelled": _("Cancelled"),
    }
    return {**states, **{name: made.label() for name, made in PROVIDERS.items()}}


def _cells(row: ExportedOrder, said: Mapping[str, str]) -> list[Any]:
    places = decimals(row.currency)
    amounts = (
        row.items_minor, row.discount_minor, row.delivery_minor, row.total_minor, row.vat_minor,
        row.refunded_minor,
    )  # fmt: skip
    return [
        row.number, said.get(row.status, row.status),
        *map(_moment, (row.placed_at, row.paid_at, row.shipped_at, row.delivered_at)),
        row.recipient, row.company, row.vat_number, row.email,
        row.address1, row.address2, row.postcode, row.city, row.country, row.delivery_name,
        said.get(row.provider, row.provider), row.currency,
        *(Decimal(minor).scaleb(-places) for minor in amounts),
    ]  # fmt: skip


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat(" ", timespec="seconds")
