"""What a search asks for, as its address says it: whatever is chosen survives in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from comptoir.discovery.search import Choice, Wish, chosen
from comptoir.discovery.search.facets import NOTHING_CHOSEN
from comptoir.web.whole_numbers import whole_number

KINDS = ("", "products", "looks", "posts", "shops", "people")
LAST_PAGE = 100


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """``kind``: one of ``KINDS``, '' for the best of each; ``exactly``: mistakes not mended."""

    words: str
    kind: str = ""
    circle: bool = False
    choice: Choice = NOTHING_CHOSEN
    page: int = 1
    exactly: bool = False

    @classmethod
    def of(cls, asked: QueryDict, words: str) -> "SearchAddress":
        """Read from an address; what is not understood is as if it were not there."""
        kind, page = asked.get("in", ""), asked.get("page", "")
        return cls(
            words,
            kind if kind in KINDS else "",
            asked.get("circle") == "1",
            chosen(dict(asked.lists())),
            min(whole_number(page, digits=4) or 1, LAST_PAGE),
            asked.get("exactly") == "1",
        )

    @property
    def wish(self) -> Wish:
        return Wish(self.words, self.choice, self.circle, max(self.page, 1), self.exactly)

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the address, the page aside."""
        found = [("q", self.words)]
        found += [("in", self.kind)] if self.kind else []
        found += [("circle", "1")] if self.circle else []
        found += [("exactly", "1")] if self.exactly else []
        for facet, values in self.choice.values.items():
            found += [(facet, value) for value in values]
        return found

    def hidden(self) -> list[tuple[str, str]]:
        """What a form of the facets carries along."""
        return [pair for pair in self.pairs() if pair[0] not in self.choice.values]

    def _href(self, more: Sequence[tuple[str, str]] = ()) -> str:
        return "/search?" + urlencode([*self.pairs(), *more])

    def in_kind(self, kind: str) -> str:
        """Facets are of products: another kind is not narrowed by them."""
        kept = self.choice if kind in {"", "products"} else Choice()
        return replace(self, kind=kind, choice=kept)._href()

    def in_circle(self, circle: bool) -> str:
        return replace(self, circle=circle)._href()

    def on_page(self, page: int) -> str:
        return self._href([("page", str(page))])

    def for_words(self, words: str, *, exactly: bool = False) -> str:
        return replace(self, words=words, exactly=exactly)._href()

    def without(self, facet: str, value: str) -> str:
        """The same with one value less."""
        left = {name: tuple(v for v in values if (name, v) != (facet, value))
                for name, values in self.choice.values.items()}  # fmt: skip
        kept = Choice({name: values for name, values in left.items() if values})
        return replace(self, choice=kept)._href()

    def without_all(self) -> str:
        return replace(self, choice=Choice())._href()
