"""A shop behind a profile: who trades, who works there, how it delivers.

Its products are in ``catalog``, its orders in ``sales``."""
