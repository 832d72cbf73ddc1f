"""``<signed:key>`` in an address: the key and its signature; a view gets the key alone."""

from django.urls import register_converter

from comptoir.common.errors import NotVisible
from comptoir.sales.links import key_in, signed_key


class SignedKey:
    """Verified before any row is looked for: what is not signed is no address of ours (404)."""

    regex = r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"

    def to_python(self, value: str) -> str:
        """Raises: ValueError: the signature is not ours."""
        try:
            return key_in(value)
        except NotVisible as error:
            raise ValueError(value) from error

    def to_url(self, value: str) -> str:
        """The key, signed."""
        return signed_key(value)


register_converter(SignedKey, "signed")
