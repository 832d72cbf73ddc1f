"""The names of a product's traits, read in either language."""

import pytest
from django.utils.translation import override

from comptoir.web.formats import file_size
from comptoir.web.traits import trait, trait_names, trait_value


@pytest.mark.parametrize(
    ("language", "names", "gender", "weight"),
    [("fr", "Taille, couleur", "Femme", "1,2\u202fkg"), ("en", "Size, colour", "Women", "1.2 kg")],
)
def test_words_of_a_catalogue_file_are_translated(
    language: str, names: str, gender: str, weight: str
) -> None:
    with override(language):
        assert trait_names({"size": "M", "color": "encre"}) == names
        assert trait_value("female", "gender") == gender
        assert trait_value("1200 g", "weight") == weight


def test_words_of_the_shop_stay_as_they_are() -> None:
    with override("en"):
        assert trait("hauteur_du_pied") == "Hauteur du pied"
        assert trait_value("noyer huilé", "material") == "noyer huilé"
        assert trait_value("un bon kilo", "weight") == "un bon kilo"


@pytest.mark.parametrize(("language", "shown"), [("fr", "12,3\u202fMo"), ("en", "12.3 MB")])
def test_sizes_are_read_in_millions_of_bytes(language: str, shown: str) -> None:
    with override(language):
        assert file_size(12_345_678) == shown
