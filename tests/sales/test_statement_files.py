"""Files of banks, and files of people who wish us ill."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iso11649

from comptoir.sales.adapters.bank_csv import read_bank_csv
from comptoir.sales.adapters.camt import read_camt
from comptoir.sales.adapters.statement import Credit, NotAStatement, fingerprints
from comptoir.sales.adapters.transfer import creditor_reference
from comptoir.sales.epc_qr import epc_qr
from comptoir.sales.services.statements import references_in
from tests.sales.statements import BOOKED, IBAN, Movement, camt, french_csv

BATCH = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
<Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><DtTm>2026-11-20T09:00:00+01:00</DtTm></BookgDt><AcctSvcrRef>LOT</AcctSvcrRef><NtryDtls>
<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls></TxDtls>
<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls></TxDtls>
</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"""


def test_camt_says_who_paid_how_much_and_with_which_words() -> None:
    read = read_camt(camt([Movement("12.30", "RF18539007547034", reference="B7")]))
    assert (read.form, read.iban) == ("camt", IBAN)
    assert read.credits == (
        Credit(
            booked_on=BOOKED,
            amount_minor=1230,
            currency="EUR",
            payer="Inès Le Goff",
            payer_iban="FR1420041010050500013M02606",
            text="RF18539007547034",
            bank_reference="B7#0",
        ),
    )


def test_a_batch_is_its_parts() -> None:
    read = read_camt(BATCH.encode())
    assert [credit.amount_minor for credit in read.credits] == [1000, 2000]
    assert len(set(fingerprints(read.credits))) == 2


def test_what_is_not_booked_yet_does_not_count() -> None:
    assert read_camt(camt([Movement("1.00", "x", status="PDNG")])).credits == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<a/>",
        b"<Document><Stmt>",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document><Stmt>&x;</Stmt></Document>',
        '<?xml version="1.0" encoding="UTF-16"?><Document><Stmt/></Document>'.encode("utf-16"),
        camt([Movement("12.345", "x")]),
        camt([Movement("1e3", "x", currency="XXZ")]),
        camt([Movement("NaN", "x")]),
        camt([Movement("1.00", "x")]).replace(b"2026-11-20", b"someday"),
        b"<Document><Stmt>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Stmt></Document>",
    ],
)
def test_what_is_not_a_statement_is_refused(body: bytes) -> None:
    with pytest.raises(NotAStatement):
        read_camt(body)


def test_french_csv_with_its_preamble() -> None:
    read = read_bank_csv(french_csv([Movement("1234.56", "Virement", payer="Société Élan")]))
    assert read.credits == (
        Credit(
            booked_on=BOOKED,
            amount_minor=123456,
            currency="EUR",
            payer="Société Élan",
            text="Virement",
        ),
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("Date;Libellé;Débit;Crédit\n20/11/2026;Vir;;1 234,56\n21/11/2026;Achat;12,00;\n", 123456),
        ("Booking date,Description,Amount\n2026-11-20,Hello,\"1,234.56\"\n", 123456),
        ("Buchungstag\tVerwendungszweck\tBetrag\n20.11.26\tDanke\t1.234,5\n", 123450),
        ("Date;Montant\n20/11/2026;+5\n;\nSolde;;\n", 500),
        ("Date;Montant;Devise\n20/11/2026;5,00;\u20ac\n", 500),
    ],
)  # fmt: skip
def test_columns_are_found_by_their_names(text: str, minor: int) -> None:
    (credit,) = read_bank_csv(text.encode()).credits
    assert (credit.booked_on, credit.amount_minor) == (date(2026, 11, 20), minor)
    assert credit.currency == "EUR"


@pytest.mark.parametrize(
    ("heading", "came", "went"),
    [
        ("Sens", "C", "D"),
        ("Sens", "Crédit", "Débit"),
        ("Sens de l'opération", "CR", "DR"),
        ("Débit/Crédit", "crédit", "débit"),
        ("Crédit / Débit", "+", "-"),
        ("D/C", "c", "d"),
        ("Credit Debit Indicator", "CRDT", "DBIT"),
        ("Soll/Haben", "H", "S"),
        ("Type", "CREDIT", "DEBIT"),
        ("Direction", "in", "out"),
        ("Signe", "+", "\u2212"),
    ],
)
def test_a_column_of_the_direction_tells_what_came_from_what_went(
    heading: str, came: str, went: str
) -> None:
    body = (
        f"Date;Montant;{heading}\n20/11/2026;18,80;{came}\n20/11/2026;40,00;{went}\n"
        f"20/11/2026;-7,00;{went}\n20/11/2026;-3,00;{came}\n"
    )
    assert [credit.amount_minor for credit in read_bank_csv(body.encode()).credits] == [1880]


def test_a_type_that_is_no_direction_is_none() -> None:
    body = "Date;Montant;Type\n20/11/2026;18,80;VIR SEPA\n20/11/2026;-4,00;D\n"
    assert [credit.amount_minor for credit in read_bank_csv(body.encode()).credits] == [1880]


@pytest.mark.parametrize(
    "body",
    [
        b"Date;Montant;Sens\n20/11/2026;12,50;?\n",
        b"Date;Montant;Sens\n20/11/2026;12,50;\n",
        b"Date;Montant;Sens\n20/11/2026;12,50\n",
        b"",
        b"\x00\x01",
        b"a;b\n1;2\n",
        b"Date;Montant\n20/11/2026;douze\n",
        b"Date;Montant\n32/11/2026;12,00\n",
        b"Date;Montant;Devise\n20/11/2026;12,50;JPY\n",
        b"Date;Montant;Devise\n20/11/2026;12,50;ZZZ\n",
        b"Date;Montant;Devise\n20/11/2026;12,50;EUROS\n",
    ],
)
def test_a_csv_that_cannot_be_read_wholly_is_refused(body: bytes) -> None:
    with pytest.raises(NotAStatement):
        read_bank_csv(body)


@given(st.decimals(min_value="0.01", max_value="99999999", places=2))
def test_amounts_survive_french_and_english_writing(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    french = english.translate(str.maketrans(",.", "\u202f,"))
    for written in (english, french):
        body = f'Date;Montant\n20/11/2026;"{written}"\n'.encode()
        (credit,) = read_bank_csv(body).credits
        assert credit.amount_minor == int(amount * 100)


@given(st.uuids())
def test_references_are_creditor_references_and_are_found_again(key: object) -> None:
    reference = creditor_reference(uuid4())
    assert iso11649.is_valid(reference)
    assert len(reference) == 16
    assert references_in(f"vir/{reference[:6].lower()} {reference[6:]}/merci") == [reference]


def test_the_code_is_a_picture_of_the_transfer() -> None:
    picture = epc_qr(
        holder="La Maison Zinc", iban=IBAN, bic="", amount_minor=1880, reference="RF18539007547034"
    )
    assert picture.startswith(b"<?xml")
    with pytest.raises(ValueError, match="amount"):
        epc_qr(holder="x", iban=IBAN, bic="", amount_minor=0, reference="RF18539007547034")
