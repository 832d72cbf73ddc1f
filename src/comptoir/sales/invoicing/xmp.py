"""The XMP metadata that says: this PDF is a Factur-X, and where its data is.

It is appended as an incremental update (ISO 32000-1, 7.5.6): the bytes that typst wrote, its tags
and its fonts stay as they are, and the object that holds the metadata is written once more.
"""

import re

EXTENSION = """<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#\
</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"""
PROPERTY = """<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>\
<pdfaProperty:valueType>Text</pdfaProperty:valueType>\
<pdfaProperty:category>external</pdfaProperty:category>\
<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"""
VALUES = {
    "DocumentFileName": ("factur-x.xml", "name of the embedded XML document"),
    "DocumentType": ("INVOICE", "type of the hybrid document"),
    "Version": ("1.0", "version of the embedded data"),
    "ConformanceLevel": ("EN 16931", "conformance level of the embedded data"),
}
DESCRIPTION = """<rdf:Description rdf:about="" \
xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">{values}</rdf:Description>"""

METADATA = re.compile(
    rb"(\d+) 0 obj\s*<<[^>]*?/Type\s*/Metadata[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream",
    re.DOTALL,
)
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)", re.DOTALL)


def with_facturx_metadata(pdf: bytes) -> bytes:
    """The same PDF, whose metadata says that it carries ``factur-x.xml``.

    Raises:
        ValueError: its metadata or its trailer are not where typst writes them.
    """
    found, end = METADATA.search(pdf), list(TRAILER.finditer(pdf))
    if found is None or not end:
        raise ValueError("this PDF is not written as typst writes one")
    number, packet = int(found.group(1)), _extended(found.group(2))
    offset = len(pdf) + 1
    written = b"%d 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%s\nendstream\nendobj\n"
    table = b"xref\n0 1\n0000000000 65535 f\r\n%d 1\n%010d 00000 n\r\n" % (number, offset)
    update = b"\n" + written % (number, len(packet), packet)
    trailer = re.sub(rb"/Prev\s+\d+", b"", end[-1].group(1)) + b"/Prev " + end[-1].group(2)
    start = len(pdf) + len(update)
    return pdf + update + table + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)


def _extended(packet: bytes) -> bytes:
    text = packet.decode()
    properties = "".join(
        PROPERTY.format(name=name, description=description)
        for name, (_value, description) in VALUES.items()
    )
    values = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, (value, _) in VALUES.items())
    schemas = "<pdfaExtension:schemas><rdf:Bag>"
    if schemas not in text or "</rdf:RDF>" not in text:
        raise ValueError("the metadata are not written as typst writes them")
    text = text.replace(schemas, schemas + EXTENSION.format(properties=properties), 1)
    return text.replace("</rdf:RDF>", DESCRIPTION.format(values=values) + "</rdf:RDF>", 1).encode()
