"""What tests of crashes have in common: stories lived in a process that dies, and what is done
about it."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.db import connection

from comptoir.common import clock
from comptoir.sales.jobs import expire_holds, give_back_job, reconcile_payments, reconcile_soon
from comptoir.sales.models import Order
from tests.sales.buying import jobs_waiting, work

ROOT = Path(__file__).parents[2]


def database_url() -> str:
    """The test database, as ``DATABASE_URL`` names it."""
    is_at = connection.settings_dict
    where = urlencode({k: is_at[k.upper()] for k in ("host", "port") if is_at[k.upper()]})
    who = ":".join(quote(is_at[k]) for k in ("USER", "PASSWORD") if is_at[k])
    return f"postgresql://{who}{'@' if who else ''}/{is_at['NAME']}?{where}"


def live_and_die(module: str, *arguments: object, **more: str) -> list[tuple[Any, ...]]:
    """Runs that module, with ``more`` in its environment; one tuple for each child."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        **more,
    }
    ended = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:]
    return [tuple(json.loads(line)) for line in ended.stdout.splitlines()]


def a_minute_later() -> None:
    """What the worker does within it."""
    minute = timedelta(minutes=1)
    work(letters=False)
    with clock.travelled(minute):
        reconcile_soon.func(0)  # those of these two minutes
        reconcile_payments.func(0)  # those of the children that died before
    work(letters=False, after=minute)


def recover(*later: timedelta) -> None:
    """What the worker does within the time after."""
    for moment in later:
        with clock.travelled(moment):
            expire_holds.func(0)
            reconcile_payments.func(0)
            give_back_job.func(0)
        work(letters=False, after=moment)


def confirmed() -> Counter[str]:
    """How many confirmations wait to be sent, by address."""
    mail_of = dict(Order.objects.values_list("pk", "email"))
    return Counter(
        mail_of[job["order_id"]]
        for job in jobs_waiting("sales.send_letter")
        if job["kind"] in {"order_paid", "order_paid_late"}
    )
