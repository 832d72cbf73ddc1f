"""The names that catalogue files give to a product's traits, in the reader's words."""

from collections.abc import Iterable
from decimal import Decimal

from babel.numbers import format_decimal
from babel.units import format_unit
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comptoir.web.formats import language

# Field names and fixed values of the Google Merchant product data specification.
NAMES = {
    "size": _("Size"),
    "color": _("Colour"),
    "material": _("Material"),
    "pattern": _("Pattern"),
    "gender": _("For whom"),
    "age_group": _("Age"),
    "weight": _("Weight"),
}
VALUES = {
    "gender": {
        "male": pgettext_lazy("gender", "Men"),
        "female": pgettext_lazy("gender", "Women"),
        "unisex": pgettext_lazy("gender", "Everyone"),
    },
    "age_group": {
        "newborn": _("Newborns, up to 3 months"),
        "infant": _("Babies, 3 to 12 months"),
        "toddler": _("Toddlers, 1 to 5 years"),
        "kids": _("Children"),
        "teen": _("Teenagers"),
        "adult": _("Adults"),
        "all ages": _("All ages"),
    },
}


def trait(name: str) -> str:
    """ "color" is "Colour" or «Couleur»; a name of the shop's own stays as it is."""
    known = NAMES.get(name)
    return str(known) if known else name.replace("_", " ").capitalize()


def trait_names(names: Iterable[str]) -> str:
    """Several as one title: "Size, colour"."""
    return ", ".join(trait(name) for name in names).capitalize()


def trait_value(text: str, name: str) -> str:
    """A value of a trait; a weight is kept as "1200 g" and read as 1.2 kg."""
    if name == "weight" and text.endswith(" g") and text[:-2].isdecimal():
        return _weight(int(text[:-2]))
    return str(VALUES.get(name, {}).get(text, text))


def _weight(grams: int) -> str:
    if grams < 1000:
        return str(format_unit(grams, "mass-gram", "short", locale=language()))
    kilograms = format_decimal(Decimal(grams) / 1000, locale=language())
    return str(format_unit(kilograms, "mass-kilogram", "short", locale=language()))


FILTERS = {"trait": trait, "trait_names": trait_names, "trait_value": trait_value}
