"""How pages travel: kept for a short while, asked for anew by their mark, allowed to load nothing foreign."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

PAGE: Final = "text/html"
FEED: Final = "application/atom+xml"
PICTURE: Final = "image/svg+xml"

A_MINUTE, A_DAY = 60, 86_400
"""Seconds for which a browser need not ask again: pages change, a style sheet has its mark in its name."""

_ONLY_OURS = (
    "default-src 'none'; img-src 'self'; style-src 'self'{styles}; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


def answer(
    request: Request,
    content: bytes | str,
    kind: str,
    *,
    status: int = 200,
    seconds: int = A_MINUTE,
    style: str = "",
) -> Response:
    """Return `content`, or only word that the reader has it already; `style` is CSS inside of it."""
    body = content.encode() if isinstance(content, str) else content
    headers = {
        "Cache-Control": f"public, max-age={seconds}",
        "Content-Security-Policy": _ONLY_OURS.format(styles=_allowed(style)),
        "ETag": f'"{mark_of(body)}"',
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    if "lang" not in request.query_params:
        headers["Vary"] = "Accept-Language"
    if status == 200 and _has_it(request, headers["ETag"]):  # noqa: PLR2004 - the good one
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


def _allowed(style: str) -> str:
    if not style:
        return ""
    return f" 'sha256-{b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
