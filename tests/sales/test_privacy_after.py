"""What a person wrote about their orders is in their export."""

from uuid import uuid4

import pytest

from comptoir.sales.privacy import export_of
from comptoir.sales.services.basket import Holder
from comptoir.sales.services.put_in import add_to_basket
from comptoir.sales.services.returns import ask_return
from comptoir.sales.services.shared_basket import share_basket
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import line_of, sent

pytestmark = pytest.mark.django_db


def test_returns_and_withdrawals_are_exported() -> None:
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse"))
    order = sent((cup, 2), actor=cast.ines().actor)
    line = line_of(order, cup).pk
    made = declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    ask_return(order=order, pieces={line: 1}, reason="damaged", words="Fêlée")
    (told,) = export_of(cast.ines().profile.pk)["orders"]
    assert told["withdrawals"] == [made.statement]
    assert [one["words"] for one in told["returns"]] == ["", "Fêlée"]
    assert export_of(cast.malo().profile.pk)["orders"] == []


def test_for_whom_one_bought_and_what_one_shared_are_exported() -> None:
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse"))
    order = sent((cup, 2), actor=cast.ines().actor)
    order.company, order.vat_number = "Lices SARL", "FR66000000018"
    order.save(update_fields=["company", "vat_number"])
    add_to_basket(holder=Holder(profile_id=cast.ines().profile.pk), variant_id=cup.pk)
    shared = share_basket(holder=Holder(profile_id=cast.ines().profile.pk))
    told = export_of(cast.ines().profile.pk)
    assert (told["orders"][0]["company"], told["orders"][0]["vat_number"]) == (
        "Lices SARL",
        "FR66000000018",
    )
    assert [(one["link"], one["title"]) for one in told["baskets_shared"]] == [
        (shared.key, "Tasse")
    ]
    assert export_of(cast.malo().profile.pk)["baskets_shared"] == []
