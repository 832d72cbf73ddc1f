"""Two hundred buyers in processes of their own, fifty pieces, ten uses of a code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from comptoir.sales.models import Offer, Order
from tests import cast
from tests.sales.crashes import database_url
from tests.sales.machine.books import faults
from tests.sales.offering import offer

ROOT = Path(__file__).parents[2]
PROCESSES, BUYERS = 4, 50
STOCK = (20, 20, 10)


@pytest.mark.django_db(transaction=True)
def test_exactly_what_there_is_is_sold() -> None:
    """Survival 1, 3, 4 and 15: nobody meets a deadlock, nothing is sold or used twice."""
    at = cast.maison_zinc()
    made = [cast.product(at, f"Objet {n}", stock=stock) for n, stock in enumerate(STOCK)]
    variants = [str(cast.variant_of(product).pk) for product in made]
    code = offer(at, code="DIX", limit_total=10)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "tests.sales.crowd"]
    crowd = [
        subprocess.Popen(
            [*command, str(part), str(BUYERS), *variants], env=environment, cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for part in range(PROCESSES)
    ]  # fmt: skip
    ended = [process.communicate(timeout=300) for process in crowd]
    assert [process.returncode for process in crowd] == [0] * PROCESSES, ended
    went = [json.loads(said) for said, _errors in ended]
    assert sum(pieces for pieces, _coded in went) == sum(STOCK)
    assert sum(coded for _pieces, coded in went) == 10
    assert Offer.objects.get(pk=code.pk).uses == 10
    assert Order.objects.filter(discount_minor__gt=0).count() == 10
    assert set(Order.objects.values_list("status", flat=True)) == {"paid"}
    assert _left() == [(0, 0)] * len(STOCK)
    assert faults() == []


def _left() -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT available, held FROM catalog_stockitem")
        return list(cursor.fetchall())
