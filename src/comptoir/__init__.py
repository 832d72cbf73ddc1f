"""Comptoir: a place where people talk and a counter where they buy, in one."""

__version__ = "0.1.0"
