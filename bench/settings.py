"""The site's settings without limits on how often one buys: a few clients buy all the time."""

from comptoir.config.settings import *  # noqa: F403

RATE_LIMITS = {}
