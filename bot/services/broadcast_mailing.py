"""An announcement on its way by the clock: begun when due, written out bit by bit, ended, told of.

Every step is one short transaction with a cursor: a crash costs nothing, and nobody waits long for
the writer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.broadcasts import Broadcast, Course, State, letter_of
from bot.domain.quiet import is_quiet
from bot.i18n import voice
from bot.phrases import broadcast_runs as phrases
from bot.phrases import broadcasts as wording
from bot.services import notices
from bot.services.broadcast_access import course_of, found, note
from bot.services.directory import DirectoryService
from bot.services.town import TownSettings
from storage import audiences, broadcasts, contacts, mailings, outbox, residents, staff
from storage.store import Store, Tx

BATCH = 100
"""Recipients written into the outbox in one transaction: the writer is never held for long."""

_AHEAD, _AT_ONCE, _LEAST_AHEAD = 12, 4, 300
"""Seconds of sending that wait in the outbox, and that one tick adds; so many messages at least."""

_ASKED_LASTS = timedelta(days=1)
"""How long a second person may take; after that it is a draft again."""


@dataclass(frozen=True, slots=True)
class Report:
    """How far an announcement is, for its author: where the message stands that tells of it."""

    course: Course
    language: str
    chat: int
    message: int


class BroadcastMailing:
    """What the clock asks: `advance` does what is due, `reports` says who is to be told of it."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        town: TownSettings,
        directory: DirectoryService,
        rate: int,
    ) -> None:
        """Work on `store` by `clock`; `rate` messages leave in a second."""
        self._store = store
        self._clock = clock
        self._town = town
        self._directory = directory
        self._ahead = max(_LEAST_AHEAD, _AHEAD * rate)
        self._at_once = max(_LEAST_AHEAD, _AT_ONCE * rate)

    async def advance(self) -> int:
        """Start what is due, write the next recipients into the outbox, close what is through."""
        async with self._store.read() as tx:
            under_way = await broadcasts.live(tx)
        steps = {
            State.ASKED: self._let_go,
            State.WAITING: self._begin,
            State.SENDING: self._go_on,
            State.STOPPED: self._close,
        }
        done = 0
        for known in under_way:
            step = steps.get(known.state)
            done += await step(known) if step else 0
        return done

    async def reports(self) -> list[Report]:
        """Return every announcement whose author is still to be told how far it is."""
        async with self._store.read() as tx:
            made = [await _report(tx, each) for each in await broadcasts.shown(tx)]
        return [report for report in made if report is not None]

    async def reported(self, number: int) -> None:
        """Tell the author no more: the end is told, or the message that told is gone."""
        async with self._store.write() as tx:
            known = await found(tx, number)
            await broadcasts.save(tx, replace(known, shown_in=None))

    async def _let_go(self, asked: Broadcast) -> int:
        """Give a draft back to its author when nobody has agreed for a day."""
        now = self._clock.now()
        if asked.starts_at is None or now - asked.starts_at < _ASKED_LASTS:
            return 0
        async with self._store.write() as tx:
            known = await found(tx, asked.number)
            if known.state is State.ASKED:
                await broadcasts.save(tx, replace(known, state=State.DRAFT, starts_at=None))
        return 1

    async def _begin(self, waiting: Broadcast) -> int:
        now = self._clock.now()
        if waiting.starts_at is None or waiting.starts_at > now or self._is_night():
            return 0
        if await self._orphaned(waiting):
            return await self._give_up(waiting.number)
        async with self._store.write() as tx:
            known = await found(tx, waiting.number)
            if known.state is not State.WAITING:
                return 0
            author = await staff.of(tx, known.author) if known.author else None
            planned = known.reached_by(await audiences.counted(tx, known.audience))
            begun = replace(known, state=State.SENDING, planned=planned)
            await broadcasts.save(tx, begun)
            await note(tx, begun, "broadcast.sent", now=now, by=author, people=planned)
            return 1

    async def _go_on(self, sending: Broadcast) -> int:
        """Keep so many messages in the outbox as leave in the next seconds."""
        if await self._orphaned(sending):
            return await self._give_up(sending.number)
        if sending.expanded_at is not None:
            return await self._close(sending)
        if self._is_night():
            return 0
        async with self._store.read() as tx:
            counts = await outbox.counts(tx, key_prefix=broadcasts.key(sending.number))
        room = min(self._ahead - counts.get("queued", 0), self._at_once)
        written = 0
        while written < room:
            more = await self._expand(sending.number)
            written += more
            if more < BATCH:
                break
        return written

    async def _orphaned(self, sending: Broadcast) -> bool:
        """Tell whether its author no longer belongs to the team: a stolen phone stops here."""
        async with self._store.read() as tx:
            return not sending.author or await staff.of(tx, sending.author) is None

    async def _give_up(self, number: int) -> int:
        now = self._clock.now()
        async with self._store.write() as tx:
            known = await found(tx, number)
            if known.state in {State.WAITING, State.SENDING}:
                await outbox.cancel(tx, broadcasts.key(number), now=now)
                await broadcasts.save(tx, replace(known, state=State.STOPPED))
                await note(tx, known, "broadcast.stopped", now=now, by=None)
        return 1

    async def _expand(self, number: int) -> int:
        """Write the next recipients into the outbox in one transaction; return how many."""
        async with self._store.write() as tx:
            known = await found(tx, number)
            if known.state is not State.SENDING or known.expanded_at is not None:
                return 0
            people = await audiences.after(
                tx, known.audience, languages=known.reaches, cursor=known.cursor, limit=BATCH
            )
            await self._post(tx, known, people)
            through = self._clock.now() if len(people) < BATCH else None
            cursor = people[-1].contact_id if people else known.cursor
            await broadcasts.save(tx, replace(known, cursor=cursor, expanded_at=through))
            return len(people)

    async def _post(self, tx: Tx, known: Broadcast, people: list[audiences.Recipient]) -> None:
        letter = letter_of(known, self._town.current, self._directory.current())
        now, key = self._clock.now(), broadcasts.key(known.number)
        for language in sorted({each.language for each in people}):
            message = wording.delivered(voice(language), letter)
            readers = [each.contact_id for each in people if each.language == language]
            await mailings.post(tx, readers, message, key=key, kind="broadcast", now=now)

    async def _close(self, ending: Broadcast) -> int:
        """Keep how it went, once its last message has come to an end."""
        async with self._store.read() as tx:
            counts = await outbox.counts(tx, key_prefix=broadcasts.key(ending.number))
        if counts.get("queued") or counts.get("sending"):
            return 0
        async with self._store.write() as tx:
            known = await found(tx, ending.number)
            if known.state is not ending.state:
                return 0
            state = State.DONE if known.state is State.SENDING else known.state
            closed = replace(known, state=state, finished_at=self._clock.now())
            closed = replace(closed, outcome=counts or {"sent": 0})
            await broadcasts.save(tx, closed)
            if state is State.DONE and known.send_at is not None and known.author:
                await self._tell_end(tx, closed, known.author)
        return 1

    async def _tell_end(self, tx: Tx, done: Broadcast, author: str) -> None:
        """Bring the outcome of a scheduled announcement: nobody looks at the old message any more."""
        reader = await residents.find(tx, author)
        if reader is not None:
            message = phrases.progress(voice(reader.language), Course(done, done.outcome))
            now = self._clock.now()
            await notices.queue(tx, author, message, key=f"b-done:{done.number}", now=now)

    def _is_night(self) -> bool:
        town = self._town.current
        return is_quiet(self._clock.local().time(), start=town.quiet_from, end=town.quiet_to)


async def _report(tx: Tx, known: Broadcast) -> Report | None:
    author = await residents.find(tx, known.author) if known.author else None
    chat = await contacts.telegram_id(tx, known.author) if known.author else None
    if author is None or chat is None or known.shown_in is None:
        return None
    return Report(await course_of(tx, known), author.language, chat, known.shown_in)
