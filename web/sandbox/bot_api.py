"""The HTTP door of the Bot API: token, faults, limits, then the method; it logs every call."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from web.sandbox.arguments import Arguments
from web.sandbox.errors import ApiError, Json, forbidden, too_many_requests
from web.sandbox.faults import AFTER_EFFECT, FaultRule
from web.sandbox.incoming import read_call
from web.sandbox.methods import METHODS, Method
from web.sandbox.world import World

WELL_FORMED_TOKEN = re.compile(r"\d+:[\w-]+")
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n"
    "</body>\r\n</html>\r\n"
)
DEFAULT_PAUSE = 3
DROPPED = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call is answered with; without a body the connection is cut."""

    status: int
    body: bytes | None
    media_type: str = "application/json"


class BotApi:
    """An ASGI endpoint, because a lost answer means cutting the connection."""

    def __init__(self, world: World, token: str) -> None:
        """Serve this world to whoever knows the token."""
        self._world = world
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        refusal = check_token(request.path_params["token"], self._token)
        outcome = _told(refusal) if refusal else await self._outcome(request)
        if outcome.body is None:
            await cut(receive)
            return
        response = Response(outcome.body, outcome.status, media_type=outcome.media_type)
        await response(scope, receive, send)

    async def _outcome(self, request: Request) -> Outcome:
        method = METHODS.get(request.path_params["method"].lower())
        if method is None:
            return _told(ApiError(404, "Not Found"))
        try:
            arguments = await read_call(request)
        except ApiError as refusal:
            self._log(method, Arguments(), refusal.status, None)
            return _told(refusal)
        chat = arguments.chat()
        rule = self._world.faults.take(method.name, chat if isinstance(chat, int) else None)
        outcome = await self._faulty(method, arguments, rule)
        if method.name != "getUpdates":
            lost = outcome.body is None and rule is not None and rule.kind == "drop"
            self._log(method, arguments, DROPPED if lost else outcome.status, rule)
        if rule is not None and rule.kind == "lost" and rule.seconds:
            await asyncio.sleep(rule.seconds)
        return outcome

    async def _faulty(
        self,
        method: Method,
        arguments: Arguments,
        rule: FaultRule | None,
    ) -> Outcome:
        if rule is None:
            return await self._carried_out(method, arguments)
        if rule.kind == "slow":
            await asyncio.sleep(rule.seconds or DEFAULT_PAUSE)
        elif rule.kind not in AFTER_EFFECT:
            return _refused(rule)
        outcome = await self._carried_out(method, arguments)
        if rule.kind == "lost":
            return Outcome(outcome.status, None)
        if rule.kind == "badjson" and outcome.body is not None:
            return Outcome(outcome.status, outcome.body[: len(outcome.body) // 2])
        return outcome

    async def _carried_out(self, method: Method, arguments: Arguments) -> Outcome:
        try:
            self._pace(method, arguments)
            answer = method.answer(self._world, arguments)
            result = await answer if inspect.isawaitable(answer) else answer
        except ApiError as refusal:
            return _told(refusal)
        return Outcome(200, _encoded({"ok": True, "result": result}))

    def _pace(self, method: Method, arguments: Arguments) -> None:
        world, chat = self._world, arguments.chat()
        if not world.faults.limits or not method.paced or not isinstance(chat, int):
            return
        seconds = world.limits.refused_for(chat, group=chat < 0, now=world.monotonic())
        if seconds:
            raise too_many_requests(seconds)

    def _log(
        self,
        method: Method,
        arguments: Arguments,
        status: int,
        rule: FaultRule | None,
    ) -> None:
        self._world.calls.add(
            at=self._world.clock.exact(),
            method=method.name,
            params=arguments.logged(),
            status=status,
            chat=arguments.chat(),
            fault=rule.kind if rule else None,
        )


def check_token(given: str, token: str) -> ApiError | None:
    """Give the refusal for a wrong token: 401 if it looks like one, else 404."""
    if given == token:
        return None
    if WELL_FORMED_TOKEN.fullmatch(given):
        return ApiError(401, "Unauthorized")
    return ApiError(404, "Not Found")


def _refused(rule: FaultRule) -> Outcome:
    if rule.kind == "429":
        return _told(too_many_requests(int(rule.seconds or DEFAULT_PAUSE)))
    if rule.kind == "500":
        return _told(ApiError(500, "Internal Server Error"))
    if rule.kind == "403":
        return _told(forbidden("bot was blocked by the user"))
    if rule.kind == "502html":
        return Outcome(502, BAD_GATEWAY.encode(), "text/html")
    return Outcome(DROPPED, None)


def _told(refusal: ApiError) -> Outcome:
    return Outcome(refusal.status, _encoded(refusal.body()))


def _encoded(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


async def cut(receive: Receive) -> None:
    """Close the connection without an answer, then wait until it is closed."""
    # uvicorn hands out a bound method of the exchange, which knows its transport; ASGI itself
    # has no word for hanging up.
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
    while (await receive())["type"] != "http.disconnect":
        continue


async def download(request: Request) -> Response:
    """Answer /file/bot<token>/<path>."""
    world: World = request.app.state.world
    refusal = check_token(request.path_params["token"], request.app.state.token)
    stored = world.files.at(request.path_params["path"])
    if stored is not None and refusal is None:
        return Response(stored.upload.content, media_type="application/octet-stream")
    refusal = refusal or ApiError(404, "Not Found")
    return Response(_encoded(refusal.body()), refusal.status, media_type="application/json")
