"""Letters without their accents, the same in Python and in PostgreSQL (which has no unaccent)."""

ACCENTED = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ"
PLAIN = "aaaaaaaceeeeiiiinooooooouuuuyaaaaaaaceeeeiiiinooooooouuuuy"

_TABLE = str.maketrans(ACCENTED, PLAIN)


def unaccented(text: str) -> str:
    """ "Théière" gives "Theiere"."""
    return text.translate(_TABLE)


def unaccented_sql(expression: str) -> str:
    """The same for an SQL expression of this package's own constants."""
    return f"translate({expression}, '{ACCENTED}', '{PLAIN}')"
