"""Signed addresses that lead out: only to what a shop has written down for a product."""

from urllib.parse import urlsplit

from django.core import signing
from django.urls import reverse

from comptoir.common.errors import NotVisible

SALT = "comptoir.elsewhere"


def way_out(product_id: int) -> str:
    """The address here that leads to the product's own page elsewhere."""
    return reverse("go", args=[signing.Signer(salt=SALT).sign(str(product_id))])


def product_in(token: str) -> int:
    """The product of a signed address.

    Raises:
        NotVisible: the signature is not ours.
    """
    try:
        return int(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError) as error:
        raise NotVisible from error


def host_of(address: str) -> str:
    """What the button names: "example.org" of https://www.example.org/bowl."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
