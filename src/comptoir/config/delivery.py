"""The outbox's loop: takes what is due, again and again, until it is told to stop."""

import logging
import threading
import time

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from comptoir.common.outbox import Dispatcher

logger = logging.getLogger(__name__)

# An event found makes more likely: poll quickly for a while after the last one, then slowly.
# (A NOTIFY in the writing transaction would wake us sooner, but makes commits wait in line:
# docs/adr/0006-the-outbox-is-polled.md.)
BUSY_SECONDS = 0.05
IDLE_SECONDS = 0.5
STAYS_BUSY = 2.0


def deliver_until(stop: threading.Event, dispatcher: Dispatcher) -> None:
    """Delivers events until ``stop`` is set; survives a database that goes away and comes back."""
    last_found = 0.0
    while not stop.is_set():
        try:
            if dispatcher.deliver_all():
                last_found = time.monotonic()
            busy = time.monotonic() - last_found < STAYS_BUSY
            stop.wait(BUSY_SECONDS if busy else IDLE_SECONDS)
        except (OperationalError, InterfaceError) as error:
            logger.warning("outbox: the database does not answer (%s); trying again", error)
            connection.close()
            stop.wait(1)
        finally:
            close_old_connections()
    connection.close()
