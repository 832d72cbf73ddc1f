"""VIES, the European Commission's door to the member states' registers of VAT numbers.

By ``GET {VIES_API}/ms/{prefix}/vat/{number}``; a member state whose register is down answers 200
with an error in ``userError``, which says nothing of the number.
"""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from comptoir.common.fetch import FetchError, fetch, site_policy

MAX_BYTES = 64 * 1024
TIMEOUT_S = 20.0
ANSWERS = {"VALID": True, "INVALID": False, "INVALID_INPUT": False}
NOT_ASKING = "INVALID_REQUESTER_INFO"
HIDDEN = "---"  # where a member state tells no name


class ViesDown(Exception):
    """The register did not say; asked later, it may."""


@dataclass(frozen=True, slots=True)
class ViesAnswer:
    """``consultation``: the proof of the question, '' without a known asker; ``name``: or ''."""

    valid: bool
    consultation: str
    name: str


def ask_vies(number: str, *, asker: str = "") -> ViesAnswer:
    """What the register says of a VAT number; both in their printed form, such as "FR40303265045".

    An ``asker`` that VIES does not accept asks without saying who.

    Raises:
        ViesDown: no answer, or none about the number.
    """
    said = _asked(number, asker)
    if asker and said.get("userError") == NOT_ASKING:
        said = _asked(number, "")
    told = ANSWERS.get(str(said.get("userError")))
    if told is None or bool(said.get("isValid")) != told:
        raise ViesDown(str(said.get("userError") or "an answer that is none"))
    name = str(said.get("name") or "").strip()
    return ViesAnswer(
        valid=told,
        consultation=str(said.get("requestIdentifier") or "")[:40],
        name="" if name == HIDDEN else name[:200],
    )


def _asked(number: str, asker: str) -> dict[str, Any]:
    address = f"{settings.VIES_API}/ms/{quote(number[:2])}/vat/{quote(number[2:])}"
    if asker:
        who = {"requesterMemberStateCode": asker[:2], "requesterNumber": asker[2:]}
        address = f"{address}?{urlencode(who)}"
    try:
        answer = fetch(
            address,
            accept=("application/json",),
            max_bytes=MAX_BYTES,
            timeout_s=TIMEOUT_S,
            policy=site_policy(),
        )
        said = json.loads(answer.body)
    except (FetchError, ValueError) as error:
        raise ViesDown(str(error)) from error
    if not isinstance(said, dict):
        raise ViesDown("an answer that is none")
    return said
