"""Words for made-up products and posts: enough of them that search has something to do."""

# ruff: noqa: SIM905 (word lists read better as text)

from random import Random

THINGS = (
    "tasse bol assiette théière vase carafe plateau couteau cuillère nappe torchon tablier écharpe "
    "pull bonnet chemise jupe veste sac panier bougie savon huile miel confiture biscuit chocolat "
    "carnet stylo affiche roman recueil lampe tabouret étagère miroir coussin couverture tapis "
    "bracelet collier broche jouet puzzle arrosoir pot"
).split()
MATTERS = (
    "grès porcelaine lin laine coton bois chêne hêtre olivier laiton cuivre acier verre cuir "
    "paille osier papier cire argile émail"
).split()
COLOURS = "bleu vert rouge ocre blanc noir gris rose sable encre ivoire safran prune".split()
QUALITIES = "petit grand rond carré léger épais tourné brossé ciré cousu tissé gravé simple".split()
CATEGORIES = ("Maison > Table", "Maison > Linge", "Mode > Tricot", "Épicerie", "Livres", "Jardin")
SAYINGS = (
    "Reçu ce matin, encore plus beau en vrai. Merci à l'atelier !",
    "On l'utilise tous les jours depuis un mois et il ne bouge pas.",
    "Quelqu'un connaît la même chose en plus grand ?",
    "Nouvelle fournée cette semaine : les couleurs sortent du four.",
    "Offert à ma sœur, qui me demande déjà où en trouver un second.",
    "Petit tour au marché, et voilà ce que je rapporte.",
    "Je cherchais depuis longtemps, je crois que c'est le bon.",
    "Il reste trois pièces de la série d'automne, avis aux curieux.",
)
FIRST = (
    "Inès Malo Rose Gaspard Aya Lucien Nora Basile Lina Octave Salomé Ilyes Agathe Marius Zoé "
    "Anouk Félix Maya Simon Jade Hugo Alma Noé Lou Côme Éva Tom Ava Léon Mila"
).split()


def product_title(random: Random) -> str:
    """Such as "Bol en grès bleu, tourné"."""
    thing, matter = random.choice(THINGS), random.choice(MATTERS)
    of = "d'" if matter[0] in "aeiouéèhôœ" else "de "
    colour, quality = random.choice(COLOURS), random.choice(QUALITIES)
    return f"{thing.capitalize()} {of}{matter} {colour}, {quality}"


def saying(random: Random) -> str:
    """One to three sentences, as people post them."""
    return " ".join(random.sample(SAYINGS, random.randint(1, 3)))
