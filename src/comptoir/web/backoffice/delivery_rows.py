"""A way of delivery being written: its form, and a row for each line of its prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from comptoir.shops.models import DeliveryMethod, DeliveryZone
from comptoir.shops.services.delivery import MOST_BANDS
from comptoir.web.amounts import typed_amount
from comptoir.web.backoffice.delivery_forms import (
    SPARE_ROWS,
    BandForm,
    MethodForm,
    typed_limit,
)
from comptoir.web.formats import language

PLAIN = ("name", "kind", "place", "price_by", "days_min", "days_max", "is_active")


@dataclass(frozen=True, slots=True)
class MethodDraft:
    """The form and its rows; amounts are typed in ``currency``."""

    form: MethodForm
    rows: tuple[BandForm, ...]
    currency: str

    @classmethod
    def of(
        cls,
        kept: DeliveryMethod | None,
        zones: Sequence[DeliveryZone],
        currency: str,
        *,
        zone: str = "",
    ) -> "MethodDraft":
        """A method as it is (``None``: a new one, in ``zone``), with empty rows to add to."""
        initial: dict[str, Any] = {"zone": zone}
        bands: list[dict[str, str]] = []
        if kept is not None:
            amounts = {"price": kept.price_minor, "free_from": kept.free_from_minor}
            initial = {
                **{name: getattr(kept, name) for name in PLAIN},
                **{name: typed_amount(n, currency, language()) for name, n in amounts.items()},
                "zone": str(kept.zone_id or ""),
            }
            ordered = sorted(kept.rates.all(), key=lambda r: (r.up_to is None, r.up_to or 0))
            bands = [
                {
                    "up_to": typed_limit(rate.up_to, kept.price_by, currency),
                    "price": typed_amount(rate.price_minor, currency, language()),
                }
                for rate in ordered
            ]
        empty: list[dict[str, str]] = [{}] * min(SPARE_ROWS, MOST_BANDS - len(bands))
        rows = [
            BandForm(initial=band, prefix=f"band{place}", currency=currency)
            for place, band in enumerate([*bands, *empty])
        ]
        return cls(
            MethodForm(initial=initial, zones=zones, currency=currency), tuple(rows), currency
        )

    @classmethod
    def typed(cls, data: QueryDict, zones: Sequence[DeliveryZone], currency: str) -> "MethodDraft":
        """What was sent."""
        many = sum(f"band{place}-price" in data for place in range(MOST_BANDS))
        rows = [BandForm(data, prefix=f"band{n}", currency=currency) for n in range(many)]
        return cls(MethodForm(data, zones=zones, currency=currency), tuple(rows), currency)

    @property
    def _by_rows(self) -> bool:
        return self.form.data.get("price_by") != DeliveryMethod.PriceBy.FLAT

    def is_valid(self) -> bool:
        """Whether the form is right, and the rows if the price is by rows."""
        if self.form.is_valid() and self._by_rows and all(not row.errors for row in self.rows):
            self._bands()
        return not self.wrong

    @property
    def wrong(self) -> bool:
        """Whether something that was sent is refused."""
        if not self.form.is_bound:
            return False
        return bool(self.form.errors) or (self._by_rows and any(row.errors for row in self.rows))

    def asked(self) -> dict[str, Any]:
        """A valid draft, as ``set_delivery`` takes it."""
        values = dict(self.form.cleaned_data)
        zone, price, free_from = (values.pop(name) for name in ("zone", "price", "free_from"))
        days = (values.pop("days_min"), values.pop("days_max"))
        return {
            **values,
            "days": days,
            "zone_id": int(zone) if zone else None,
            "price_minor": price or 0,
            "free_from_minor": free_from,
            "bands": self._bands() if self._by_rows else [],
        }

    def _bands(self) -> list[tuple[int | None, int]]:
        price_by = self.form.cleaned_data["price_by"]
        found = [row.band(price_by, self.currency) for row in self.rows]
        return [band for band in found if band is not None]
