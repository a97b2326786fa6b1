"""Reminders of what people have registered for: planned with the place, sent once, changed with one tap."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain import courtesy
from bot.domain.causes import Cause
from bot.domain.pacing import Lane
from bot.domain.registrations import Registration, State
from bot.domain.reminding import Choice, Kind, Planned, next_of_each_kind
from bot.domain.residents import Resident
from bot.domain.sittings import Seat, Sitting
from bot.phrases import reminding as phrases
from bot.services.registration_notices import Notice, Telling
from bot.services.sittings import Sittings
from storage import outbox, registrations, reminders, residents
from storage.reminders import Due, Manners
from storage.store import Store, Tx

_AT_ONCE = 100
"""Reminders written in one transaction."""

_MINE = 30


class OwnReminders:
    """What is due is a question to the table; each row then moves on to the date after."""

    def __init__(self, store: Store, clock: Clock, *, sittings: Sittings, telling: Telling) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._sittings = sittings
        self._telling = telling

    async def plan(self, tx: Tx, registration: Registration, what: Sitting) -> tuple[Kind, ...]:
        """Plan the next reminders of a registration anew; return the kinds that will come."""
        planned = self._planned(await self._choice(tx, registration), what)
        await reminders.plan(tx, registration.number, planned.values())
        return tuple(planned)

    async def choice(self, resident: Resident) -> Choice:
        """Return which reminders somebody wants."""
        async with self._store.read() as tx:
            return (await reminders.manners(tx, resident.contact_id)).choice

    async def choose(self, cause: Cause, resident: Resident, choice: Choice) -> None:
        """Send these reminders from now on, for all that somebody has registered for."""
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            mine = await registrations.of(tx, resident.contact_id, since=now, limit=_MINE)
            for registration in mine:
                seat = await self._sittings.seat(tx, registration)
                if seat is not None and registration.state is State.REGISTERED:
                    planned = self._planned(choice, seat.sitting)
                    await reminders.plan(tx, registration.number, planned.values())
            # The tick holds reminders before it counts a push: so must we, in this order.
            kept = await reminders.manners(tx, resident.contact_id)
            await reminders.keep(tx, resident.contact_id, replace(kept, choice=choice))

    async def remind_due(self) -> int:
        """Send what is due, each reminder once; return how many have left the table."""
        done = 0
        while True:
            async with self._store.read() as tx:
                if not await reminders.due(tx, now=self._clock.now(), limit=1):
                    return done
            async with self._store.write() as tx:
                due = await reminders.due(tx, now=self._clock.now(), limit=_AT_ONCE)
                for each in due:
                    await self._remind(tx, each)
                done += len(due)

    @staticmethod
    async def _choice(tx: Tx, registration: Registration) -> Choice:
        if registration.contact_id is None:  # who is phoned is phoned once
            return Choice(day=True, hours=False)
        return (await reminders.manners(tx, registration.contact_id)).choice

    def _planned(self, choice: Choice, what: Sitting) -> dict[Kind, Planned]:
        dates = what.to_come(self._sittings.local())
        return next_of_each_kind(dates, self._sittings.quiet, choice, after=self._clock.now())

    async def _remind(self, tx: Tx, due: Due) -> None:
        registration = await registrations.get(tx, due.registration)
        seat = await self._sittings.seat(tx, registration) if registration else None
        if registration is None or seat is None or registration.state is not State.REGISTERED:
            await reminders.forget(tx, [due.registration])
            return
        now = self._clock.now()
        if due.planned.expires_at > now and _still_holds(due, seat.sitting):
            await self._send(tx, seat, due)
        await self._move_on(tx, registration, seat.sitting, due)

    async def _send(self, tx: Tx, seat: Seat, due: Due) -> None:
        registration, planned = seat.registration, due.planned
        key = f"rem:{planned.starts:%Y%m%d%H%M}:{planned.kind}"
        notice = Notice(
            key,
            "reminder",
            starts=self._sittings.moment(planned.starts),
            until=planned.expires_at,
            urgent=True,  # its moment has been chosen already
            lane=Lane.REMINDER,
        )
        if registration.contact_id is not None and not await self._welcome(tx, seat, due, key):
            return
        today = self._sittings.local().date()
        await self._telling.tell(
            tx,
            registration,
            lambda v: phrases.reminder(v, seat, planned.starts, today=today),
            notice=notice,
        )

    async def _welcome(self, tx: Tx, seat: Seat, due: Due, key: str) -> bool:
        """Count one push more, or put on record why somebody is not written to."""
        contact_id, now = str(seat.registration.contact_id), self._clock.now()
        person = await residents.glance(tx, contact_id)
        kept = await reminders.manners(tx, contact_id)
        matters = due.planned.kind is Kind.DAY
        why = ""
        if person is None or person.paused:
            why = "paused"
        elif not courtesy.within_cap(kept.pushes, now, matters=matters):
            why = "cap"
        if why:
            await outbox.withhold(
                tx,
                contact_id=contact_id,
                key=f"{key}:{seat.number}",
                kind="rem",
                reason=why,
                now=now,
                end="cancelled",
            )
            return False
        pushes = (*courtesy.this_week(kept.pushes, now), now)
        await reminders.keep(tx, contact_id, Manners(kept.choice, pushes))
        return True

    async def _move_on(self, tx: Tx, registration: Registration, what: Sitting, due: Due) -> None:
        """Let the row be the reminder of the same kind for the next date, if there is one."""
        later = [
            each
            for each in what.to_come(self._sittings.local())
            if each.starts > due.planned.starts
        ]
        choice = await self._choice(tx, registration)
        coming = next_of_each_kind(
            later, self._sittings.quiet, choice, after=self._clock.now(), missed=True
        )
        await reminders.replace(tx, registration.number, due.planned.kind, coming)


def _still_holds(due: Due, what: Sitting) -> bool:
    """Return whether the date still takes place when the reminder says."""
    return any(each.starts == due.planned.starts for each in what.to_come(due.planned.starts))
