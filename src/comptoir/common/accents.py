"""Letters without their accents, the same in Python and in PostgreSQL (which has no unaccent)."""

ACCENTED = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ"
PLAIN = "aaaaaaaceeeeiiiinooooooouuuuyaaaaaaaceeeeiiiinooooooouuuuy"

# What makes one word, an address or a number of several words where PostgreSQL takes a text apart.
GLUE = "./\\-@:<>&+~°«»…–—’“”·•"

_TABLE = str.maketrans(ACCENTED, PLAIN)


def unaccented(text: str) -> str:
    """ "Théière" gives "Theiere"."""
    return text.translate(_TABLE)


def unaccented_sql(expression: str) -> str:
    """The same for an SQL expression of this package's own constants."""
    return f"translate({expression}, '{ACCENTED}', '{PLAIN}')"


def words_sql(expression: str) -> str:
    """The text in small letters without accents, its words apart: "Théière-à-thé 1.5" gives
    "theiere a the 1 5". As with ``unaccented_sql``, of this package's own constants."""
    letters, plain = ACCENTED[: len(ACCENTED) // 2], PLAIN[: len(PLAIN) // 2]
    return f"translate(lower({expression}), '{letters}{GLUE}', '{plain}{' ' * len(GLUE)}')"
