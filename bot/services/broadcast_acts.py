"""Acts on an announcement: set it off, agree as a second person, undo, pause, resume, stop."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.broadcasts import (
    UNDO,
    AloneError,
    Broadcast,
    Course,
    NotReadyError,
    Plan,
    SpentError,
    State,
)
from bot.domain.causes import Cause
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.i18n import voice
from bot.phrases import broadcast_runs as phrases
from bot.services import notices
from bot.services.broadcast_access import course_of, found, member_of_team, note, under_control
from bot.services.broadcasts import Broadcasts
from bot.services.town import TownSettings
from storage import broadcasts, mailings, outbox, residents, staff
from storage.store import Store, Tx

_DAY = timedelta(days=1)


class BroadcastActs:
    """What its author and coordinators may do with it; role, state and version are looked at again."""

    def __init__(
        self, store: Store, clock: Clock, *, town: TownSettings, drafts: Broadcasts
    ) -> None:
        """Work on `store` by `clock`; what a draft would do is known by `drafts`."""
        self._store = store
        self._clock = clock
        self._town = town
        self._drafts = drafts

    async def send(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        version: str,
        again: bool,
        shown_in: int | None,
    ) -> Plan:
        """Set a draft on its way, a minute from now or at its time; return what was decided.

        The same words within a day come back undone (`repeats`) unless `again` says so; too many
        people wait for a second person (`needs_second`).
        """
        async with self._store.write(cause) as tx:
            member = await member_of_team(tx, resident)
            draft = await found(tx, number)
            if draft.author != member.contact_id or draft.state is not State.DRAFT:
                raise OutdatedError
            plan = await self._drafts.planned(tx, member, draft)
            await self._may(tx, member, plan, version=version)
            if plan.repeats and not again:
                return plan
            set_off = await self._set_off(tx, member, plan, shown_in=shown_in)
            return replace(plan, broadcast=set_off, repeats=None)

    async def second(
        self, cause: Cause, resident: Resident, number: int, *, version: str, agreed: bool
    ) -> Broadcast:
        """Let a second coordinator agree, or send it back to its author as a draft."""
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            member = await member_of_team(tx, resident, Role.COORDINATOR)
            asked = await found(tx, number)
            if asked.state is not State.ASKED or asked.version != version or not asked.author:
                raise OutdatedError
            if asked.author == member.contact_id:
                raise NotAllowedError
            demand(await staff.of(tx, asked.author), Role.ANIMATOR)
            if agreed:
                state, action = State.WAITING, "broadcast.seconded"
                starts_at = self._start(asked, now)
            else:
                state, action, starts_at = State.DRAFT, "broadcast.refused", None
            decided = replace(
                asked, state=state, seconded_by=member.contact_id, starts_at=starts_at
            )
            await broadcasts.save(tx, decided)
            await note(tx, decided, action, now=now, by=member, about=asked.author)
            await self._tell(tx, asked.author, decided, cause=cause)
            return decided

    async def undo(self, cause: Cause, resident: Resident, number: int) -> Broadcast:
        """Take an announcement back before anybody has got it: it is a draft again."""
        async with self._store.write(cause) as tx:
            member, known = await under_control(tx, resident, number)
            if known.state not in {State.WAITING, State.ASKED}:
                raise OutdatedError
            back = replace(known, state=State.DRAFT, starts_at=None, shown_in=None)
            await self._keep(tx, back, "broadcast.undone", by=member)
            return back

    async def pause(self, cause: Cause, resident: Resident, number: int) -> Course:
        """Hold back what has not left yet."""
        async with self._store.write(cause) as tx:
            member, known = await under_control(tx, resident, number)
            if known.state is not State.SENDING:
                raise OutdatedError
            await mailings.hold(tx, broadcasts.key(number))
            paused = replace(known, state=State.PAUSED)
            return await self._keep(tx, paused, "broadcast.paused", by=member)

    async def resume(self, cause: Cause, resident: Resident, number: int) -> Course:
        """Go on where it was paused."""
        async with self._store.write(cause) as tx:
            member, known = await under_control(tx, resident, number)
            if known.state is not State.PAUSED:
                raise OutdatedError
            await mailings.release(tx, broadcasts.key(number), now=self._clock.now())
            resumed = replace(known, state=State.SENDING)
            return await self._keep(tx, resumed, "broadcast.resumed", by=member)

    async def stop(self, cause: Cause, resident: Resident, number: int) -> Course:
        """End it: who has not got it will not get it."""
        async with self._store.write(cause) as tx:
            member, known = await under_control(tx, resident, number)
            if known.state not in {State.SENDING, State.PAUSED}:
                raise OutdatedError
            await outbox.cancel(tx, broadcasts.key(number), now=self._clock.now())
            stopped = replace(known, state=State.STOPPED)
            return await self._keep(tx, stopped, "broadcast.stopped", by=member)

    async def _keep(self, tx: Tx, changed: Broadcast, action: str, *, by: Staff) -> Course:
        await broadcasts.save(tx, changed)
        course = await course_of(tx, changed)
        now = self._clock.now()
        await note(tx, changed, action, now=now, by=by, delivered=course.delivered)
        return course

    async def _may(self, tx: Tx, member: Staff, plan: Plan, *, version: str) -> None:
        """Raise what keeps this plan from being carried out."""
        draft = plan.broadcast
        if draft.version != version:
            raise OutdatedError
        if not draft.text or draft.undecided or not plan.people:
            raise NotReadyError
        rules = self._town.current.broadcasts
        coordinates = member.role is Role.COORDINATOR
        most = rules.coordinator_per_day if coordinates else rules.animator_per_day
        since = self._clock.now() - _DAY
        if await broadcasts.sent_by(tx, member.contact_id, since=since) >= most:
            raise SpentError(most)
        if plan.needs_second and not await _seconders(tx, member):
            raise AloneError

    async def _set_off(
        self, tx: Tx, member: Staff, plan: Plan, *, shown_in: int | None
    ) -> Broadcast:
        now, draft, asks = self._clock.now(), plan.broadcast, plan.needs_second
        set_off = replace(
            draft,
            state=State.ASKED if asks else State.WAITING,
            starts_at=now if asks else self._start(draft, now),
            planned=plan.people,
            shown_in=shown_in,
        )
        await self._keep(tx, set_off, "broadcast.set_off", by=member)
        if asks:
            await self._ask_second(tx, member, set_off)
        return set_off

    def _start(self, draft: Broadcast, now: datetime) -> datetime:
        """Return when it goes: at its time, a minute from now at the earliest, never at night."""
        return self._drafts.after_quiet(max(draft.send_at or now, now + UNDO))

    async def _ask_second(self, tx: Tx, member: Staff, asked: Broadcast) -> None:
        now = self._clock.now()
        for other in await _seconders(tx, member):
            reader = await residents.find(tx, other.contact_id)
            if reader is None:
                continue
            message = phrases.please_second(voice(reader.language), asked)
            key = f"b-second:{asked.number}:{now:%Y%m%d%H%M%S}:{other.contact_id}"
            await notices.queue(tx, other.contact_id, message, key=key, now=now)

    async def _tell(self, tx: Tx, author: str, decided: Broadcast, *, cause: Cause) -> None:
        reader = await residents.find(tx, author)
        if reader is None:
            return
        starts = decided.starts_at.astimezone(self._clock.zone) if decided.starts_at else None
        message = phrases.seconded(voice(reader.language), decided, starts)
        key = f"b-seconded:{decided.number}:{cause.update_id}"
        await notices.queue(tx, author, message, key=key, now=self._clock.now())


async def _seconders(tx: Tx, member: Staff) -> list[Staff]:
    """Return who may agree besides whoever asks: the other coordinators."""
    team = await staff.everyone(tx)
    others = [each for each in team if each.contact_id != member.contact_id]
    return [each for each in others if each.role is Role.COORDINATOR]
