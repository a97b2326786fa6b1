"""What waits for the bot: numbered updates, one poller at a time; it never loses one by itself."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from web.sandbox.errors import Json, conflict

EVERY_KIND = frozenset(
    {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
    },
)
ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
BY_DEFAULT = EVERY_KIND - ONLY_ON_REQUEST
MOST_WAITING = 100_000
RECENT_SECONDS = 60.0

OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "terminated by setWebhook request"


class UpdateQueue:
    """The updates not yet confirmed, in order, and the one request that waits for them."""

    def __init__(self, first_id: int) -> None:
        """Start empty; the first update is `first_id`."""
        self._pending: OrderedDict[int, Json] = OrderedDict()
        self._next_id = first_id
        self._allowed: frozenset[str] = BY_DEFAULT
        self._waiting: asyncio.Future[str | None] | None = None
        self._last_poll: float | None = None
        self._subscriber: Callable[[Json], None] | None = None

    def allow(self, kinds: list[str] | None) -> None:
        """Remember the kinds the bot wants; None keeps them, an empty list is the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) & EVERY_KIND or BY_DEFAULT

    def allowed(self) -> list[str] | None:
        """Give the kinds asked for, None when they are Telegram's default."""
        return None if self._allowed == BY_DEFAULT else sorted(self._allowed)

    def put(self, kind: str, payload: Json) -> None:
        """Add an update if its kind is wanted now."""
        if kind in self._allowed:
            self.put_raw({kind: payload})

    def put_raw(self, update: Json) -> int:
        """Add an update as it is, numbering it unless it brings a number."""
        number: int = update.setdefault("update_id", self._next_id)
        self._next_id = max(self._next_id, number + 1)
        self._pending[number] = update
        if len(self._pending) > MOST_WAITING:
            self._pending.popitem(last=False)
        if self._subscriber:
            self._subscriber(update)
        self._wake(None)
        return number

    def subscribe(self, subscriber: Callable[[Json], None] | None) -> None:
        """Hand every new update to `subscriber` as well (the webhook), or to nobody."""
        self._subscriber = subscriber

    def pending(self) -> list[Json]:
        """Give all unconfirmed updates, oldest first."""
        return list(self._pending.values())

    def count(self) -> int:
        """Count the unconfirmed updates."""
        return len(self._pending)

    def remove(self, update_id: int) -> None:
        """Confirm one update."""
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        """Confirm everything."""
        self._pending.clear()

    def polled_recently(self) -> bool:
        """Say whether somebody called getUpdates within the last minute."""
        if self._waiting is not None:
            return True
        return self._last_poll is not None and time.monotonic() - self._last_poll < RECENT_SECONDS

    def confirm(self, offset: int) -> None:
        """Forget what comes before `offset`; a negative one keeps that many from the end."""
        keep = -offset if offset < 0 else len(self._pending)
        while len(self._pending) > keep:
            self._pending.popitem(last=False)
        while offset > 0 and self._pending and next(iter(self._pending)) < offset:
            self._pending.popitem(last=False)

    async def fetch(self, offset: int, *, limit: int, seconds: float) -> list[Json]:
        """Give up to `limit` updates from `offset` on, waiting up to `seconds` for the first."""
        self._wake(OTHER_POLLER)
        self.confirm(offset)
        self._last_poll = time.monotonic()
        if not self._pending and seconds > 0:
            await self._wait(seconds)
        return [update for update, _ in zip(self._pending.values(), range(limit), strict=False)]

    def interrupt(self, reason: str) -> None:
        """End a waiting getUpdates with 409 and this reason."""
        self._wake(reason)

    def release(self) -> None:
        """Let a waiting getUpdates answer at once (the sandbox closes)."""
        self._wake(None)

    async def _wait(self, seconds: float) -> None:
        waiting = asyncio.get_running_loop().create_future()
        self._waiting = waiting
        try:
            async with asyncio.timeout(seconds):
                reason = await waiting
        except TimeoutError:
            return
        finally:
            if self._waiting is waiting:
                self._waiting = None
        if reason is not None:
            raise conflict(reason)

    def _wake(self, reason: str | None) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(reason)
