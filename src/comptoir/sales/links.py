"""Addresses that mails carry. The pages are ``web``'s; a test there holds both to each other.

Whoever has the link of an order, of a receipt or of a transfer to make may open it without an
account: the link holds the row's key and a signature over it. The rows hold the key alone, so that
reading them, a copy of them or an export opens nothing.
"""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer

from comptoir.common.errors import NotVisible

SALT: Final = "comptoir.key in an address"
LETTERS: Final = 24  # of base64: 144 bits of the HMAC
OURS: Final = "/pay/"  # pages of this place where one pays, by the key of what is to be paid


class _Short(Signer):
    """As Django's, and fit for an address that is read, copied and wrapped by mail programs."""

    def signature(self, value: str | bytes, key: str | bytes | None = None) -> str:
        return super().signature(value, key)[:LETTERS]


def signed_key(key: str) -> str:
    """A key as it stands in an address."""
    return _signer().sign(key)


def key_in(text: str) -> str:
    """The key that ``signed_key`` made ``text`` of, with this place's secret or a former one.

    Raises:
        NotVisible: nothing of the kind, or signed by somebody else.
    """
    try:
        return _signer().unsign(text)
    except BadSignature as error:
        raise NotVisible from error


def _signer() -> Signer:
    return _Short(sep=".", salt=SALT)


def order_link(key: str) -> str:
    """The buyer's page of an order; a guest needs nothing but the link."""
    return f"{settings.PUBLIC_URL}/orders/{signed_key(key)}"


def order_withdrawal_link(key: str) -> str:
    """Where the holder of an order's link withdraws from it."""
    return f"{order_link(key)}/withdrawal"


def invoice_link(key: str) -> str:
    """The order's invoice, for whoever may open the order."""
    return f"{order_link(key)}/invoice"


def desk_link(shop_handle: str, number: str) -> str:
    """The order at the shop's desk."""
    return f"{settings.PUBLIC_URL}/counter/{shop_handle}/orders/{number}"


def desk_bank_link(shop_handle: str) -> str:
    """Where the shop says that it gave money back by hand."""
    return f"{settings.PUBLIC_URL}/counter/{shop_handle}/bank"


def receipt_link(key: str) -> str:
    """The receipt of a withdrawal, to be read and printed by whoever has its link."""
    return f"{settings.PUBLIC_URL}/withdrawals/{signed_key(key)}"


def withdrawal_link(token: str) -> str:
    """Where one withdraws from an order without an account, for a while."""
    return f"{settings.PUBLIC_URL}/withdrawal/{token}"


def way_to_pay(address: str) -> str:
    """``Payment.redirect_url`` as the buyer is given it: that of a page of ours is kept without its
    signature; a provider's own, and '', stay as they are."""
    if not address.startswith(OURS):
        return address
    page, _slash, token = address.rpartition("/")
    return f"{page}/{signed_key(token)}"
