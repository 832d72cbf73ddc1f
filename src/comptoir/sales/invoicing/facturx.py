"""An invoice as data: Cross Industry Invoice, the XML of Factur-X, in the profile EN 16931.

Elements stand in the schema's order; terms (BT, BG) and rules (BR) are of EN 16931-1, BR-FR French.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override
from lxml import etree

from comptoir.common.money import decimals
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.invoicing.content import Content, Line, Party
from comptoir.sales.invoicing.mentions import notes_of, why_without_vat

PROFILE = "urn:cen.eu:en16931:2017"
RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
PREFIXES = {"rsm": RSM, "ram": RAM, "udt": UDT, "qdt": QDT}

MOST_DECIMALS = 2  # BR-DEC-*: no amount has more
PRICE_DECIMALS = 6
PIECE = "H87"  # UN/ECE Recommendation 20
SIREN = "0002"  # ISO/IEC 6523
OTHER_MEANS = "ZZZ"  # UNTDID 4461, mutually defined
TRANSFER = "58"  # to the account that it names (BR-50)
DISCOUNT = "95"  # UNTDID 5189
AT_ONCE = ("digital", "counter")
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, Char
DELIVERY = "FC"  # UNTDID 7161, freight

Element = etree._Element


def can_be_written(currency: str) -> bool:
    """Whether EN 16931 has room for the currency: it writes two decimals at most."""
    return decimals(currency) <= MOST_DECIMALS


def facturx_xml(content: Content) -> bytes:
    """The document in UTF-8.

    Raises:
        ValueError: the currency has three decimals.
    """
    if not can_be_written(content.currency):
        raise ValueError(f"EN 16931 has no room for amounts of {content.currency}")
    root = etree.Element(f"{{{RSM}}}CrossIndustryInvoice", nsmap=PREFIXES)
    with override(content.language):
        _context(root, content)
        _document(root, content)
        deal = _add(root, "rsm:SupplyChainTradeTransaction")
        for place, line in enumerate(content.lines, 1):
            _line(deal, content, place, line)
        _agreement(deal, content)
        _delivery(deal, content)
        _settlement(deal, content)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _context(root: Element, content: Content) -> None:
    context = _add(root, "rsm:ExchangedDocumentContext")
    if content.seller.country == "FR":
        process = _add(context, "ram:BusinessProcessSpecifiedDocumentContextParameter")
        _add(process, "ram:ID", _process(content))
    guideline = _add(context, "ram:GuidelineSpecifiedDocumentContextParameter")
    _add(guideline, "ram:ID", PROFILE)


def _process(content: Content) -> str:
    """BT-23, as French invoices use it: goods, services or both, and 2 for already paid; 1 where
    a rounding stands between the total and what was paid (BR-FR-CO-09)."""
    kinds = {line.service for line in content.lines}
    letter = "M" if len(kinds) == 2 else "S" if True in kinds else "B"
    return letter + ("1" if content.rounding_minor else "2")


def _document(root: Element, content: Content) -> None:
    document = _add(root, "rsm:ExchangedDocument")
    _add(document, "ram:ID", content.number)
    _add(document, "ram:TypeCode", "381" if content.is_credit else "380")
    _date(_add(document, "ram:IssueDateTime"), "udt:DateTimeString", content.issue_date)
    for note in notes_of(content):
        said = _add(document, "ram:IncludedNote")
        _add(said, "ram:Content", note.words)
        _add(said, "ram:SubjectCode", note.subject)


def _line(deal: Element, content: Content, place: int, line: Line) -> None:
    item = _add(deal, "ram:IncludedSupplyChainTradeLineItem")
    _add(_add(item, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(place))
    product = _add(item, "ram:SpecifiedTradeProduct")
    _add(product, "ram:Name", line.title)
    if line.options:
        _add(product, "ram:Description", line.options)
    agreed = _add(item, "ram:SpecifiedLineTradeAgreement")
    price = _add(agreed, "ram:NetPriceProductTradePrice")
    _add(price, "ram:ChargeAmount", unit_price(line, content.currency))
    billed = _add(_add(item, "ram:SpecifiedLineTradeDelivery"), "ram:BilledQuantity")
    billed.text = str(line.quantity)
    billed.set("unitCode", PIECE)
    settled = _add(item, "ram:SpecifiedLineTradeSettlement")
    tax = _add(settled, "ram:ApplicableTradeTax")
    _tax_kind(tax, line.category, line.rate_bp)
    if line.discount_minor:
        off = _add(settled, "ram:SpecifiedTradeAllowanceCharge")
        _add(_add(off, "ram:ChargeIndicator"), "udt:Indicator", "false")
        _add(off, "ram:ActualAmount", _amount(line.discount_minor, content.currency))
        _add(off, "ram:ReasonCode", DISCOUNT)
        _add(off, "ram:Reason", _("Discount"))
    total = _add(settled, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    _add(total, "ram:LineTotalAmount", _amount(line.net_minor, content.currency))


def unit_price(line: Line, currency: str) -> str:
    """The net price of a piece before its discount (BT-146), with as many decimals as it takes for
    the line to come to its amount."""
    whole = Decimal(line.net_minor + line.discount_minor).scaleb(-decimals(currency))
    exact = (whole / line.quantity).quantize(Decimal(1).scaleb(-PRICE_DECIMALS)).normalize()
    shown = -int(exact.as_tuple().exponent)
    return f"{exact:.{max(shown, decimals(currency))}f}"


def _agreement(deal: Element, content: Content) -> None:
    agreement = _add(deal, "ram:ApplicableHeaderTradeAgreement")
    _add(agreement, "ram:BuyerReference", content.order_number)
    _party(_add(agreement, "ram:SellerTradeParty"), content.seller, seller=True)
    _party(_add(agreement, "ram:BuyerTradeParty"), content.buyer)
    order = _add(agreement, "ram:SellerOrderReferencedDocument")
    _add(order, "ram:IssuerAssignedID", content.order_number)


def _party(party: Element, who: Party, *, seller: bool = False) -> None:
    _add(party, "ram:Name", who.name)
    if who.registration:
        number = who.siren or who.registration
        legal = _add(_add(party, "ram:SpecifiedLegalOrganization"), "ram:ID", number)
        if who.siren:
            legal.set("schemeID", SIREN)
    if who.contact or (seller and who.phone):
        contact = _add(party, "ram:DefinedTradeContact")
        if who.contact:
            _add(contact, "ram:PersonName", who.contact)
        if who.phone:
            line = _add(contact, "ram:TelephoneUniversalCommunication")
            _add(line, "ram:CompleteNumber", who.phone)
    _address(party, who)
    if who.email:
        mailbox = _add(_add(party, "ram:URIUniversalCommunication"), "ram:URIID", who.email)
        mailbox.set("schemeID", "EM")
    for scheme, number in _tax_numbers(who, seller=seller):
        registered = _add(_add(party, "ram:SpecifiedTaxRegistration"), "ram:ID", number)
        registered.set("schemeID", scheme)


def _tax_numbers(who: Party, *, seller: bool) -> Iterator[tuple[str, str]]:
    """The VAT number; a seller without one says its registration instead (BT-32)."""
    if who.vat_number:
        yield "VA", who.vat_number
    elif seller and who.registration:
        yield "FC", who.siren or who.registration


def _address(party: Element, who: Party) -> None:
    address = _add(party, "ram:PostalTradeAddress")
    if who.postcode:
        _add(address, "ram:PostcodeCode", who.postcode)
    for name, text in zip(("One", "Two", "Three"), who.street, strict=False):
        _add(address, f"ram:Line{name}", text)
    if who.city:
        _add(address, "ram:CityName", who.city)
    _add(address, "ram:CountryID", who.country)


def _delivery(deal: Element, content: Content) -> None:
    """Where to; what is fetched stays at the seller's, what is handed over at once has a day."""
    delivery = _add(deal, "ram:ApplicableHeaderTradeDelivery")
    to = content.ship_to or (content.seller if content.delivery_kind == "pickup" else content.buyer)
    party = _add(delivery, "ram:ShipToTradeParty")
    _add(party, "ram:Name", to.name)
    _address(party, to)
    if content.delivery_kind in AT_ONCE and content.paid_on:
        event = _add(delivery, "ram:ActualDeliverySupplyChainEvent")
        day = date.fromisoformat(content.paid_on)
        _date(_add(event, "ram:OccurrenceDateTime"), "udt:DateTimeString", day)


def _settlement(deal: Element, content: Content) -> None:
    settlement = _add(deal, "ram:ApplicableHeaderTradeSettlement")
    _add(settlement, "ram:InvoiceCurrencyCode", content.currency)
    if content.means:
        _means(settlement, content)
    for share in content.shares:
        tax = _add(settlement, "ram:ApplicableTradeTax")
        _add(tax, "ram:CalculatedAmount", _amount(share.vat_minor, content.currency))
        _add(tax, "ram:TypeCode", "VAT")
        exemption = why_without_vat(content, share.category)
        if exemption is not None:
            _add(tax, "ram:ExemptionReason", exemption.words)
        _add(tax, "ram:BasisAmount", _amount(share.net_minor, content.currency))
        _add(tax, "ram:CategoryCode", share.category)
        if exemption is not None and exemption.code:
            _add(tax, "ram:ExemptionReasonCode", exemption.code)
        _add(tax, "ram:RateApplicablePercent", _percent(share.rate_bp))
    _period(settlement, content)
    _charges(settlement, content)
    if content.paid_on:
        terms = _add(settlement, "ram:SpecifiedTradePaymentTerms")
        due = _add(terms, "ram:DueDateDateTime")
        _date(due, "udt:DateTimeString", date.fromisoformat(content.paid_on))
    _sums(settlement, content)
    if content.is_credit:
        number, issued_on = content.preceding
        before = _add(settlement, "ram:InvoiceReferencedDocument")
        _add(before, "ram:IssuerAssignedID", number)
        at = _add(before, "ram:FormattedIssueDateTime")
        _date(at, "qdt:DateTimeString", date.fromisoformat(issued_on))


def _means(settlement: Element, content: Content) -> None:
    means = _add(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
    known = PROVIDERS[content.means].means if content.means in PROVIDERS else OTHER_MEANS
    _add(means, "ram:TypeCode", TRANSFER if content.iban else known)
    if content.iban:
        account = _add(means, "ram:PayeePartyCreditorFinancialAccount")
        _add(account, "ram:IBANID", content.iban)


def _period(settlement: Element, content: Content) -> None:
    """An intra-community supply says when it was (BR-IC-11): paid, it belongs to that day."""
    if any(line.category == "K" for line in content.lines):
        period = _add(settlement, "ram:BillingSpecifiedPeriod")
        day = date.fromisoformat(content.paid_on or content.issued_on)
        _date(_add(period, "ram:StartDateTime"), "udt:DateTimeString", day)
        _date(_add(period, "ram:EndDateTime"), "udt:DateTimeString", day)


def _charges(settlement: Element, content: Content) -> None:
    for charge in content.charges:
        added = _add(settlement, "ram:SpecifiedTradeAllowanceCharge")
        _add(_add(added, "ram:ChargeIndicator"), "udt:Indicator", "true")
        _add(added, "ram:ActualAmount", _amount(charge.net_minor, content.currency))
        _add(added, "ram:ReasonCode", DELIVERY)
        _add(added, "ram:Reason", content.delivery or _("Delivery"))
        _tax_kind(_add(added, "ram:CategoryTradeTax"), charge.category, charge.rate_bp)


def _sums(settlement: Element, content: Content) -> None:
    charged = sum(charge.net_minor for charge in content.charges)
    rows = [
        ("LineTotalAmount", sum(line.net_minor for line in content.lines)),
        ("ChargeTotalAmount", charged),
        ("AllowanceTotalAmount", 0),
        ("TaxBasisTotalAmount", content.net_minor),
        ("TaxTotalAmount", content.vat_minor),
        ("RoundingAmount", content.rounding_minor),
        ("GrandTotalAmount", content.net_minor + content.vat_minor),
        ("TotalPrepaidAmount", content.total_minor),
        ("DuePayableAmount", 0),
    ]
    sums = _add(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    for name, minor in rows:
        if name == "RoundingAmount" and not minor:
            continue
        amount = _add(sums, f"ram:{name}", _amount(minor, content.currency))
        if name == "TaxTotalAmount":
            amount.set("currencyID", content.currency)


def _tax_kind(tax: Element, category: str, rate_bp: int) -> None:
    _add(tax, "ram:TypeCode", "VAT")
    _add(tax, "ram:CategoryCode", category)
    _add(tax, "ram:RateApplicablePercent", _percent(rate_bp))


def _percent(rate_bp: int) -> str:
    return f"{Decimal(rate_bp).scaleb(-2):.2f}"


def _amount(minor: int, currency: str) -> str:
    return f"{Decimal(minor).scaleb(-decimals(currency)):f}"


def _date(parent: Element, name: str, day: date) -> None:
    _add(parent, name, day.strftime("%Y%m%d")).set("format", "102")


def _add(parent: Element, name: str, text: str | None = None) -> Element:
    prefix, local = name.split(":")
    child = etree.SubElement(parent, f"{{{PREFIXES[prefix]}}}{local}")
    child.text = NO_XML.sub("", text) if text else text
    return child
