"""The writes of ``catalog``."""
