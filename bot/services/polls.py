"""Polls: written once in both languages, answered by each in their own, counted exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.ballots import Choice, change, checked
from bot.domain.causes import Cause
from bot.domain.disclosure import Snapshot
from bot.domain.errors import OutdatedError
from bot.domain.localized import Localized
from bot.domain.poll_views import Counted, Seen, seen
from bot.domain.polls import (
    Additions,
    ChoiceError,
    NotInvitedError,
    Option,
    Poll,
    PollState,
    Standing,
    may_add,
    may_vote,
)
from bot.domain.residents import Resident
from bot.services.poll_access import found, held
from storage import ballots, gatherings, polls
from storage.store import Store, Tx

RUNNING = 20
"""As many open polls as are looked through for one resident."""

SOURCES = ("hands", "paper")
"""Where votes come from that were not given to the bot."""


class Polls:
    """Voting and looking; who holds a poll works with `PollKeeping`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def local(self, moment: datetime | None) -> datetime | None:
        """Return a moment by the town's clocks; None stays None."""
        return moment.astimezone(self._clock.zone) if moment else None

    def takes_options(self, poll: Poll) -> bool:
        """Tell whether a resident may add an option now."""
        return may_add(poll, self._clock.now())

    async def vote(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        choice: Choice,
        *,
        name: str | None = None,
    ) -> Seen:
        """Count somebody's choice in place of any earlier one, and return the poll as they see it.

        `name` is what they are called in a named poll. OutdatedError once it is closed, NotInvitedError,
        ChoiceError if the choice breaks the poll's rule; then nothing counts.
        """
        async with self._store.write(cause) as tx:
            poll = await found(tx, number)
            if not poll.is_open(self._clock.now()):
                raise OutdatedError
            if not await self._asked(tx, poll, resident):
                raise NotInvitedError
            kept = checked(poll, choice)
            poll = await self._count(tx, poll, resident, kept, name=name)
            counted = await self._counted(tx, poll)
        return seen(poll, counted, mine=kept, voted=True)

    async def see(self, resident: Resident, number: int) -> Seen:
        """Return a poll as the resident sees it; OutdatedError if there is none or it is not open yet."""
        async with self._store.read() as tx:
            poll = await found(tx, number)
            if poll.state is PollState.DRAFT:
                raise OutdatedError
            return await self._seen(tx, poll, resident)

    async def shown(self, number: int) -> Seen:
        """Return a poll as somebody sees it who has not voted: for the wall."""
        async with self._store.read() as tx:
            poll = await found(tx, number)
            return seen(poll, await self._counted(tx, poll), mine=None, voted=False)

    async def running(self, resident: Resident) -> Sequence[Seen]:
        """Return the open polls that ask the resident, the newest first."""
        now = self._clock.now()
        async with self._store.read() as tx:
            asked = [
                each
                for each in await polls.running(tx, limit=RUNNING)
                if each.is_open(now) and await self._asked(tx, each, resident)
            ]
            return [await self._seen(tx, each, resident) for each in asked]

    async def propose(
        self, cause: Cause, resident: Resident, number: int, text: str
    ) -> tuple[Poll, Standing]:
        """Add a resident's option in their language, at once or once the team has looked at it.

        Nobody keeps who proposed it. OutdatedError where the poll takes no (more) options.
        """
        async with self._store.write(cause) as tx:
            poll = await found(tx, number)
            if not may_add(poll, self._clock.now()):
                raise OutdatedError
            free = poll.terms.additions is Additions.FREE
            standing = Standing.OFFERED if free else Standing.WAITING
            words = Localized({resident.language: text})
            if any(
                text.casefold() in map(str.casefold, each.text.values()) for each in poll.options
            ):
                raise ChoiceError
            await polls.add_option(tx, number, Option(0, words, standing=standing))
            return await found(tx, number), standing

    async def room(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        source: str,
        amounts: Mapping[int, int],
    ) -> Seen:
        """Keep what was counted in the room, in place of what the same source said before (staff)."""
        async with self._store.write(cause) as tx:
            poll = await held(tx, resident, number)
            known = {0, *(each.id for each in poll.offered)}
            sound = source in SOURCES and all(amount >= 0 for amount in amounts.values())
            if not sound or not known.issuperset(amounts):
                raise ChoiceError
            await ballots.set_room(tx, number, source, amounts, by=resident.contact_id)
            return await self._seen(tx, poll, resident)

    async def names(self, resident: Resident, number: int) -> Sequence[tuple[str, Choice]]:
        """Return who chose what in a named poll, for the team that holds it."""
        async with self._store.read() as tx:
            await held(tx, resident, number)
            return await ballots.names(tx, number)

    @staticmethod
    async def _asked(tx: Tx, poll: Poll, resident: Resident) -> bool:
        sessions: list[int] = []
        if poll.terms.session is not None:
            sessions = await gatherings.joined(tx, resident.contact_id)
        return may_vote(poll, neighbourhood=resident.neighbourhood, sessions=sessions)

    async def _count(
        self, tx: Tx, poll: Poll, resident: Resident, choice: Choice, *, name: str | None
    ) -> Poll:
        me, number = resident.contact_id, poll.number
        who = await ballots.voter(tx, number, me)
        old = await ballots.get(tx, number, who)
        contact, called = (None, None) if poll.secret else (me, name)
        await ballots.put(tx, number, who, choice, contact_id=contact, name=called)
        await ballots.add_up(tx, number, change(poll, old=old, new=choice))
        if old is not None:
            return poll
        await ballots.took_part(tx, number, me)
        poll = replace(poll, votes=await polls.count_vote(tx, number))
        if poll.secret:
            await self._disclose(tx, poll)
        return poll

    @staticmethod
    async def _disclose(tx: Tx, poll: Poll) -> None:
        so_far = await polls.disclosure(tx, poll.number)
        if so_far.wants(poll.votes):
            snapshot = Snapshot(poll.votes, await ballots.tally(tx, poll.number))
            await polls.disclose(tx, poll.number, so_far.after(snapshot))

    async def _seen(self, tx: Tx, poll: Poll, resident: Resident) -> Seen:
        who = await ballots.voter(tx, poll.number, resident.contact_id)
        mine = await ballots.get(tx, poll.number, who) if who else None
        voted = mine is not None or await ballots.has_voted(tx, poll.number, resident.contact_id)
        return seen(poll, await self._counted(tx, poll), mine=mine, voted=voted)

    @staticmethod
    async def _counted(tx: Tx, poll: Poll) -> Counted:
        number = poll.number
        return Counted(
            await ballots.tally(tx, number),
            await ballots.room(tx, number),
            await polls.disclosure(tx, number),
        )
