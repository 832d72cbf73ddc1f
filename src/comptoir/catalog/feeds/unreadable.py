"""A file that cannot be read at all, or not to its end."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("The file is empty."),
    "spreadsheet": _("This is a spreadsheet program's own file. Save it as CSV, then import that."),
    "archive": _("This is an archive. Extract the catalogue file from it, then import that."),
    "web_page": _("This is a web page, not a catalogue file."),
    "json": _("This is a JSON file. Export the catalogue as XML, CSV or TSV."),
    "binary": _("This file holds no text that we can read."),
    "doctype": _(
        "This XML file declares a document type. For safety such files are refused: "
        "remove the <!DOCTYPE …> part."
    ),
    "no_items": _("This XML file has no <item> or <entry>: it is not a product feed."),
    "no_header": _(
        "We found no line of column names. The first line must name the columns, "
        "for example: id, title, price, availability."
    ),
    "no_columns": _("The first line lacks these columns: %(columns)s."),
    "too_many_columns": _("The file has more than %(limit)s columns."),
    "too_many_rows": _("The file has more than %(limit)s rows."),
    "too_large": _("The file is too large once decompressed."),
    "bad_gzip": _("The compressed file is damaged: it cannot be read to its end."),
    "cut_off": _("The file stops in the middle, after row %(row)s."),
}


class FeedUnreadable(Exception):
    """The file is no feed, or breaks off. `code` is a key of `REASONS`; `row` the last row read."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return unreadable_text(code=self.code, params=self.params)


def unreadable_text(*, code: str, params: dict[str, str | int]) -> str:
    """The reason, in the language active now."""
    return str(REASONS[code]) % params
