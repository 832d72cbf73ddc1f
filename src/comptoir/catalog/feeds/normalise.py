"""From a row's words to a `FeedItem`, or to what is wrong with them."""

from datetime import datetime

from comptoir.catalog.feeds import values
from comptoir.catalog.feeds.findings import Findings
from comptoir.catalog.feeds.items import Availability, FeedItem, FeedRow
from comptoir.catalog.feeds.limits import (
    MAX_CATEGORY,
    MAX_DESCRIPTION,
    MAX_EXTRA_IMAGES,
    MAX_GRAMS,
    MAX_ID,
    MAX_RAW_DESCRIPTION,
    MAX_RAW_LINKS,
    MAX_RAW_VALUE,
    MAX_TITLE,
    MAX_WORD,
)
from comptoir.catalog.feeds.plain_text import (
    has_control_characters,
    one_line,
    paragraphs,
    without_control_characters,
)
from comptoir.catalog.feeds.prices import Price, PriceRefused, parse_price
from comptoir.catalog.feeds.raw import RawRow

_Sale = tuple[Price | None, datetime | None, datetime | None]
_NO_SALE: _Sale = (None, None, None)
_WORDS = ("brand", "mpn", "color", "size", "material", "pattern")
_CATEGORIES = ("google_product_category", "product_type")
_LOOKED_AT = {"description": MAX_RAW_DESCRIPTION}
_LABELS = tuple(f"custom_label_{number}" for number in range(5))


def read_row(raw: RawRow, *, currency: str) -> FeedRow:
    """Read one row for meaning. Every fault found is reported, not only the first.

    `currency` is the only one taken, and the one of prices that name none; "" takes any.
    """
    if raw.refusal is not None:
        return FeedRow(raw.number, "", None, (raw.refusal,))
    found = Findings(raw.number)
    found.issues.extend(raw.warnings)
    given = _clean(raw.values, found)
    external_id = _identifier(given, "id", found)
    found.item_id = external_id
    if not external_id and not found.refused:
        found.error("id", "required")
    item = _item(given, raw.more_images, external_id, currency, found)
    return FeedRow(raw.number, external_id, item, found.named())


def _item(
    given: dict[str, str], more_images: list[str], external_id: str, currency: str, found: Findings
) -> FeedItem | None:
    title = _text(given, "title", MAX_TITLE, found)
    if not title:
        found.error("title", "required", given.get("title", ""))
    price = _price(given, "price", currency, found)
    quantity = _quantity(given, found)
    availability = _availability(given, quantity, found)
    group = _identifier(given, "item_group_id", found)
    link = _link(given, found)
    images = _images(given, more_images, found)
    sale_price, sale_starts, sale_ends = _sale(given, price, found)
    words = {name: _text(given, name, MAX_WORD, found) for name in _WORDS if name in given}
    words |= {
        name: _text(given, name, MAX_CATEGORY, found) for name in _CATEGORIES if name in given
    }
    description = _description(given, found)
    gtin = _gtin(given, found)
    condition = _condition(given, found)
    weight = _weight(given, found)
    if found.refused or price is None or availability is None:
        return None
    return FeedItem(
        external_id, title, price, availability, quantity, description, link, images,
        sale_price, sale_starts, sale_ends,
        gtin=gtin, condition=condition, item_group_id=group,
        gender=values.gender(given.get("gender", "")),
        age_group=values.age_group(given.get("age_group", "")),
        shipping_weight_grams=weight,
        custom_labels=tuple(one_line(given[name])[:100] for name in _LABELS if name in given),
        **words,
    )  # fmt: skip


def _clean(given: dict[str, str], found: Findings) -> dict[str, str]:
    """The values stripped, the empty ones left out, the unreadable ones reported."""
    kept: dict[str, str] = {}
    for name, text in given.items():
        value = text[: _LOOKED_AT.get(name, MAX_RAW_VALUE)].strip()
        if not value.isprintable() and has_control_characters(value):
            found.warning(name, "control_characters", value)
            value = without_control_characters(value).strip()
        if "�" in value:
            found.warning(name, "broken_characters", value)
        if value:
            kept[name] = value
    return kept


def _identifier(given: dict[str, str], name: str, found: Findings) -> str:
    value = " ".join(given.get(name, "").split())
    if len(value) > MAX_ID:
        found.error(name, "id_too_long", value, limit=MAX_ID)
        return ""
    return value


def _text(given: dict[str, str], name: str, limit: int, found: Findings) -> str:
    text = one_line(given.get(name, ""))
    if len(text) > limit:
        found.warning(name, "too_long", text, limit=limit)
        return text[: limit - 1].rstrip() + "…"
    return text


def _description(given: dict[str, str], found: Findings) -> str:
    text = paragraphs(given.get("description", ""))
    if not text:
        found.warning("description", "recommended")
    if len(text) > MAX_DESCRIPTION:
        found.warning("description", "too_long", text, limit=MAX_DESCRIPTION)
        return text[: MAX_DESCRIPTION - 1].rstrip() + "…"
    return text


def _price(given: dict[str, str], name: str, currency: str, found: Findings) -> Price | None:
    if name not in given:
        found.error(name, "required")
        return None
    try:
        price = parse_price(given[name], default_currency=currency)
    except PriceRefused as refusal:
        found.error(name, refusal.code, given[name], **refusal.params)
        return None
    if currency and price.currency != currency:
        found.error(name, "currency_other", given[name], currency=currency)
        return None
    return price


def _sale(given: dict[str, str], price: Price | None, found: Findings) -> _Sale:
    """A sale that cannot be read is left out with a warning: the price itself still stands."""
    text = given.get("sale_price")
    sale = _sale_price(text, price, found) if text and price else None
    if sale is None:
        return _NO_SALE
    if "sale_price_effective_date" not in given:
        return sale, None, None
    dates = values.date_range(given["sale_price_effective_date"])
    if dates is None:
        # Without its dates a sale would never end.
        found.warning("sale_price_effective_date", "sale_dates", given["sale_price_effective_date"])
        return _NO_SALE
    return sale, *dates


def _sale_price(text: str, price: Price, found: Findings) -> Price | None:
    try:
        sale = parse_price(text, default_currency=price.currency)
    except PriceRefused as refusal:
        if refusal.code != "price_zero":  # how some exporters write "no sale"
            found.warning("sale_price", refusal.code, text, **refusal.params)
        return None
    if sale == price:  # how others write it
        return None
    if sale.currency != price.currency:
        found.warning("sale_price", "sale_currency", text)
        return None
    if sale.minor > price.minor:
        found.warning("sale_price", "sale_not_lower", text)
        return None
    return sale


def _quantity(given: dict[str, str], found: Findings) -> int | None:
    if "quantity" not in given:
        return None
    quantity = values.quantity(given["quantity"])
    if quantity is None:
        found.error("quantity", "quantity", given["quantity"])
    return quantity


def _availability(
    given: dict[str, str], quantity: int | None, found: Findings
) -> Availability | None:
    text = given.get("availability")
    if text is not None:
        availability = values.availability(text)
        if availability is None:
            found.error("availability", "availability", text)
        elif availability in {Availability.PREORDER, Availability.BACKORDER}:
            found.warning("availability", "not_sold_ahead", text)
        return availability
    if quantity is not None:
        return Availability.IN_STOCK if quantity else Availability.OUT_OF_STOCK
    if "quantity" not in given:
        found.error("availability", "required")
    return None


def _link(given: dict[str, str], found: Findings) -> str:
    text = given.get("link", "")
    if not text:
        return ""
    link = values.web_address(text)
    if not link:
        found.warning("link", "url", text)
    return link


def _images(given: dict[str, str], more: list[str], found: Findings) -> tuple[str, ...]:
    main = given.get("image_link")
    if main is None:
        found.warning("image_link", "recommended")
    texts = [main] if main else []
    for text in more[: 2 * MAX_EXTRA_IMAGES]:
        texts += values.split_addresses(text[:MAX_RAW_LINKS])
    images: dict[str, None] = {}
    for text in texts[: 5 * MAX_EXTRA_IMAGES]:
        if address := values.web_address(text.strip()):
            images[address] = None
        else:
            found.warning("image_link" if text is main else "additional_image_link", "url", text)
        if len(images) > MAX_EXTRA_IMAGES + 1:
            found.warning("additional_image_link", "too_many_images", text, limit=MAX_EXTRA_IMAGES)
            break
    return tuple(images)[: MAX_EXTRA_IMAGES + 1]


def _gtin(given: dict[str, str], found: Findings) -> str:
    if "gtin" not in given:
        return ""
    gtin = values.gtin(given["gtin"])
    if not gtin:
        found.warning("gtin", "gtin", given["gtin"])
    return gtin


def _condition(given: dict[str, str], found: Findings) -> str:
    if "condition" not in given:
        return "new"
    condition = values.condition(given["condition"])
    if not condition:
        found.warning("condition", "condition", given["condition"])
    return condition or "new"


def _weight(given: dict[str, str], found: Findings) -> int | None:
    if "shipping_weight" not in given:
        return None
    grams = values.grams(given["shipping_weight"])
    if grams is None or grams > MAX_GRAMS:
        found.warning("shipping_weight", "weight", given["shipping_weight"])
        return None
    return grams
