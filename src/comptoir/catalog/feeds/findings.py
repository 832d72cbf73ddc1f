"""The faults of one row, gathered as it is read."""

from dataclasses import replace

from comptoir.catalog.feeds.issues import RowIssue, quoted


class Findings:
    """Issues of the row `row`. `refused` once one of them is an error."""

    __slots__ = ("issues", "item_id", "refused", "row")

    def __init__(self, row: int) -> None:
        self.row = row
        self.item_id = ""
        self.issues: list[RowIssue] = []
        self.refused = False

    def error(self, field: str, code: str, found: str = "", **params: str | int) -> None:
        self.refused = True
        self.issues.append(
            RowIssue(self.row, self.item_id, field, code, quoted(found), "error", params)
        )

    def warning(self, field: str, code: str, found: str = "", **params: str | int) -> None:
        self.issues.append(
            RowIssue(self.row, self.item_id, field, code, quoted(found), "warning", params)
        )

    def named(self) -> tuple[RowIssue, ...]:
        """The issues, those found before the identifier was read given it too."""
        return tuple(
            issue if issue.item_id == self.item_id else replace(issue, item_id=self.item_id)
            for issue in self.issues
        )
