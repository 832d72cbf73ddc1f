"""QR codes as pictures within a page: no script, no request, sharp on paper."""

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """The code of an address as inline SVG, black on white in every theme: scanners need it so.

    The address stands beside it in words; the picture is hidden from those who listen.
    """
    code = segno.make(address, error="m", micro=False)
    picture = code.svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    hidden = picture.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return Markup(hidden)  # noqa: S704 (drawn from modules, holds no text)
