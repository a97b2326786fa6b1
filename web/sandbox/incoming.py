"""Reads a Bot API call from HTTP: query, form, multipart or JSON; it understands no method."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.sandbox.arguments import Arguments
from web.sandbox.errors import ApiError, Json, bad_request
from web.sandbox.files import Upload

LARGEST_BODY = 50 * 1024 * 1024
FORM = "application/x-www-form-urlencoded"
LONGEST_PART = 1024 * 1024


async def read_call(request: Request) -> Arguments:
    """Read the arguments of one call, or raise Telegram's refusal."""
    raw: Json = dict(request.query_params)
    files: dict[str, Upload] = {}
    if request.method == "POST":
        if int(request.headers.get("content-length", "0")) > LARGEST_BODY:
            raise ApiError(413, "Request Entity Too Large")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "multipart/form-data":
            files = await _multipart(request, raw)
        else:
            raw |= _flat(kind, await request.body())
    return Arguments.read(raw, files)


def _flat(kind: str, body: bytes) -> Json:
    try:
        if kind == "application/json" and body:
            parsed = json.loads(body)
            if not isinstance(parsed, dict):
                raise bad_request("can't parse JSON object")
            return parsed
        if kind == FORM:
            return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    return {}


async def _multipart(request: Request, raw: Json) -> dict[str, Upload]:
    files: dict[str, Upload] = {}
    try:
        async with request.form(max_part_size=LONGEST_PART) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    content = await value.read()
                    files[name] = Upload(content, value.filename or "", value.content_type or "")
                else:
                    raw[name] = value
    except HTTPException:
        raise bad_request("can't parse multipart form data") from None
    return files
