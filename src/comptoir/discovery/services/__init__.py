"""The writes of ``discovery``."""

from comptoir.discovery.services.taste import (
    drop_person,
    forget_signal,
    less_of,
    more_again,
    remember_signal,
    set_personalised,
    take_back_person,
)

__all__ = [
    "drop_person",
    "forget_signal",
    "less_of",
    "more_again",
    "remember_signal",
    "set_personalised",
    "take_back_person",
]
