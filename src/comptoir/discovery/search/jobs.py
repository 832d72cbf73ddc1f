"""Search's work that nobody waits for."""

from comptoir.common.regularly import regularly
from comptoir.discovery.search.upkeep import count_loved, count_words, learn_words, relist_due


@regularly("* * * * *", "discovery.relist_due")
def relist_due_job() -> None:
    """Each minute: prices of sales and of announced percentages, as they begin, change and end."""
    relist_due()


@regularly("*/5 * * * *", "discovery.learn_words")
def learn_words_job() -> None:
    """Every five minutes: words of what came on the shelves."""
    learn_words()


@regularly("47 * * * *", "discovery.count_loved")
def count_loved_job() -> None:
    """Each hour: what is loved by many different people."""
    count_loved()


@regularly("17 3 * * *", "discovery.count_words")
def count_words_job() -> None:
    """Each night: all words of the shelves, and how many products have them."""
    count_words()
