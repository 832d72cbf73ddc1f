"""Bank statements in ISO 20022 camt.053, of any version; names are read without their namespace.

Source: ISO 20022 message definition BankToCustomerStatement (camt.053.001.02 and later).
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice

from lxml import etree
from moneyed import CurrencyDoesNotExist

from comptoir.common.money import decimals
from comptoir.sales.adapters.statement import (
    MOST_ENTRIES,
    MOST_LINES,
    Credit,
    NotAStatement,
    Statement,
)


def read_camt(body: bytes) -> Statement:
    """The credits that are booked, reversals left out; a batch of several is one credit each.

    Raises:
        NotAStatement: not XML, with a document type (entities), not camt.053, or of two accounts.
    """
    document = _parsed(body)
    found = list(document.iter("{*}Stmt"))
    if etree.QName(document).localname != "Document" or not found:
        raise NotAStatement("no statement in it")
    ibans = {_text(statement, "Acct/Id/IBAN").replace(" ", "") for statement in found}
    if len(ibans) != 1:
        raise NotAStatement("several accounts")
    if sum(1 for _entry in document.iter("{*}Ntry")) > MOST_ENTRIES:
        raise NotAStatement("too many entries")
    every = (credit for statement in found for credit in _credits(statement) if credit.amount_minor)
    read = list(islice(every, MOST_LINES + 1))
    if len(read) > MOST_LINES:
        raise NotAStatement("too many credits")
    return Statement(form="camt", iban=ibans.pop().upper(), credits=tuple(read))


def _parsed(body: bytes) -> etree._Element:
    """Without entities, document types, network or great depth."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or b"\x00" in body:
        raise NotAStatement("a document type, or UTF-16 that could hide one")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        document = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise NotAStatement("not XML") from error
    if document.getroottree().docinfo.internalDTD is not None:
        raise NotAStatement("a document type")
    return document


def _credits(statement: etree._Element) -> Iterator[Credit]:
    for entry in statement.iterfind("{*}Ntry"):
        status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
        reversal = _text(entry, "RvslInd") == "true"
        if _text(entry, "CdtDbtInd") != "CRDT" or reversal or status not in {"BOOK", ""}:
            continue
        parts = entry.findall("{*}NtryDtls/{*}TxDtls")
        if len(parts) <= 1:
            yield _credit(entry, parts[0] if parts else None, entry.find("{*}Amt"), 0)
            continue
        for position, part in enumerate(parts):
            amount = part.find("{*}Amt")
            if amount is None:
                amount = part.find("{*}AmtDtls/{*}TxAmt/{*}Amt")
            yield _credit(entry, part, amount, position)


def _credit(
    entry: etree._Element,
    part: etree._Element | None,
    amount: etree._Element | None,
    position: int,
) -> Credit:
    if amount is None:
        raise NotAStatement("a batch without the amounts of its parts")
    currency = amount.get("Ccy", "")
    lines: list[str] = []
    payer = payer_iban = own = ""
    if part is not None:
        lines = [_text(part, "Refs/EndToEndId"), *_all(part, "RmtInf/Strd/CdtrRefInf/Ref")]
        lines += _all(part, "RmtInf/Ustrd")
        payer = _text(part, "RltdPties/Dbtr/Nm") or _text(part, "RltdPties/Dbtr/Pty/Nm")
        payer_iban = _text(part, "RltdPties/DbtrAcct/Id/IBAN")
        own = _text(part, "Refs/AcctSvcrRef") or _text(part, "Refs/TxId")
    named = _text(entry, "AcctSvcrRef")
    reference = "/".join(one for one in (named, own) if one)
    lines.append(_text(entry, "AddtlNtryInf"))
    return Credit(
        booked_on=_day(entry),
        amount_minor=_minor(amount.text or "", currency),
        currency=currency,
        payer=payer[:140],
        payer_iban=payer_iban.replace(" ", "").upper()[:34],
        text=" ".join(one for one in lines if one and one != "NOTPROVIDED")[:500],
        bank_reference=f"{reference}#{position}" if reference else "",
    )


def _day(entry: etree._Element) -> date:
    text = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm") or _text(entry, "ValDt/Dt")
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise NotAStatement("an entry without a date") from error


def _minor(text: str, currency: str) -> int:
    try:
        places = decimals(currency)
    except CurrencyDoesNotExist as error:
        raise NotAStatement("an unknown currency") from error
    if not re.fullmatch(r"\d{1,15}(\.\d{1,5})?", text.strip(), re.ASCII):
        raise NotAStatement("an amount that is none")
    minor = Decimal(text.strip()).scaleb(places)
    if minor != int(minor):
        raise NotAStatement(f"not an amount of {currency}")
    return int(minor)


def _all(node: etree._Element, path: str) -> list[str]:
    found = node.iterfind("/".join(f"{{*}}{step}" for step in path.split("/")))
    return [" ".join((one.text or "").split()) for one in found]


def _text(node: etree._Element, path: str) -> str:
    return next(iter(_all(node, path)), "")
