"""QR codes as small pictures that stay sharp on paper."""

from __future__ import annotations

from io import BytesIO

import segno

_SCALE = 8
_QUIET = 4


def qr_svg(address: str) -> bytes:
    """Return the code for an address as SVG: black on white, with the quiet zone readers need."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=_SCALE, border=_QUIET, light="#fff", dark="#000"
    )
    return picture.getvalue()
