"""Catalogue files of any length in the formats that shops export, the same every time."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

COLUMNS = (
    "id", "title", "description", "link", "image_link", "additional_image_link", "price",
    "sale_price", "availability", "brand", "gtin", "mpn", "condition", "product_type",
    "item_group_id", "color", "size", "inventory",
)  # fmt: skip
_THINGS = ["Bol", "Théière", "Écharpe", "Carnet", "Lampe", "Panier", "Savon", "Couteau", "Plaid"]
_MADE = ["grès émaillé", "lin lavé", "laine d'ici", "papier de chiffon", "noyer", "osier", "cuir"]
_COLOURS = ["encre", "sable", "mousse", "brique", "écume"]
_SIZES = ["S", "M", "L"]
_TEXT = (
    "façonné dans un petit atelier où chaque pièce passe de main en main avant d’être emballée "
    "avec soin elle se garde longtemps se répare et se transmet sa matière vient de moins de cent "
    "kilomètres sans teinture inutile et son usage quotidien la rend plus belle"
)
_WORDS = _TEXT.split()
# One product in this many comes in variants; such a product has six.
_VARIED_EVERY = 12
_VARIANTS = 6


def items(count: int, *, variants: bool = True) -> Iterator[dict[str, str]]:
    """`count` rows; with `variants`, a third of them are variants of a product with others."""
    dice = random.Random(1)
    made = 0
    number = 0
    while made < count:
        number += 1
        varied = variants and number % _VARIED_EVERY == 0
        shared = _product(number, dice)
        for place in range(min(_VARIANTS if varied else 1, count - made)):
            made += 1
            yield shared | _variant(number, place, varied, dice)


def _product(number: int, dice: random.Random) -> dict[str, str]:
    thing, made = dice.choice(_THINGS), dice.choice(_MADE)
    words = " ".join(dice.choices(_WORDS, k=dice.randint(20, 90)))
    price = dice.randint(300, 30_000)
    return {
        "title": f"{thing} en {made} n° {number}",
        "description": f"<p>{words.capitalize()}.</p><ul><li>{made}</li><li>fait main</li></ul>",
        "link": f"https://boutique.example/produits/{number}?ref=flux&v=2",
        "image_link": f"https://boutique.example/images/{number}-1.jpg",
        "additional_image_link": f"https://boutique.example/images/{number}-2.jpg",
        "price": f"{price // 100},{price % 100:02} EUR",
        "sale_price": f"{price * 8 // 1000}.00 EUR" if number % 9 == 0 else "",
        "brand": "Atelier du Banc d’Essai",
        "mpn": f"BE-{number}",
        "condition": "new",
        "product_type": f"Maison > Objets > {thing}",
    }


def _variant(number: int, place: int, varied: bool, dice: random.Random) -> dict[str, str]:
    quantity = dice.randint(0, 40)
    return {
        "id": f"be-{number}-{place}",
        "availability": "in stock" if quantity else "out of stock",
        "gtin": _gtin(number * 10 + place),
        "item_group_id": f"be-{number}" if varied else "",
        "color": _COLOURS[place % 5] if varied else "",
        "size": _SIZES[place % 3] if varied else "",
        "inventory": str(quantity),
    }


def _gtin(number: int) -> str:
    digits = f"200{number:09}"[:12]
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return f"{digits}{-total % 10}"


def write_table(path: Path, count: int, delimiter: str, *, variants: bool = True) -> None:
    """A CSV (`,` or `;`) or a TSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, delimiter=delimiter, extrasaction="ignore")
        rows.writeheader()
        rows.writerows(items(count, variants=variants))


def write_rss(path: Path, count: int) -> None:
    """A Google Merchant RSS 2.0 document."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" ')
        file.write('xmlns:g="http://base.google.com/ns/1.0"><channel><title>Flux</title>\n')
        for item in items(count):
            cells = (f"<g:{k}>{escape(v)}</g:{k}>" for k, v in item.items() if v)
            file.write(f"<item>{''.join(cells)}</item>\n")
        file.write("</channel></rss>\n")
