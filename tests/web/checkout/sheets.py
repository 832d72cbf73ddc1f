"""The sheet as a buyer fills it: fields read from the page, changed, and sent."""

from typing import Any

from django.test import Client
from lxml import html

from comptoir.catalog.models import Product
from tests.web.visiting import text_of

AT_THE_BANK = "sandbox:page"
GUEST = {
    "email": "gael@example.org",
    "recipient": "Gaël Morvan",
    "address1": "1 quai Nord",
    "postcode": "29200",
    "city": "Brest",
    "country": "FR",
}


def open_sheet(client: Client, product: Product, **headers: Any) -> dict[str, str]:
    """What the sheet's form holds when it opens for the product; paid on the bank's own page."""
    opened = fields(client.get(f"/products/{product.pk}/buy", headers=headers))
    return {**opened, "pay": AT_THE_BANK}


def fields(response: Any) -> dict[str, str]:
    """Every field of the sheet's form with what would be sent."""
    page: Any = html.fromstring(text_of(response))
    (form,) = page.xpath("//form[@id='checkout']")
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def send(client: Client, sheet: dict[str, str], **changes: str) -> Any:
    """Sends the sheet, with some fields changed."""
    return client.post("/checkout", {**sheet, **changes})


def total_shown(response: Any) -> str:
    """The total as the sheet prints it."""
    page: Any = html.fromstring(text_of(response))
    (total,) = page.xpath("//div[contains(@class, 'totals-sum')]/dd")
    return str(total.text_content())
