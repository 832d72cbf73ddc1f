"""What a mistyped word is taken to mean, on the shelves of the demo place: as people mistype, and
what must be left as it was typed."""

import tomllib
from importlib import resources

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.search.upkeep import count_words
from tests import cast
from tests.web.visiting import parsed, visitor

pytestmark = pytest.mark.django_db

# Typed, and the words that must be searched instead.
DOUBLED = {
    "asiette": "assiette", "assiettte": "assiette", "caserole": "casserole",
    "chausettes": "chaussettes", "beurier": "beurrier", "tissane": "tisane",
    "confitture": "confiture", "bonet": "bonnet", "arosoir": "arrosoir", "savvon": "savon",
    "berret": "béret", "terazzo": "terrazzo", "puzle": "puzzle", "shampooing": "shampoing",
    "enmaillée": "émaillée",
}  # fmt: skip
SWAPPED = {
    "chocloat": "chocolat", "cafteière": "cafetière", "pihcet": "pichet", "torhcon": "torchon",
    "vsae": "vase", "buogie": "bougie", "sirpo": "sirop", "tbales": "tables", "enlgish": "english",
}  # fmt: skip
MISSING = {
    "teière": "théière", "echrape": "écharpe", "nichior": "nichoir", "géranum": "géranium",
    "bogie": "bougie", "confture": "confiture", "tabouet": "tabouret", "champignn": "champignon",
    "saldier": "saladier", "coqutier": "coquetiers", "bougeir": "bougeoir", "cuillres": "cuillères",
}  # fmt: skip
NEIGHBOURS = {
    "savin": "savon", "bougoe": "bougie", "tqsses": "tasses", "qrrosoir": "arrosoir",
    "lampr": "lampe", "csrafe": "carafe", "chemide": "chemise", "pqnier": "panier",
}  # fmt: skip
BY_EAR = {
    "xylofone": "xylophone", "fare": "phare", "alfabet": "alphabet", "amfore": "amphore",
    "koquetier": "coquetiers", "kafé": "café", "cokotte": "cocotte", "caskette": "casquette",
    "paket": "paquet", "lène": "laine", "fraize": "fraises", "grène": "graines",
    "vinègre": "vinaigre", "tace": "tasses", "brausse": "brosse", "pinsso": "pinceau",
    "boujie": "bougie", "champoing": "shampoing", "jackard": "jacquard",
}  # fmt: skip
# Not told as mistakes, and found: another ending is all there is between the two.
ENDINGS = {
    "farinne": "farine", "huille": "huile", "casserolle": "casserole", "cocote": "cocotte",
    "savon argille": "savon", "dinghi": "dinghy", "blanche": "blanche",
}  # fmt: skip
LONGER = {
    "savonette": "savon", "chocolatier": "chocolat", "savvon argile": "savon argile",
    "huile olve": "huile olive", "t-shrit": "shirt",
}  # fmt: skip
# Words of the shelves in any form, numbers, names, and things that are not sold here: nothing that
# is on the shelves was meant.
KNOWN = (
    "savon", "savons", "bougies", "tasse", "louche", "bols", "verte", "vertes", "blanches",
    "épaisse", "ronds", "planches", "rayées", "émaillés", "gravées", "chevron", "losange",
    "gobelet", "tulipe", "phares", "sauge", "peigne", "tôle", "tables", "in english",
)  # fmt: skip
NUMBERS = ("3517360012345", "REF1234", "24cmm", "b12", "300")
NAMES = ("malo", "vasseur", "hamon", "tran", "lindon", "noël", "morvan", "petrov")
NOT_SOLD = (
    "trottinette", "ordinateur", "guitare", "vélo", "rug", "cup", "bed", "lit", "chaise", "montre",
    "collier", "bague", "aspirateur", "rideau", "manteau", "robinet", "moto", "bijou", "salon",
    "qwerty", "xyz",
)  # fmt: skip


@pytest.fixture
def shelves() -> None:
    """The demo's titles, categories and brands, and some of its people's names."""
    at = cast.shop(cast.basile(), "Au Bazar", "au_bazar")
    products = []
    folder = resources.files("comptoir.demo") / "data" / "shops"
    for each in sorted(folder.iterdir(), key=lambda file: file.name):
        shop = tomllib.loads(each.read_text())
        for row in shop["products"].values():
            made = cast.product(at, row["title"])
            made.category, made.brand = row["category"], row.get("brand", shop["name"])
            products.append(made)
    Product.objects.bulk_update(products, ["category", "brand"])
    for number, name in enumerate(NAMES):
        cast.person(name.capitalize(), f"somebody_{number}")
    count_words()


def told(words: str) -> str:
    """The words that the page says it searched instead or asks about; '' for those typed."""
    page = parsed(visitor().get("/search", {"q": words}))
    said = " ".join(page.xpath("//*[contains(@class, 'search-told')]//text()[contains(., '“')][1]"))
    return said.split("“")[1].split("”")[0] if "“" in said else ""


@pytest.mark.usefixtures("shelves")
def test_a_mistyped_word_is_taken_for_what_was_meant_and_no_other() -> None:
    asked = DOUBLED | SWAPPED | MISSING | NEIGHBOURS | BY_EAR | LONGER
    found = {typed: told(typed) for typed in asked}
    assert found == asked
    asked = dict.fromkeys((*KNOWN, *NUMBERS, *NAMES, *NOT_SOLD, *ENDINGS), "")
    found = {typed: told(typed) for typed in asked}
    assert found == asked
    for typed, word in ENDINGS.items():
        titles = parsed(visitor().get("/search", {"q": typed})).xpath("//*[@class='card-title']")
        assert word in titles[0].text_content().lower()
