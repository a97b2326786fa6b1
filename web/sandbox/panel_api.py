"""What the control panel and the tests do with the town over HTTP: state, clock, faults, groups."""

from __future__ import annotations

import io

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from web.sandbox import groups, phones
from web.sandbox.bodies import integers, number, read_body
from web.sandbox.errors import Json, unusable
from web.sandbox.messages import close_overdue_polls
from web.sandbox.profile import localized
from web.sandbox.world import World

QR_SCALE = 6


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


async def show_state(request: Request) -> Response:
    """GET /sandbox/state."""
    world = _world(request)
    close_overdue_polls(world)
    return JSONResponse(
        {
            "bot": {
                "id": world.bot.id,
                "username": world.bot.username,
                "name": world.bot.first_name,
                "short_description": localized(world.profile.short_descriptions, ""),
                "description": localized(world.profile.descriptions, ""),
            },
            "people": [person.card() for person in world.people.values()],
            "chats": [chat.card() for chat in world.chats.values()],
            "clock": world.clock.state(),
            "faults": world.faults.state(),
            "webhook": world.webhook.hook is not None,
            "polling": world.updates.polled_recently(),
        },
    )


async def clock(request: Request) -> Response:
    """GET and POST /sandbox/clock."""
    world = _world(request)
    if request.method == "POST":
        _set_clock(world, await read_body(request))
        close_overdue_polls(world)
        world.changes.publish(None, "state")
    return JSONResponse(world.clock.state())


def _set_clock(world: World, body: Json) -> None:
    try:
        if "offset_seconds" in body:
            world.clock.move_to(number(body, "offset_seconds"))
        elif "advance_seconds" in body:
            world.clock.move_to(world.clock.offset_seconds + number(body, "advance_seconds"))
        else:
            world.clock.set_local(str(body.get("now")))
    except (ValueError, OverflowError):
        raise unusable("give offset_seconds, advance_seconds or now, within a century") from None


async def faults(request: Request) -> Response:
    """GET and POST /sandbox/faults."""
    world = _world(request)
    if request.method == "POST":
        world.faults.replace(await read_body(request))
        world.changes.publish(None, "state")
    return JSONResponse(world.faults.state())


async def calls(request: Request) -> Response:
    """GET /sandbox/calls."""
    log = _world(request).calls
    since = request.query_params.get("since", "0")
    if not since.isdecimal():
        raise unusable("since is not a number")
    listed = log.since(int(since), method=request.query_params.get("method"))
    return JSONResponse({"calls": [call.card() for call in listed], "next": log.last})


async def inject(request: Request) -> Response:
    """POST /sandbox/updates: a raw update as it is."""
    update = await read_body(request)
    return JSONResponse({"update_id": _world(request).updates.put_raw(update)})


async def qr(request: Request) -> Response:
    """GET /sandbox/qr: the deep link as a picture."""
    payload = request.query_params.get("payload", "")
    link = f"https://t.me/{_world(request).bot.username}"
    if payload:
        link += f"?start={payload}"
    picture = io.BytesIO()
    segno.make(link, error="m").save(picture, kind="svg", scale=QR_SCALE, border=2)
    return Response(picture.getvalue(), media_type="image/svg+xml")


async def add_person(request: Request) -> Response:
    """POST /sandbox/people."""
    person = groups.move_in(_world(request), await read_body(request))
    return JSONResponse({"id": person.id})


async def add_chat(request: Request) -> Response:
    """POST /sandbox/chats."""
    body = await read_body(request)
    chat = groups.found(
        _world(request),
        str(body.get("type")),
        title=str(body.get("title") or ""),
        members=integers(body, "members"),
        bot=body.get("bot") is not False,
    )
    return JSONResponse({"id": chat.id})


async def change_members(request: Request) -> Response:
    """POST /sandbox/chats/{id}/members."""
    world, body = _world(request), await read_body(request)
    chat = groups.group_of(world, _chat_id(request))
    for person in integers(body, "add"):
        groups.add_member(world, chat, phones.person_of(world, person))
    if body.get("bot") is False:
        groups.set_bot(world, chat, "kicked")
    elif body.get("bot") is True and not chat.bot_present:
        groups.set_bot(world, chat, "member")
    if "bot_admin" in body and chat.bot_present:
        groups.set_bot(world, chat, "administrator" if body["bot_admin"] else "member")
    for person in integers(body, "remove"):
        groups.remove_member(world, chat, phones.person_of(world, person))
    return JSONResponse(chat.card())


async def migrate(request: Request) -> Response:
    """POST /sandbox/chats/{id}/migrate."""
    world = _world(request)
    return JSONResponse({"id": groups.migrate(world, groups.group_of(world, _chat_id(request))).id})


def _chat_id(request: Request) -> int:
    text: str = request.path_params["chat"]
    if not text.removeprefix("-").isdecimal():
        raise unusable("the chat's id is a number")
    return int(text)


async def reset(request: Request) -> Response:
    """POST /sandbox/reset."""
    _world(request).reset()
    return JSONResponse({"reset": True})


ROUTES = [
    Route("/sandbox/state", show_state),
    Route("/sandbox/clock", clock, methods=["GET", "POST"]),
    Route("/sandbox/faults", faults, methods=["GET", "POST"]),
    Route("/sandbox/calls", calls),
    Route("/sandbox/updates", inject, methods=["POST"]),
    Route("/sandbox/qr", qr),
    Route("/sandbox/people", add_person, methods=["POST"]),
    Route("/sandbox/chats", add_chat, methods=["POST"]),
    Route("/sandbox/chats/{chat}/members", change_members, methods=["POST"]),
    Route("/sandbox/chats/{chat}/migrate", migrate, methods=["POST"]),
    Route("/sandbox/reset", reset, methods=["POST"]),
]
