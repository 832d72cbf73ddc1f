"""Bank statements as banks write them, about transfers of the named cast."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

IBAN = "FR7630006000011234567890189"
BOOKED = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Movement:
    """Amount in euros as written in the file; negative is money that went."""

    amount: str
    text: str
    payer: str = "Inès Le Goff"
    booked: date = BOOKED
    reference: str = ""
    currency: str = "EUR"
    structured: bool = False
    status: str = "BOOK"


def camt(movements: Iterable[Movement], *, iban: str = IBAN, version: str = "02") -> bytes:
    """A camt.053 document of that version with these entries."""
    entries = "".join(_entry(one, version) for one in movements)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        f"<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>"
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(one: Movement, version: str) -> str:
    went = one.amount.startswith("-")
    status = one.status if version == "02" else f"<Cd>{one.status}</Cd>"
    payer = f"<Nm>{one.payer}</Nm>" if version == "02" else f"<Pty><Nm>{one.payer}</Nm></Pty>"
    text = (
        f"<Strd><CdtrRefInf><Ref>{one.text}</Ref></CdtrRefInf></Strd>"
        if one.structured
        else f"<Ustrd>{one.text}</Ustrd>"
    )
    own = f"<AcctSvcrRef>{one.reference}</AcctSvcrRef>" if one.reference else ""
    return (
        f'<Ntry><Amt Ccy="{one.currency}">{one.amount.lstrip("-")}</Amt>'
        f"<CdtDbtInd>{'DBIT' if went else 'CRDT'}</CdtDbtInd><Sts>{status}</Sts>"
        f"<BookgDt><Dt>{one.booked.isoformat()}</Dt></BookgDt>{own}<NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr>{payer}</Dbtr>"
        f"<DbtrAcct><Id><IBAN>FR1420041010050500013M02606</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf>{text}</RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def french_csv(movements: Iterable[Movement]) -> bytes:
    """As a French bank exports it: a preamble, semicolons, commas, Windows-1252."""
    lines = [
        "Compte courant;FR76 3000 6000 0112 3456 7890 189",
        "",
        "Date opération;Libellé;Contrepartie;Montant (EUR);Devise",
    ]
    for one in movements:
        amount = one.amount.replace(".", ",")
        lines.append(f"{one.booked:%d/%m/%Y};{one.text};{one.payer};{amount};{one.currency}")
    return "\r\n".join([*lines, ""]).encode("cp1252")
