"""How the agenda's pages travel: kept a short while, asked for by their mark, loading nothing foreign."""

from __future__ import annotations

import hashlib
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

PAGE: Final = "text/html"
PICTURE: Final = "image/svg+xml"
CALENDAR: Final = "text/calendar"
STYLE: Final = "text/css"

A_MINUTE, A_DAY = 60, 86_400
"""Seconds for which a browser need not ask again: pages change, a style sheet has its mark in its name."""

_OK = 200
_POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


def answer(
    request: Request, content: bytes | str, kind: str, *, status: int = _OK, seconds: int = A_MINUTE
) -> Response:
    """Return `content`, or only word that the reader has it already."""
    body = content.encode() if isinstance(content, str) else content
    headers = {
        "Cache-Control": f"{'public' if seconds else 'private'}, max-age={seconds}",
        "Content-Security-Policy": _POLICY,
        "ETag": f'"{mark_of(body)}"',
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if "lang" not in request.query_params:
        headers["Vary"] = "Accept-Language"
    if status == _OK and _has_it(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, media_type=kind)


def mark_of(body: bytes) -> str:
    """Return a short mark that changes with the content."""
    return hashlib.sha256(body).hexdigest()[:20]


def _has_it(request: Request, mark: str) -> bool:
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or mark in {
        each.strip().removeprefix("W/") for each in known.split(",")
    }
