"""What the site's own handler writes of a logger's records, of all levels."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from logging.config import DictConfigurator
from typing import Any

from django.conf import settings


@contextmanager
def written_by(name: str) -> Iterator[io.StringIO]:
    log: dict[str, Any] = deepcopy(settings.LOGGING)  # what is configured is taken out of it
    configured = DictConfigurator(log)
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter(log["formatters"]["line"]["format"]))
    for each in log["handlers"]["stderr"]["filters"]:
        made: Any = configured.configure_filter(log["filters"][each])
        handler.addFilter(made)
    logger = logging.getLogger(name)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
