"""How updates come in: asked for by polling, or handed over at the webhook; both end at the reception."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlencode

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from telegram import Bot
from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.clock import monotonic
from bot.telegram.failures import Wait, classify
from bot.telegram.reception import PATIENCE, Raw, Reception

WANTED = [
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
    UpdateType.POLL,
    UpdateType.POLL_ANSWER,
]
"""The kinds of update we ask Telegram for; everything else it keeps to itself."""

MAX_BODY = 1_000_000
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_LONG_POLL = 30
_LONGEST_PAUSE = 60.0
_CONFLICT_PAUSE = 60.0
_AT_ONCE = 200
_BREATH = 1.0
_GLANCE = 0.5

_T = TypeVar("_T")
_log = structlog.get_logger(__name__)


class Intake:
    """Runs what comes in beside each other, and knows when something last came in well."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._running: set[asyncio.Task[None]] = set()
        self.last_success: float = monotonic()
        self.conflict = False
        self.ready = False

    def start(self, raw: Raw, accepted: Callable[[], None]) -> asyncio.Task[None]:
        """Handle one update beside the others; a kept task, so that stopping can wait for it."""
        return self._keep(self._reception.receive(raw, accepted))

    async def drain(self, seconds: float) -> None:
        """Wait until everything that has come in is handled and answered, at most `seconds`."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        for task in list(self._running):
            task.cancel()

    @property
    def busy(self) -> int:
        """How many updates are being handled right now."""
        return len(self._running)

    def _keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _log.error("visit failed", error=type(task.exception()).__name__)


class Polling:
    """Asks Telegram for updates and confirms only those that are committed."""

    def __init__(self, bot: Bot, request: BaseRequest, intake: Intake) -> None:
        self._bot = bot
        self._request = request
        self._intake = intake
        self._open: dict[int, bool] = {}
        self._again: set[int] = set()
        self._progress = asyncio.Event()
        self._confirmed: int | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch and start updates until `stop`; raises InvalidToken when the token is refused."""
        failures = 0
        while not stop.is_set():
            try:
                fetched = await _until(stop, self._fetch())
                if fetched is None:
                    return
            except InvalidToken:
                raise
            except TelegramError as error:
                failures += 1
                await self._pause(error, failures, stop)
                continue
            failures, self._intake.conflict = 0, False
            self._intake.last_success = monotonic()
            await self._take_in(fetched, stop)

    async def confirm(self) -> None:
        """Tell Telegram what is done, so that a restart does not begin with what is known."""
        offset = self._next_offset()
        if offset is not None and offset != self._confirmed:
            await self._ask(offset=offset, wait=0, limit=1)

    async def _take_in(self, fetched: list[Raw], stop: asyncio.Event) -> None:
        self._progress.clear()
        new = [raw for raw in fetched if self._may_start(raw["update_id"])]
        for raw in new:
            self._start(raw)
        if len(self._open) >= _AT_ONCE:
            await _until(stop, self._progress.wait())
        elif fetched and not new:
            # Asking again would bring the same updates at once: wait until one is committed, but
            # not for long, since behind one that hangs somebody else may have written.
            await _until(stop, _at_most(_GLANCE, self._progress.wait()))

    def _may_start(self, update_id: int) -> bool:
        return update_id not in self._open or update_id in self._again

    def _start(self, raw: Raw) -> None:
        update_id = raw["update_id"]
        self._again.discard(update_id)
        self._open[update_id] = False

        def accepted() -> None:
            self._open[update_id] = True
            self._progress.set()

        def once_more() -> None:
            self._again.add(update_id)
            self._progress.set()

        def ended(_task: asyncio.Task[None]) -> None:
            if not self._open.get(update_id, True):
                # Not kept: it stays open, so that the offset waits, and is taken up once more.
                asyncio.get_running_loop().call_later(_BREATH, once_more)

        self._intake.start(raw, accepted).add_done_callback(ended)

    async def _fetch(self) -> list[Raw]:
        offset = self._next_offset()
        fetched = await self._ask(offset=offset, wait=_LONG_POLL, limit=100)
        self._confirmed = offset
        if offset is not None:
            self._open = {key: done for key, done in self._open.items() if key >= offset}
        return fetched

    async def _ask(self, *, offset: int | None, wait: int, limit: int) -> list[Raw]:
        query: dict[str, object] = {"timeout": wait, "limit": limit}
        query["allowed_updates"] = json.dumps(WANTED)
        if offset is not None:
            query["offset"] = offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        payload = await self._request.retrieve(url, read_timeout=wait + 10.0)
        return _updates(self._request.parse_json_payload(payload).get("result"))

    def _next_offset(self) -> int | None:
        """Return the first update that is not done yet, or the one after the last that is.

        Without anything open it is None: numbers begin anew after a quiet week (Bot API, Update).
        """
        if not self._open:
            return None
        waiting = [update_id for update_id, done in self._open.items() if not done]
        return min(waiting) if waiting else max(self._open) + 1

    async def _pause(self, error: TelegramError, failures: int, stop: asyncio.Event) -> None:
        seconds = min(_LONGEST_PAUSE, 0.5 * 2.0 ** min(failures, 10))
        if isinstance(error, Conflict):
            self._intake.conflict = True
            seconds = _CONFLICT_PAUSE
            _log.error("another program uses this bot's token: pausing", remedy="stop one of them")
        elif isinstance(error, RetryAfter):
            meaning = classify(error)
            seconds = meaning.seconds if isinstance(meaning, Wait) else seconds
        else:
            _log.warning("no updates", error=type(error).__name__, pause=seconds)
        await _until(stop, asyncio.sleep(seconds))


class Webhook:
    """Takes updates that Telegram hands over, one request each; the answer 200 means committed."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()

    async def __call__(self, request: Request) -> Response:
        """Answer one request of Telegram's: 403 without the secret, 413 above 1 MB, 400 unreadable."""
        shown = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(shown, self._secret):
            return PlainTextResponse("forbidden", status_code=403)
        if not self._intake.ready:  # nothing may be taken before it can be kept
            return PlainTextResponse("later", status_code=503)
        body = await _limited(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("unreadable", status_code=400)
        if not isinstance(raw, dict):
            return PlainTextResponse("unreadable", status_code=400)
        return await self._hand_over(raw)

    async def _hand_over(self, raw: Raw) -> Response:
        accepted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def accept() -> None:
            if not accepted.done():
                accepted.set_result(None)

        task = self._intake.start(raw, accept)
        await asyncio.wait(
            {task, accepted}, timeout=PATIENCE + 5.0, return_when=asyncio.FIRST_COMPLETED
        )
        if not accepted.done():
            return PlainTextResponse("later", status_code=503)
        self._intake.last_success = monotonic()
        return PlainTextResponse("ok")


def _updates(result: object) -> list[Raw]:
    """Return what can be told apart: each update carries a number."""
    listed = result if isinstance(result, list) else []
    return [
        raw for raw in listed if isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
    ]


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, _T]) -> _T | None:
    """Return what `work` comes to, or None as soon as it is time to stop."""
    loop = asyncio.get_running_loop()
    task, stopped = loop.create_task(work), loop.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        stopped.cancel()
        task.cancel()


async def _at_most(seconds: float, work: Coroutine[Any, Any, object]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await work


async def _limited(request: Request) -> bytes | None:
    """Return the body, or None as soon as it grows beyond one megabyte."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)
