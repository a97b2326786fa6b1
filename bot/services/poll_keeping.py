"""Holding a poll: writing, opening, closing and telling the result to everybody who took part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError
from bot.domain.localized import Localized
from bot.domain.poll_templates import Template
from bot.domain.polls import (
    MOST_OPTIONS,
    CountError,
    Lack,
    LackingError,
    Option,
    Poll,
    PollState,
    Standing,
    Terms,
    lacking,
)
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.i18n import voice
from bot.phrases import poll_results
from bot.services import notices
from bot.services.poll_access import found, held, member
from bot.services.poll_telling import tell_result
from storage import ballots, gatherings, polls
from storage.store import Store, Tx

PAGE = 6
NAMES_KEPT = timedelta(days=30)
"""How long the team sees who chose what in a named poll, once it is closed."""

_MORNING = time(8)


class PollKeeping:
    """What animators do with polls; only for members of the team, each call looks again."""

    def __init__(self, store: Store, clock: Clock, *, templates: Sequence[Template] = ()) -> None:
        self._store = store
        self._clock = clock
        self.templates = tuple(templates)

    def local(self, moment: datetime | None) -> datetime | None:
        """Return a moment by the town's clocks; None stays None."""
        return moment.astimezone(self._clock.zone) if moment else None

    def lacks(self, poll: Poll) -> tuple[Lack, ...]:
        """Return what keeps a draft from being opened."""
        return lacking(poll, poll.opens_at or self._clock.now())

    async def draft(
        self,
        cause: Cause,
        resident: Resident,
        *,
        question: Localized,
        options: Sequence[Option] = (),
        terms: Terms | None = None,
    ) -> int:
        """Begin a poll, for the animator's centre, and return its number."""
        async with self._store.write(cause) as tx:
            me = await member(tx, resident)
            begun = Poll(
                number=0,
                question=question,
                options=tuple(options[:MOST_OPTIONS]),
                terms=terms or Terms(),
                state=PollState.DRAFT,
                centre=me.centre,
                created_by=me.contact_id,
            )
            return await polls.add(tx, begun, now=self._clock.now())

    async def look(self, resident: Resident, number: int) -> Poll:
        """Return a poll for who may hold it."""
        async with self._store.read() as tx:
            return await held(tx, resident, number)

    async def mine(
        self, resident: Resident, *, closed: bool, page: int = 0
    ) -> tuple[Sequence[Poll], bool]:
        """Return a page of the polls somebody may hold, the newest first, and whether there are more."""
        states = [PollState.CLOSED] if closed else [PollState.DRAFT, PollState.OPEN]
        async with self._store.read() as tx:
            me = await member(tx, resident)
            centre = None if me.role is Role.COORDINATOR else me.centre
            shown = await polls.latest(
                tx, states=states, centre=centre, limit=PAGE + 1, offset=page * PAGE
            )
        return shown[:PAGE], len(shown) > PAGE

    async def change(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        question: Localized | None = None,
        terms: Terms | None = None,
    ) -> Poll:
        """Change question or terms of a draft; once it is open, what was asked stays (OutdatedError)."""
        async with self._store.write(cause) as tx:
            poll = await self._draft(tx, resident, number)
            changed = replace(poll, question=question or poll.question, terms=terms or poll.terms)
            await polls.save(tx, changed)
        return changed

    async def schedule(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        opens_at: datetime | None,
        closes_at: datetime | None,
    ) -> Poll:
        """Set when a draft opens by itself and when it closes; None means by hand.

        A draft that lacks something when its moment comes stays closed until it is whole.
        """
        async with self._store.write(cause) as tx:
            poll = await self._draft(tx, resident, number)
            changed = replace(poll, opens_at=opens_at, closes_at=closes_at)
            await polls.save(tx, changed)
        return changed

    def morning(self, days: int) -> datetime:
        """Return eight o'clock in the morning in so many days, by the town's clocks."""
        day = self._clock.local().date() + timedelta(days=days)
        return datetime.combine(day, _MORNING, tzinfo=self._clock.zone).astimezone(UTC)

    def later(self, hours: int, *, than: datetime | None) -> datetime:
        """Return the moment so many hours after `than`, or after now."""
        return (than or self._clock.now()) + timedelta(hours=hours)

    async def word(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        language: str,
        texts: Sequence[str],
    ) -> Poll:
        """Set question and answers in one language, in the order shown; dates have no words.

        CountError if there are more or fewer texts than words to set.
        """
        async with self._store.write(cause) as tx:
            poll = await self._draft(tx, resident, number)
            worded = [each for each in poll.offered if each.starts is None]
            if len(texts) != len(worded) + 1:
                raise CountError(len(worded) + 1)
            question = Localized({**poll.question, language: texts[0]})
            await polls.save(tx, replace(poll, question=question))
            for each, text in zip(worded, texts[1:], strict=True):
                both = Localized({**each.text, language: text})
                await polls.settle_option(tx, number, each.id, standing=each.standing, text=both)
            return await found(tx, number)

    async def add_options(
        self, cause: Cause, resident: Resident, number: int, options: Sequence[Option]
    ) -> Poll:
        """Add options to a draft, as many as there is room for."""
        async with self._store.write(cause) as tx:
            poll = await self._draft(tx, resident, number)
            for option in options[: MOST_OPTIONS - len(poll.options)]:
                await polls.add_option(tx, number, option)
            return await found(tx, number)

    async def drop_option(self, cause: Cause, resident: Resident, number: int, option: int) -> Poll:
        """Take an option out of a draft."""
        async with self._store.write(cause) as tx:
            await self._draft(tx, resident, number)
            await polls.drop_option(tx, number, option)
            return await found(tx, number)

    async def settle(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        option: int,
        *,
        offered: bool,
        text: Localized | None = None,
    ) -> Poll:
        """Offer or refuse what a resident proposed, and give it words in both languages."""
        standing = Standing.OFFERED if offered else Standing.REFUSED
        async with self._store.write(cause) as tx:
            poll = await held(tx, resident, number)
            waits = poll.option(option)
            if poll.state is PollState.CLOSED or waits is None:
                raise OutdatedError
            if waits.standing is Standing.OFFERED and not offered:
                raise OutdatedError  # it may have votes
            await polls.settle_option(tx, number, option, standing=standing, text=text)
            return await found(tx, number)

    async def open(self, cause: Cause, resident: Resident, number: int) -> Poll:
        """Open a draft now; LackingError says what it lacks."""
        async with self._store.write(cause) as tx:
            return await self._open(tx, await self._draft(tx, resident, number))

    async def close(self, cause: Cause, resident: Resident, number: int) -> Poll:
        """Close an open poll: its key is destroyed, and everybody who took part hears the result."""
        async with self._store.write(cause) as tx:
            poll = await held(tx, resident, number)
            if poll.state is not PollState.OPEN:
                raise OutdatedError
            return await self._close(tx, poll)

    async def discard(self, cause: Cause, resident: Resident, number: int) -> None:
        """Forget a draft."""
        async with self._store.write(cause) as tx:
            await self._draft(tx, resident, number)
            await polls.drop(tx, number)

    async def due(self) -> int:
        """Open and close what is due and send results; return how much there was to do (a tick)."""
        now = self._clock.now()
        async with self._store.read() as tx:
            opening, closing = await polls.to_open(tx, now), await polls.to_close(tx, now)
            telling = await polls.untold(tx)
        for number in opening:
            async with self._store.write() as tx:
                poll = await polls.get(tx, number)
                if poll and poll.state is PollState.DRAFT and not lacking(poll, now):
                    await self._open(tx, poll)
        for number in closing:
            async with self._store.write() as tx:
                poll = await polls.get(tx, number)
                if poll and poll.state is PollState.OPEN:
                    await self._close(tx, poll)
        told = [
            await tell_result(self._store, self._clock, number) for number in (*telling, *closing)
        ]
        return len(opening) + len(closing) + sum(told)

    async def forget_names(self) -> int:
        """Forget who chose what in named polls closed 30 days ago (a tick)."""
        async with self._store.write() as tx:
            return await ballots.forget_names(tx, self._clock.now() - NAMES_KEPT)

    async def _draft(self, tx: Tx, resident: Resident, number: int) -> Poll:
        poll = await held(tx, resident, number)
        if poll.state is not PollState.DRAFT:
            raise OutdatedError
        return poll

    async def _open(self, tx: Tx, poll: Poll) -> Poll:
        now = self._clock.now()
        _refuse_lacking(poll, now)
        opened = replace(poll, state=PollState.OPEN, opens_at=now)
        await polls.save(tx, opened)
        await ballots.make_key(tx, poll.number)
        if poll.terms.session is not None:
            await self._bring(tx, opened, poll.terms.session)
        return opened

    async def _bring(self, tx: Tx, poll: Poll, session: int) -> None:
        """Bring a poll to everybody who is at its session."""
        for person in await gatherings.members(tx, session):
            if person.reachable:
                message = poll_results.opened(voice(person.language), poll)
                key = f"p:{poll.number}:open:{person.contact_id}"
                now = self._clock.now()
                await notices.queue(tx, person.contact_id, message, key=key, now=now)

    async def _close(self, tx: Tx, poll: Poll) -> Poll:
        now = self._clock.now()
        closed = replace(poll, state=PollState.CLOSED, closed_at=now)
        await polls.save(tx, closed)
        await ballots.destroy_key(tx, poll.number)
        return closed


def _refuse_lacking(poll: Poll, now: datetime) -> None:
    lacks = lacking(poll, now)
    if lacks:
        raise LackingError(lacks)
