"""What a person wrote about their orders is in their export."""

from uuid import uuid4

import pytest

from comptoir.sales.privacy import export_of
from comptoir.sales.services.returns import ask_return
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
