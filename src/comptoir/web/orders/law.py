"""Words that the law itself chose, in each language: they are not translated, but taken over."""

from django.utils import translation

from comptoir.sales.letters.law import WITHDRAW_HERE

# Directive (EU) 2023/2673, art. 11a of 2011/83/EU; art. L221-21 of the French consumer code.
CONFIRM_WITHDRAWAL = {"fr": "confirmer la rétractation", "en": "confirm withdrawal"}


def withdraw_here() -> str:
    """The label of the withdrawal function, in the language of this answer."""
    return _spoken(WITHDRAW_HERE)


def confirm_withdrawal() -> str:
    """The label of the button that withdraws, in the language of this answer."""
    return _spoken(CONFIRM_WITHDRAWAL)


def _spoken(words: dict[str, str]) -> str:
    return words.get((translation.get_language() or "fr")[:2], words["en"])
