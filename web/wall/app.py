"""The wall's addresses: a page behind a signed path, its live part as server-sent events, its QR code."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.errors import OutdatedError
from bot.domain.polls import PollState
from bot.formats.qr import qr_svg
from bot.services.gatherings import Gatherings
from bot.services.polls import Polls
from web.wall.minutes import minutes
from web.wall.stage import Stage, asked_last, fragment, page, stage

_HERE = Path(__file__).parent
_STYLE = (_HERE / "wall.css").read_text("utf-8")
_SCRIPT = (_HERE / "wall.js").read_text("utf-8")
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_EACH = 1.0
"""Seconds between two looks: the wall is never further behind, whatever the burst of votes."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What the wall shows and with what; `bot_link` is "" until Telegram has told the bot's name."""

    gatherings: Gatherings
    polls: Polls
    now: Callable[[], datetime]
    bot_link: Callable[[], str]


def wall_routes(projected: Projected) -> list[Route]:
    """Return the routes of the wall, to be asked before all others."""
    return _Wall(projected).routes()


class _Wall:
    def __init__(self, projected: Projected) -> None:
        self._projected = projected
        self._mark = hashlib.sha256((_STYLE + _SCRIPT).encode()).hexdigest()[:16]

    def routes(self) -> list[Route]:
        return [
            Route("/wall/style-{mark}.css", self.style),
            Route("/wall/script-{mark}.js", self.script),
            Route("/wall/{path}", self.page),
            Route("/wall/{path}/live", self.live),
            Route("/wall/{path}/code.svg", self.code),
            Route("/wall/{path}/minutes", self.minutes),
        ]

    async def page(self, request: Request) -> Response:
        """Show the wall."""
        path = request.path_params["path"]
        try:
            shown = await self._stage(path)
        except OutdatedError:
            return Response("404", status_code=404, headers=_headers(), media_type="text/plain")
        root = request.url.path.removesuffix(f"/wall/{path}")
        body = page(
            shown,
            path=f"{root}/wall/{path}",
            style=f"{root}/wall/style-{self._mark}.css",
            script=f"{root}/wall/script-{self._mark}.js",
            joins=bool(self._projected.bot_link()),
        )
        return Response(body, headers=_headers(), media_type="text/html")

    async def live(self, request: Request) -> Response:
        """Send the changing part whenever it has changed, and a sign of life in between."""
        path = request.path_params["path"]
        try:
            await self._stage(path)
        except OutdatedError:
            return Response(status_code=204, headers=_headers())
        return EventSourceResponse(self._changes(path), ping=15, headers=_headers())

    async def minutes(self, request: Request) -> Response:
        """Show the minutes so far, ready to be printed."""
        path, projected = request.path_params["path"], self._projected
        try:
            scene = await projected.gatherings.wall(path)
        except OutdatedError:
            return Response("404", status_code=404, headers=_headers(), media_type="text/plain")
        held = [each for each in scene.polls if each.state is not PollState.DRAFT]
        seen = [await projected.polls.shown(each.number) for each in held]
        root = request.url.path.removesuffix(f"/wall/{path}/minutes")
        began = projected.polls.local(scene.session.started_at) or scene.session.started_at
        style = f"{root}/wall/style-{self._mark}.css"
        body = minutes(scene, seen, day=began.date(), style=style)
        return Response(body, headers=_headers(), media_type="text/html")

    async def code(self, request: Request) -> Response:
        """Draw the QR code by which people join."""
        try:
            scene = await self._projected.gatherings.wall(request.path_params["path"])
        except OutdatedError:
            return Response(status_code=404, headers=_headers())
        link = f"{self._projected.bot_link()}?start=k{scene.session.code}"
        return Response(qr_svg(link), headers=_headers(), media_type="image/svg+xml")

    async def style(self, _request: Request) -> Response:
        """Serve the style sheet; its name changes with it, so it may be kept."""
        return Response(_STYLE, headers=_headers("public, max-age=86400"), media_type="text/css")

    async def script(self, _request: Request) -> Response:
        """Serve the script."""
        kept = _headers("public, max-age=86400")
        return Response(_SCRIPT, headers=kept, media_type="text/javascript")

    async def _changes(self, path: str) -> AsyncIterator[ServerSentEvent]:
        before = ""
        while True:
            try:
                shown = await self._stage(path)
            except OutdatedError:
                return
            inside = fragment(shown)
            if inside != before:
                before = inside
                yield ServerSentEvent(inside, event="stage", retry=2000)
            yield ServerSentEvent(f"{shown.now} {shown.ends_at}", event="clock")
            await asyncio.sleep(_EACH)

    async def _stage(self, path: str) -> Stage:
        scene = await self._projected.gatherings.wall(path)
        poll = asked_last(scene)
        seen = await self._projected.polls.shown(poll.number) if poll else None
        return stage(scene, seen, self._projected.now())


def _headers(kept: str = "no-store") -> dict[str, str]:
    return {
        "Cache-Control": kept,
        "Content-Security-Policy": _POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
