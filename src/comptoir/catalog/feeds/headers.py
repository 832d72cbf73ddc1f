"""Column and element names, however they are spelled, and the one name we know them by."""

import re
import unicodedata
from functools import lru_cache

# canonical name -> other spellings, already folded as `fold` does. English names are those of the
# Google, Meta and Pinterest specifications; the French ones are those Google accepts in French.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "id": ("identifiant", "item_id", "product_id", "retailer_id", "offer_id"),
    "title": ("titre", "name", "nom"),
    "description": ("desc", "rich_text_description", "summary", "content"),
    "link": ("lien", "url", "product_link", "product_url"),
    "image_link": (
        "lien_image", "lien_de_l_image", "lien_d_image", "image_url", "image", "image_0_url",
    ),
    "additional_image_link": (
        "additional_image_links", "additional_image_url", "additional_image_urls",
        "additional_images", "lien_image_supplementaire", "lien_d_image_supplementaire",
        "liens_images_supplementaires", "lien_de_l_image_supplementaire",
    ),
    "price": ("prix", "regular_price"),
    "sale_price": ("prix_solde", "prix_promotionnel", "prix_promo"),
    "sale_price_effective_date": (
        "sale_price_effective_dates", "periode_de_validite_du_prix_solde",
        "dates_d_effet_des_soldes", "date_d_effet_du_prix_solde", "periode_de_solde",
    ),
    "availability": ("disponibilite", "stock_status"),
    "quantity": (
        "quantity_to_sell_on_facebook", "inventory", "quantite", "stock", "sell_on_google_quantity",
    ),
    "brand": ("marque",),
    "gtin": ("ean", "ean13", "upc", "isbn", "barcode", "code_barres", "gtin13", "code_ean"),
    "mpn": ("reference_fabricant", "reference_du_fabricant"),
    "condition": ("etat",),
    "google_product_category": ("categorie_de_produits_google", "categorie_google"),
    "product_type": ("categorie", "type_de_produit", "categorie_de_produits"),
    "item_group_id": (
        "identifiant_groupe", "identifiant_de_groupe", "identifiant_du_groupe", "item_group",
        "id_groupe",
    ),
    "color": ("colour", "couleur"),
    "size": ("taille",),
    "material": ("matiere", "materiau"),
    "pattern": ("motif",),
    "gender": ("sexe",),
    "age_group": ("tranche_d_age", "groupe_d_age"),
    "shipping_weight": (
        "poids_du_colis", "poids_d_expedition", "poids_expedition", "poids_livraison",
    ),
    "custom_label_0": ("etiquette_personnalisee_0",),
    "custom_label_1": ("etiquette_personnalisee_1",),
    "custom_label_2": ("etiquette_personnalisee_2",),
    "custom_label_3": ("etiquette_personnalisee_3",),
    "custom_label_4": ("etiquette_personnalisee_4",),
}  # fmt: skip

KNOWN = frozenset(_SPELLINGS)
_CANONICAL = {name: name for name in _SPELLINGS} | {
    spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings
}
# Meta's second and further pictures: image[1].url
_MORE_IMAGES = re.compile(r"image_[0-9]{1,2}_url|additional_image_link_[0-9]{1,2}")


def fold(name: str) -> str:
    """`g:Image Link`, `image-link` and `IMAGE_LINK` all become `image_link`."""
    bare = unicodedata.normalize("NFKD", name.strip().lower().removeprefix("g:"))
    ascii_only = "".join(c for c in bare if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "_", ascii_only).strip("_")


@lru_cache(maxsize=2048)
def canonical(name: str) -> str | None:
    """The name we know a column or element by, or None for those that we do not read."""
    folded = fold(name[:100])
    if known := _CANONICAL.get(folded):
        return known
    return "additional_image_link" if _MORE_IMAGES.fullmatch(folded) else None
