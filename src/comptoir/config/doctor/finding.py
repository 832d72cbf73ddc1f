from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ``mark``: ``ok``, ``warn`` (works, but look), ``bad``, ``skip``."""

    mark: str
    what: str
    remedy: str = ""


def ok(what: str) -> Finding:
    return Finding("ok", what)


def warn(what: str, remedy: str) -> Finding:
    return Finding("warn", what, remedy)


def bad(what: str, remedy: str) -> Finding:
    return Finding("bad", what, remedy)


def skip(what: str) -> Finding:
    return Finding("skip", what)
