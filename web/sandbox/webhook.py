"""Carries updates to the bot's webhook: in order per chat, again until accepted."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

import aiohttp

from web.sandbox.clock import SandboxClock
from web.sandbox.errors import Json
from web.sandbox.updates import UpdateQueue

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
TIMEOUT = aiohttp.ClientTimeout(total=30)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates go."""

    url: str
    secret: str | None = None
    max_connections: int = 40
    ip_address: str | None = None


@dataclass(slots=True)
class Failure:
    """Why the last delivery failed, for getWebhookInfo."""

    date: int
    message: str


class WebhookDelivery:
    """The running delivery; without a hook it does nothing."""

    def __init__(self, updates: UpdateQueue, clock: SandboxClock) -> None:
        """Serve from `updates`, dating failures by `clock`."""
        self.hook: Hook | None = None
        self.failure: Failure | None = None
        self._updates = updates
        self._clock = clock
        self._lanes: dict[int, deque[Json]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(1)

    async def start(self, hook: Hook) -> None:
        """Deliver to `hook` from now on, beginning with what already waits."""
        await self.stop()
        self.hook = hook
        self.failure = None
        self._slots = asyncio.Semaphore(hook.max_connections)
        self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        self._updates.subscribe(self._accept)
        for update in self._updates.pending():
            self._accept(update)

    async def stop(self) -> None:
        """Deliver no more; what is unconfirmed stays in the queue."""
        self.hook = None
        self._updates.subscribe(None)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _accept(self, update: Json) -> None:
        key = lane_of(update)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[key] = deque([update])
        task = asyncio.create_task(self._serve(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, key: int) -> None:
        lane = self._lanes[key]
        pause = FIRST_PAUSE
        while lane:
            if await self._post(lane[0]):
                self._updates.remove(lane.popleft()["update_id"])
                pause = FIRST_PAUSE
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        del self._lanes[key]

    async def _post(self, update: Json) -> bool:
        hook, session = self.hook, self._session
        if hook is None or session is None:
            return False
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with self._slots, session.post(hook.url, json=update, headers=headers) as answer:
                if answer.ok:
                    return True
                self._note(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except TimeoutError:
            self._note("Read timeout expired")
        except aiohttp.ClientError:
            self._note("Connection refused")
        return False

    def _note(self, message: str) -> None:
        self.failure = Failure(self._clock.now(), message)


def lane_of(update: Json) -> int:
    """Name the chat (or the person) whose updates keep their order."""
    for kind, content in update.items():
        if kind == "update_id" or not isinstance(content, dict):
            continue
        source = content.get("message", content)
        place = source.get("chat") or content.get("user") or content.get("from") or {}
        return int(place.get("id", 0))
    return 0
