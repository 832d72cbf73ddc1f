"""What a shop is told when its catalogue could not be read by itself. Only jobs call this."""

from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.catalog.models import FeedSource, ImportRun
from comptoir.common.letter import Action, Letter, Words, deliver
from comptoir.shops.mailbox import shop_mailbox
from comptoir.shops.models import Shop


def tell_shop(*, shop_id: int, about: str, run_id: int | None = None) -> None:
    """``about``: ``failed`` (the address), ``paused`` (too often), ``unread`` or ``asking`` (the
    import ``run_id``).

    Raises:
        OSError, SMTPException: the mail server does not take it; sending again is safe.
    """
    shop = Shop.objects.select_related("profile").get(pk=shop_id)
    to, language = shop_mailbox(shop)
    if not to:
        return
    with override(language):
        letter = _letter(shop, language, about, run_id)
    deliver(letter, to=to, number=f"feed.{shop_id}.{about}.{run_id or uuid4().hex}")


def _letter(shop: Shop, language: str, about: str, run_id: int | None) -> Letter:
    name, page = shop.profile.name, f"/counter/{shop.profile.handle}/imports"
    return Letter(
        language=language,
        subject=_("The catalogue of %(shop)s was not updated") % {"shop": name},
        sender=_("Comptoir"),
        greeting=_("Hello,"),
        parts=(
            *(Words(text) for text in _said(shop, about, run_id)),
            Action(
                text=_("See what happened"),
                link=f"{settings.PUBLIC_URL}{page}{f'/{run_id}' if run_id else '/source'}",
            ),
        ),
    )


def _said(shop: Shop, about: str, run_id: int | None) -> tuple[str, ...]:
    if about == "asking":
        return (
            _("The file at your catalogue's address would withdraw more than half of your products."
              " Nothing was changed: say yes or no first."),
        )  # fmt: skip
    if about == "unread":
        run = ImportRun.objects.filter(pk=run_id or 0, shop=shop).first()
        return (
            _("The file at your catalogue's address could not be read. Your shop stays as it is."),
            run.failure if run is not None else "",
        )
    source = FeedSource.objects.filter(shop=shop).first()
    first = (
        _("Your catalogue's address failed ten times in a row: it is not read any more until you"
          " switch it on again.")
        if about == "paused"
        else _("Your catalogue's address could not be read. It will be tried again by itself.")
    )  # fmt: skip
    return (first, f"{source.url}\n{source.failure}" if source is not None else "")
