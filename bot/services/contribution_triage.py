"""The team's desk: what came in, who is responsible, by when; nothing said here leaves the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.clock import Clock
from bot.domain.anonymity import events_seen_by_team, seen_by_team
from bot.domain.causes import Cause
from bot.domain.contribution_dates import due
from bot.domain.contribution_errors import UnlinkableError
from bot.domain.contribution_lists import Filters, InboxPage, Morning
from bot.domain.contribution_states import State
from bot.domain.contributions import (
    Contribution,
    Draft,
    Event,
    Kind,
    Limit,
    NameLevel,
    Origin,
    Priority,
)
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.domain.sending import checked, files_of, new_contribution
from bot.i18n import voice
from bot.phrases import contributions as phrases
from bot.services import notices
from bot.services.contribution_access import handled, member_of_team
from bot.services.dialogues import forget_entry_in
from bot.services.town import TownSettings
from bot.text import clean, one_line
from storage import (
    attachments,
    contribution_events,
    contribution_lists,
    contributions,
    residents,
    sender_limits,
    staff,
)
from storage.store import Store, Tx

PAGE = 5
"""Contributions on one page of the inbox."""


class Triage:
    """What animators and coordinators do with what came in; every role is checked against the table."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._town = town

    async def inbox(self, resident: Resident, filters: Filters, page: int = 0) -> InboxPage:
        """Return one page of the inbox; critical ones are listed for coordinators only."""
        async with self._store.read() as tx:
            member = await member_of_team(tx, resident)
            return await self._page(tx, member, filters, page=page)

    async def open(self, cause: Cause, resident: Resident, number: int) -> Contribution:
        """Return a contribution for the team and note that it has been read."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.state is not State.RECEIVED:
                return seen_by_team(found)
            read = replace(found, state=State.READ)
            await contributions.save(tx, read)
            await self._note(tx, found, "read", resident, new=State.READ)
        return seen_by_team(read)

    async def look(self, resident: Resident, number: int) -> Contribution:
        """Return a contribution for the team without leaving a mark."""
        async with self._store.read() as tx:
            return seen_by_team(await handled(tx, resident, number))

    async def events(self, resident: Resident, number: int) -> Sequence[Event]:
        """Return all that happened to it, the oldest first; residents in it are named by nobody."""
        async with self._store.read() as tx:
            found = await handled(tx, resident, number)
            team = frozenset(member.contact_id for member in await staff.everyone(tx))
            return events_seen_by_team(found, await contribution_events.of(tx, [number]), team)

    async def assign(
        self, cause: Cause, resident: Resident, number: int, *, to: str | None
    ) -> Contribution:
        """Make somebody of the team responsible, or nobody; whoever it is hears of it."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if to is not None:
                member = await staff.of(tx, to)
                demand(member, Role.COORDINATOR if found.critical else Role.ANIMATOR)
            changed = await self._change(
                tx, found, replace(found, assignee=to), "assigned", resident
            )
            if to not in {None, resident.contact_id, found.assignee}:
                await self._tell_assignee(tx, changed, cause)
        return seen_by_team(changed)

    async def note(self, cause: Cause, resident: Resident, number: int, *, text: str) -> None:
        """Write something down for the team alone."""
        words = clean(text)
        if not words:
            raise OutdatedError
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            await self._note(tx, found, "note", resident, private=words)

    async def prioritise(
        self, cause: Cause, resident: Resident, number: int, *, high: bool
    ) -> Contribution:
        """Move it up in the inbox, or back."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            changed = replace(found, priority=Priority.HIGH if high else Priority.NORMAL)
            return seen_by_team(await self._change(tx, found, changed, "priority", resident))

    async def mark(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        urgent: bool | None = None,
        critical: bool | None = None,
    ) -> Contribution:
        """Let a coordinator mark it urgent (first in the inbox) or critical (theirs alone, off the board)."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number, Role.COORDINATOR)
            changed = replace(
                found,
                urgent=found.urgent if urgent is None else urgent,
                critical=found.critical if critical is None else critical,
                public=found.public and not critical,
            )
            return seen_by_team(await self._change(tx, found, changed, "marked", resident))

    async def classify(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        kind: Kind | None = None,
        category: str | None = None,
        neighbourhood: str | None = None,
    ) -> Contribution:
        """Correct kind, theme or neighbourhood; None leaves it, "" empties it. An observation stays one."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            new_kind = kind or found.kind
            if (new_kind is Kind.OBSERVATION) != (found.kind is Kind.OBSERVATION):
                raise OutdatedError
            changed = replace(
                found,
                kind=new_kind,
                category=_chosen(category, found.category),
                neighbourhood=_chosen(neighbourhood, found.neighbourhood),
            )
            return seen_by_team(await self._change(tx, found, changed, "classified", resident))

    async def promise(
        self, cause: Cause, resident: Resident, number: int, *, by: datetime | None
    ) -> Contribution:
        """Note until when somebody has been promised news, or that nothing is promised."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if not found.waits:
                raise OutdatedError
            changed = replace(found, promised_at=by)
            return seen_by_team(await self._change(tx, found, changed, "promised", resident))

    async def enter_on_behalf(
        self, cause: Cause, resident: Resident, draft: Draft, *, origin: Origin
    ) -> int:
        """Enter what came on paper, by phone or at the counter, or the team's own observation.

        It has no author; whoever brought it is told as they asked to be, outside the bot.
        """
        observation = draft.kind is Kind.OBSERVATION
        if origin in {Origin.BOT, Origin.SESSION} or observation != (origin is Origin.TEAM):
            raise NotAllowedError
        ready = checked(replace(draft, level=NameLevel.HIDDEN, wants_reply=False))
        now = self._clock.now()
        new = new_contribution(ready, language=ready.language or resident.language, now=now)
        deadline = due(new.kind, new.category, now=now, days=self._town.current.answer_within)
        me = resident.contact_id
        async with self._store.write(cause) as tx:
            await member_of_team(tx, resident)
            new = replace(
                new, origin=origin, entered_by=me, state=State.READ, assignee=None, due_at=deadline
            )
            number = await contributions.add(tx, new)
            await self._note(tx, replace(new, number=number), "entered", resident)
            await attachments.want(tx, number, files_of(ready), author=me, now=now)
            await forget_entry_in(tx, me, now=now)
        return number

    async def limit(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        until: datetime | None,
        reason: str,
    ) -> None:
        """Let a coordinator ask the author of a contribution to pause, without learning who it is."""
        async with self._store.write(cause) as tx:
            author = await self._author(tx, resident, number)
            limit = Limit(until, one_line(reason, limit=300))
            await sender_limits.put(
                tx, author, limit, by=resident.contact_id, now=self._clock.now()
            )
            found = await handled(tx, resident, number)
            await self._note(tx, found, "limited", resident, private=limit.reason)

    async def unlimit(self, cause: Cause, resident: Resident, number: int) -> None:
        """Let the author bring things again."""
        async with self._store.write(cause) as tx:
            author = await self._author(tx, resident, number)
            if not await sender_limits.lift(tx, author):
                raise OutdatedError
            await self._note(tx, await handled(tx, resident, number), "unlimited", resident)

    async def limited(self, resident: Resident, number: int) -> Limit | None:
        """Return the pause its author has been asked for, if any."""
        async with self._store.read() as tx:
            author = await self._author(tx, resident, number)
            return await sender_limits.of(tx, author, self._clock.now())

    async def team(self, resident: Resident) -> Sequence[Staff]:
        """Return who may be made responsible."""
        async with self._store.read() as tx:
            await member_of_team(tx, resident)
            return await staff.everyone(tx)

    async def morning(self, resident: Resident) -> Morning:
        """Return the morning list: new, overdue, promised, decided but untold, untranslated."""
        lists = (
            Filters(states=(State.RECEIVED,)),
            Filters(overdue=True),
            Filters(promised=True),
            Filters(untold=True, open_only=False),
            Filters(untranslated=True, open_only=False),
        )
        async with self._store.read() as tx:
            member = await member_of_team(tx, resident)
            return Morning(*[await self._page(tx, member, each, page=0) for each in lists])

    async def _page(self, tx: Tx, member: Staff, filters: Filters, *, page: int) -> InboxPage:
        wanted = replace(filters, coordinator=member.role is Role.COORDINATOR)
        found = await contribution_lists.inbox(
            tx, wanted, now=self._clock.now(), limit=PAGE, offset=max(0, page) * PAGE
        )
        return replace(found, items=[seen_by_team(each) for each in found.items])

    async def _change(
        self, tx: Tx, old: Contribution, new: Contribution, kind: str, by: Resident
    ) -> Contribution:
        if new != old:
            await contributions.save(tx, new)
            await self._note(tx, new, kind, by)
        return new

    async def _note(
        self,
        tx: Tx,
        found: Contribution,
        kind: str,
        by: Resident,
        *,
        new: State | None = None,
        private: str = "",
    ) -> None:
        await contribution_events.add(
            tx,
            found.number,
            kind,
            at=self._clock.now(),
            by=by.contact_id,
            old=found.state if new else None,
            new=new,
            private_note=private,
        )

    async def _author(self, tx: Tx, resident: Resident, number: int) -> str:
        found = await handled(tx, resident, number, Role.COORDINATOR)
        if found.author is None:
            raise UnlinkableError(())
        return found.author

    async def _tell_assignee(self, tx: Tx, found: Contribution, cause: Cause) -> None:
        member = await residents.find(tx, found.assignee) if found.assignee else None
        if member is not None:
            message = phrases.assigned(voice(member.language), found)
            key = f"c:{found.number}:assigned:{cause.update_id}"
            await notices.queue(tx, member.contact_id, message, key=key, now=self._clock.now())


def _chosen(value: str | None, before: str | None) -> str | None:
    return before if value is None else value or None
