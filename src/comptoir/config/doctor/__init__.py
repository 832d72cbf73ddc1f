"""``comptoir doctor``: what is wrong with a place and what to do; works when things are broken."""

from comptoir.config.doctor.report import main

__all__ = ["main"]
