"""The QR code that banking apps read to fill a SEPA transfer in (EPC069-12, version 002)."""

from io import BytesIO

from segno.helpers import make_epc_qr

from comptoir.common.money import money

LONGEST_NAME = 70  # characters, by the guideline


def epc_qr(*, holder: str, iban: str, bic: str, amount_minor: int, reference: str) -> bytes:
    """The code as an SVG picture; ``amount_minor`` is euro cents, ``reference`` an RF reference.

    Raises:
        ValueError: an amount below one cent or above 999,999,999.99 euros.
    """
    code = make_epc_qr(
        name=holder[:LONGEST_NAME],
        iban=iban,
        bic=bic or None,
        amount=money(amount_minor, "EUR").amount,
        reference=reference,
        encoding="utf-8",
    )
    out = BytesIO()
    code.save(out, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=True)
    return out.getvalue()
