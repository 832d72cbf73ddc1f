"""Search's work that nobody waits for."""

from procrastinate.contrib.django import app

from comptoir.discovery.search.upkeep import count_loved, count_words, learn_words, relist_due


@app.periodic(cron="* * * * *")
@app.task(name="discovery.relist_due", queue="default", queueing_lock="discovery.relist_due")
def relist_due_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each minute: prices of sales that began or ended."""
    relist_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="discovery.learn_words", queue="default", queueing_lock="discovery.learn_words")
def learn_words_job(timestamp: int) -> None:  # noqa: ARG001
    """Every five minutes: words of what came on the shelves."""
    learn_words()


@app.periodic(cron="47 * * * *")
@app.task(name="discovery.count_loved", queue="default", queueing_lock="discovery.count_loved")
def count_loved_job(timestamp: int) -> None:  # noqa: ARG001
    """Each hour: what is loved by many different people."""
    count_loved()


@app.periodic(cron="17 3 * * *")
@app.task(name="discovery.count_words", queue="default", queueing_lock="discovery.count_words")
def count_words_job(timestamp: int) -> None:  # noqa: ARG001
    """Each night: all words of the shelves, and how many products have them."""
    count_words()
