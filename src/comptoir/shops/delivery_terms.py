"""How a shop delivers now, as plain values read in one statement.

``DELIVERY_TERMS_SQL`` is an expression for any statement that has the parameter ``shop``; it gives
the JSON that ``delivery_terms`` reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Zone:
    """Countries (ISO 3166-1), or the parts of one whose postcodes start with one of ``prefixes``;
    ``is_rest``: wherever no other zone is."""

    id: int
    is_rest: bool
    countries: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A price in minor units, up to that many grams or minor units; ``None``: however much."""

    up_to: int | None
    price_minor: int


@dataclass(frozen=True, slots=True)
class Method:
    """A way of delivery; amounts in minor units, VAT included, days working days.

    ``zone_id`` ``None``: everywhere. ``bands``: ascending, the unbounded one last; with them,
    ``price_by`` is "weight" or "amount" and ``price_minor`` is not used. ``place``: where it is
    fetched, and when; of pick-up, '' if the shop has not said.
    """

    id: int
    kind: str
    name: str
    price_minor: int
    price_by: str = "flat"
    free_from_minor: int | None = None
    days_min: int = 0
    days_max: int = 0
    zone_id: int | None = None
    bands: tuple[Band, ...] = ()
    place: str = ""

    @property
    def pk(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True)
class DeliveryTerms:
    """``zones``: all of them, those without a method too; ``methods``: in the shop's order."""

    zones: tuple[Zone, ...] = ()
    methods: tuple[Method, ...] = ()


def delivery_terms(found: Mapping[str, Any]) -> DeliveryTerms:
    """The terms, from the JSON of ``DELIVERY_TERMS_SQL``."""
    return DeliveryTerms(
        zones=tuple(map(_zone, found["zones"])), methods=tuple(map(_method, found["methods"]))
    )


def _zone(values: Mapping[str, Any]) -> Zone:
    return Zone(
        id=values["id"],
        is_rest=values["is_rest"],
        countries=tuple(values["countries"]),
        prefixes=tuple(values["prefixes"]),
    )


def _method(values: Mapping[str, Any]) -> Method:
    bands = tuple(Band(up_to, price) for up_to, price in values["bands"])
    return Method(**{**values, "bands": bands})


DELIVERY_TERMS_SQL = """
json_build_object(
  'zones', COALESCE(
    (SELECT json_agg(json_build_object('id', z.id, 'is_rest', z.is_rest,
       'countries', z.countries, 'prefixes', z.prefixes) ORDER BY z.position, z.id)
     FROM shops_deliveryzone z WHERE z.shop_id = %(shop)s), '[]'),
  'methods', COALESCE(
    (SELECT json_agg(json_build_object('id', m.id, 'kind', m.kind, 'name', m.name,
       'price_minor', m.price_minor, 'price_by', m.price_by,
       'free_from_minor', m.free_from_minor, 'days_min', m.days_min, 'days_max', m.days_max,
       'zone_id', m.zone_id, 'place', m.place, 'bands', COALESCE(
         (SELECT json_agg(json_build_array(r.up_to, r.price_minor) ORDER BY r.up_to NULLS LAST)
          FROM shops_deliveryrate r WHERE r.method_id = m.id), '[]'))
       ORDER BY m.position, m.id)
     FROM shops_deliverymethod m WHERE m.shop_id = %(shop)s AND m.is_active), '[]'))
"""
