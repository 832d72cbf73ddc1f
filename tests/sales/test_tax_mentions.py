"""The sentence beside a total that is taxed otherwise than at home."""

import pytest
from django.utils import translation

from comptoir.sales.models import Order
from comptoir.sales.tax_mentions import tax_mention


@pytest.mark.parametrize(
    ("scheme", "country", "words"),
    [
        ("domestic", "FR", ""),
        ("franchise", "FR", "art. 293 B"),
        ("franchise", "RE", "art. 293 B"),
        ("franchise", "BE", "art. 284"),
        ("reverse_charge", "FR", "the buyer accounts for it"),
        ("export", "FR", "art. 146"),
        ("oss", "DE", "VAT of Germany"),
        ("oss", "XI", "VAT of Northern Ireland"),
    ],
)
def test_each_scheme_has_its_sentence(scheme: str, country: str, words: str) -> None:
    with translation.override("en"):
        said = tax_mention(scheme, country)
    assert words in said
    assert bool(said) == bool(words)


def test_no_scheme_is_forgotten() -> None:
    silent = [scheme for scheme in Order.TaxScheme.values if not tax_mention(scheme, "FR")]
    assert silent == ["domestic"]
