"""What the page and the tests do with the phones over HTTP; the phones themselves know no HTTP."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import AsyncIterator
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from web.sandbox import phones
from web.sandbox.bodies import (
    integer,
    integers,
    mapping,
    number,
    optional_integer,
    read_body,
)
from web.sandbox.changes import Change
from web.sandbox.errors import Json, not_found, unusable
from web.sandbox.files import Upload, media_json
from web.sandbox.markup import utf16_length
from web.sandbox.people import Chat, Person
from web.sandbox.samples import VOICE_SECONDS, sample
from web.sandbox.views import phone_view
from web.sandbox.world import World

HEARTBEAT_SECONDS = 15.0
LONGEST_TEXT = 4096
SHOWN_INSIDE = {
    "image/jpeg",
    "image/png",
    "image/webp",
    "audio/ogg",
    "audio/mpeg",
    "audio/mp4",
    "audio/webm",
}


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _person(request: Request) -> Person:
    return phones.person_of(_world(request), int(request.path_params["person"]))


def _chat(request: Request, person: Person, body: Json) -> Chat:
    return phones.chat_of(_world(request), person, optional_integer(body, "chat"))


async def show_phone(request: Request) -> Response:
    """GET /sandbox/phones/{person}/chats/{chat}."""
    world, person = _world(request), _person(request)
    chat = phones.chat_of(world, person, int(request.path_params["chat"]))
    return JSONResponse(phone_view(world, person, chat))


async def send(request: Request) -> Response:
    """POST /sandbox/phones/{person}/send."""
    world, person, body = _world(request), _person(request), await read_body(request)
    chat = _chat(request, person, body)
    content = _content(world, person, body)
    reply_to = optional_integer(body, "reply_to")
    message = phones.send(world, person, chat, content, reply_to=reply_to)
    return JSONResponse({"message_id": message.id})


def _content(world: World, person: Person, body: Json) -> Json:
    content = _media(world, body)
    for name in ("text", "caption"):
        text = str(body.get(name) or "").strip()
        if utf16_length(text) > LONGEST_TEXT:
            raise unusable("a message has at most 4096 characters")
        if text:
            content[name] = text
    if body.get("location"):
        place = mapping(body["location"], "location")
        content["location"] = {"latitude": number(place, "lat"), "longitude": number(place, "lon")}
    if body.get("contact"):
        card = {"phone_number": person.phone_number, "first_name": person.first_name}
        if person.last_name:
            card["last_name"] = person.last_name
        content["contact"] = card | {"user_id": person.id}
    return content


def _media(world: World, body: Json) -> Json:
    for kind in ("photo", "voice", "document"):
        given = body.get(kind)
        if not given:
            continue
        if given is True and kind != "document":
            stored = world.files.add(kind, sample(kind), duration=VOICE_SECONDS)
        else:
            upload = mapping(given, kind)
            duration = optional_integer(upload, "duration") or 1
            stored = world.files.add(kind, _upload(upload), duration=duration)
        return media_json(stored)
    return {}


def _upload(given: Json) -> Upload:
    try:
        content = base64.b64decode(str(given.get("base64") or ""), validate=True)
    except (binascii.Error, ValueError):
        raise unusable("base64 cannot be read") from None
    return Upload(content, str(given.get("name") or ""), str(given.get("mime") or ""))


async def edit(request: Request) -> Response:
    """POST /sandbox/phones/{person}/edit."""
    world, person, body = _world(request), _person(request), await read_body(request)
    chat = _chat(request, person, body)
    message = phones.message_of(chat, integer(body, "message_id"))
    text = str(body.get("text") or "").strip()
    if not text:
        raise unusable("a text is needed")
    phones.edit(world, person, chat, message, text=text)
    return JSONResponse({"message_id": message.id})


async def press(request: Request) -> Response:
    """POST /sandbox/phones/{person}/press."""
    world, person, body = _world(request), _person(request), await read_body(request)
    chat = _chat(request, person, body)
    message = phones.message_of(chat, integer(body, "message_id"))
    answer = await phones.press(world, person, chat, message, data=str(body.get("data")))
    return JSONResponse(answer)


async def vote(request: Request) -> Response:
    """POST /sandbox/phones/{person}/vote."""
    world, person, body = _world(request), _person(request), await read_body(request)
    chat = _chat(request, person, body)
    message = phones.message_of(chat, integer(body, "message_id"))
    chosen = tuple(integers(body, "options"))
    phones.vote(world, person, chat, message, chosen=chosen)
    return JSONResponse({"options": list(chosen)})


async def start(request: Request) -> Response:
    """POST /sandbox/phones/{person}/start."""
    world, person, body = _world(request), _person(request), await read_body(request)
    message = phones.start(world, person, str(body.get("payload") or ""))
    return JSONResponse({"message_id": message.id})


async def block(request: Request) -> Response:
    """POST /sandbox/phones/{person}/block."""
    person, body = _person(request), await read_body(request)
    blocked = body.get("blocked") is True
    phones.block(_world(request), person, blocked=blocked)
    return JSONResponse({"blocked": blocked})


async def speak(request: Request) -> Response:
    """POST /sandbox/phones/{person}/language."""
    person, body = _person(request), await read_body(request)
    phones.speak(_world(request), person, str(body.get("language_code") or ""))
    return JSONResponse({"language_code": person.language_code})


async def show_file(request: Request) -> Response:
    """GET /sandbox/files/{file_id}: shown inside the page only if harmless."""
    stored = _world(request).files.get(request.path_params["file_id"])
    if stored is None:
        raise not_found("this file is gone")
    mime = stored.mime.partition(";")[0]
    harmless = mime in SHOWN_INSIDE
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
        "Content-Disposition": "inline" if harmless else "attachment",
    }
    kind = mime if harmless else "application/octet-stream"
    return Response(stored.upload.content, media_type=kind, headers=headers)


async def events(request: Request) -> Response:
    """GET /sandbox/events: what changed, as server-sent events."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = _stream(_world(request))
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(world: World) -> AsyncIterator[str]:
    listener = world.changes.open()
    try:
        yield ": open\n\n"
        async for batch in listener.stream(HEARTBEAT_SECONDS):
            yield "".join(map(_event, batch)) or ": still here\n\n"
    finally:
        world.changes.release(listener)


def _event(change: Change) -> str:
    return f"event: change\ndata: {json.dumps(asdict(change))}\n\n"


PHONE = "/sandbox/phones/{person:int}"
ROUTES = [
    Route(PHONE + "/chats/{chat}", show_phone),
    Route(PHONE + "/send", send, methods=["POST"]),
    Route(PHONE + "/edit", edit, methods=["POST"]),
    Route(PHONE + "/press", press, methods=["POST"]),
    Route(PHONE + "/vote", vote, methods=["POST"]),
    Route(PHONE + "/start", start, methods=["POST"]),
    Route(PHONE + "/block", block, methods=["POST"]),
    Route(PHONE + "/language", speak, methods=["POST"]),
    Route("/sandbox/files/{file_id}", show_file),
    Route("/sandbox/events", events),
]
