"""The frame of every page at the counter: whose it is, and what the person may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from comptoir.shops.access import Right, desk_for, rights_at
from comptoir.shops.models import Shop
from comptoir.web.request import actor_of


@dataclass(frozen=True, slots=True)
class Desk:
    """A shop, for someone who works there with ``rights``."""

    shop: Shop
    rights: frozenset[Right]

    @property
    def handle(self) -> str:
        return self.shop.profile.handle

    @property
    def name(self) -> str:
        return self.shop.profile.name

    @property
    def currency(self) -> str:
        return self.shop.currency

    def may(self, right: str) -> bool:
        """Whether the person has that right here; for templates."""
        return Right(right) in self.rights


def desk_of(request: HttpRequest, handle: str, right: Right) -> Desk:
    """The shop's desk, if the person has the right there.

    Raises:
        NotVisible: see ``shops.access.desk_for``.
    """
    shop = desk_for(actor_of(request), handle, right)
    return Desk(shop, rights_at(actor_of(request), shop.pk))


def at_desk(
    request: HttpRequest,
    desk: Desk,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """Renders a page of the counter, which no browser keeps."""
    context = {"desk": desk, **context}
    response = render(request, f"backoffice/{template}", context, status=status)
    add_never_cache_headers(response)
    return response
