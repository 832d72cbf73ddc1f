"""The outbox's loop: takes what is due, again and again, until it is told to stop."""

import logging
import threading
import time

from django.db import Error, close_old_connections, connection

from comptoir.common.outbox import Dispatcher

logger = logging.getLogger(__name__)

# An event found makes more likely: poll quickly for a while after the last one, then slowly.
# (A NOTIFY in the writing transaction would wake us sooner, but makes commits wait in line:
# docs/adr/0006-the-outbox-is-polled.md.)
BATCH = 100
BUSY_SECONDS = 0.05
IDLE_SECONDS = 0.5
STAYS_BUSY = 2.0


def deliver_until(stop: threading.Event, dispatcher: Dispatcher) -> None:
    """Delivers events until ``stop`` is set; survives a database that refuses, or goes away."""
    last_found = 0.0
    while not stop.is_set():
        try:
            taken = dispatcher.deliver_batch(BATCH)
            if taken:
                last_found = time.monotonic()
            if taken < BATCH:  # what comes meanwhile is taken together
                busy = time.monotonic() - last_found < STAYS_BUSY
                stop.wait(BUSY_SECONDS if busy else IDLE_SECONDS)
        except Error as error:
            logger.warning("outbox: %s (%s); trying again", type(error).__name__, error)
            connection.close()
            stop.wait(1)
        finally:
            close_old_connections()
    connection.close()
