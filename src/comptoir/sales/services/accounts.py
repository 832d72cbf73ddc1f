"""Where shops are paid: accounts are added, put in order, paused.

Test accounts and accounts that move money are never active together: a buyer must not be able to
pay a shop that sells in earnest with a test card.
"""

from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from stdnum import bic as bic_number
from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError

from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.models import PaymentAccount
from comptoir.shops.models import Shop

# European Payments Council, "EPC List of SEPA Scheme Countries".
SEPA = """
AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO
PL PT RO RS SE SI SK SM VA
"""

OPEN_SANDBOX = """
INSERT INTO sales_paymentaccount
  (shop_id, provider, reference, details, is_test, is_active, position, created_at)
VALUES (%s, 'sandbox', '', '{}', true, true, 0, %s)
ON CONFLICT DO NOTHING
"""


def open_sandbox(*, shop_id: int) -> None:
    """Gives a new shop the test bank, so that it can be tried at once; once, however often told."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SANDBOX, [shop_id, clock.now()])


def add_transfer_account(*, shop: Shop, iban: str, holder: str, bic: str = "") -> PaymentAccount:
    """The shop is paid by transfers to that bank account from now on.

    Raises:
        Refused: ``bad_iban``, ``not_sepa``, ``bad_bic``, ``holder_missing``, ``other_currency``.
    """
    name = clean_line(holder, max_length=70)
    try:
        checked = iban_number.validate(iban)
    except ValidationError as error:
        raise Refused("bad_iban", _("This is not an IBAN: a character is wrong.")) from error
    if checked[:2] not in SEPA.split():
        raise Refused("not_sepa", _("This bank account is outside SEPA."))
    if not name:
        raise Refused("holder_missing", _("Write the account holder's name."))
    details = {"holder": name, "bic": _checked_bic(bic)}
    return add_account(shop=shop, provider="transfer", reference=checked, details=details)


def _checked_bic(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return str(bic_number.validate(typed))
    except ValidationError as error:
        raise Refused("bad_bic", _("This is not a BIC: 8 or 11 letters and digits.")) from error


def add_cash_account(*, shop: Shop) -> PaymentAccount:
    """Buyers who fetch their order may pay at the counter from now on."""
    return add_account(shop=shop, provider="cash", reference="", details={})


@transaction.atomic
def add_account(
    *,
    shop: Shop,
    provider: str,
    reference: str,
    details: dict[str, Any],
    active: bool = True,
    is_test: bool = False,
) -> PaymentAccount:
    """Adds the account after the others, or finds it again with new details.

    ``is_test``: no money moves there, although the provider can move some.

    Raises:
        Refused: ``other_currency``, the provider does not take the shop's; ``test_beside_live``,
            see ``activate_account``.
    """
    kind = provider_named(provider)
    if not any(kind.takes(currency=shop.currency, delivery_kind=k) for k in ("post", "pickup")):
        message = _("This way to be paid does not know the currency of the shop.")
        raise Refused("other_currency", message)
    last = max((one.position for one in _locked(shop.pk)), default=-1)
    account, _new = PaymentAccount.objects.update_or_create(
        shop=shop,
        provider=provider,
        reference=reference,
        defaults={"details": details},
        create_defaults={
            "details": details,
            "is_test": is_test or kind.is_test,
            "is_active": False,
            "position": last + 1,
        },
    )
    if active:
        _activate(account)
    return account


@transaction.atomic
def activate_account(*, shop_id: int, account_id: int) -> None:
    """Buyers may choose it; another one at the same provider is paused.

    Raises:
        NotVisible: not an account of that shop.
        Refused: ``test_beside_live``, it is a test account, and the shop sells in earnest.
    """
    _activate(_account(shop_id, account_id))


def _activate(account: PaymentAccount) -> None:
    """The caller holds the locks of the shop's accounts."""
    others = PaymentAccount.objects.filter(shop=account.shop_id, is_active=True)
    others = others.exclude(pk=account.pk)
    if account.is_test and others.filter(is_test=False).exists():
        message = _("Pause the accounts that move money first: buyers would pay with test cards.")
        raise Refused("test_beside_live", message)
    if not account.is_test:
        others.filter(is_test=True).update(is_active=False)
    others.filter(provider=account.provider).update(is_active=False)
    account.is_active = True
    account.save(update_fields=["is_active"])


@transaction.atomic
def pause_account(*, shop_id: int, account_id: int) -> None:
    """No new payment goes there; those under way end as they would have.

    Raises:
        NotVisible: not an account of that shop.
    """
    account = _account(shop_id, account_id)
    account.is_active = False
    account.save(update_fields=["is_active"])


@transaction.atomic
def put_account_first(*, shop_id: int, account_id: int) -> None:
    """It is what buyers find chosen already.

    Raises:
        NotVisible: not an account of that shop.
    """
    first = _account(shop_id, account_id)
    rest = [account for account in _locked(shop_id) if account.pk != first.pk]
    for position, account in enumerate([first, *rest]):
        account.position = position
    PaymentAccount.objects.bulk_update([first, *rest], ["position"])


def _account(shop_id: int, account_id: int) -> PaymentAccount:
    account = next((one for one in _locked(shop_id) if one.pk == account_id), None)
    if account is None:
        raise NotVisible
    return account


def _locked(shop_id: int) -> QuerySet[PaymentAccount]:
    """All of the shop's, in its order, locked: what is active is decided over all of them."""
    rows = PaymentAccount.objects.select_for_update(no_key=True)
    return rows.filter(shop=shop_id).order_by("position", "id")
