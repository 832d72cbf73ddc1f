"""The refusals that domain apps raise and pages turn into answers."""

from django.utils.functional import Promise


class NotVisible(Exception):
    """The object does not exist, or the actor may not know of it. Pages answer 404."""


class Refused(Exception):
    """A request that breaks a rule; ``message`` says which, for the person who asked.

    ``code`` is stable for programs and tests. Pages show the message beside the form, with 422,
    409 for ``Conflict``, or 429 for ``TooOften``.
    """

    def __init__(self, code: str, message: str | Promise, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.details = details


class Conflict(Refused):
    """Someone else was first: stock gone, state changed, the same request under way."""


class TooOften(Refused):
    """Done too many times in a short time; pages answer 429."""
