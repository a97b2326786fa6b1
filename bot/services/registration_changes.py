"""When a date is moved or cancelled: everybody who registered hears of it once, with the choice to leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.occurrences import Occurrence
from bot.domain.registrations import Registration, Roll, State
from bot.domain.sittings import Seat, Sitting, name_of
from bot.phrases import registration_changes as phrases
from bot.services.agenda import OccurrenceChange
from bot.services.registration_notices import Notice, Telling, Words
from bot.services.sittings import Sittings
from storage import registrations, reminders, rolls
from storage.store import Tx

_SOON = timedelta(seconds=5)
"""Reminders are planned anew from the directory as it reads a moment after the change."""


class RegistrationChanges:
    """Listens to the agenda, inside the transaction in which a date changes."""

    def __init__(self, clock: Clock, *, sittings: Sittings, telling: Telling) -> None:
        """Know what one signed up for by `sittings`, and reach people by `telling`."""
        self._clock = clock
        self._sittings = sittings
        self._telling = telling

    async def heard(self, tx: Tx, change: OccurrenceChange) -> None:
        """Carry out what a change means for the lists on which the date is."""
        if change.kind == "added":
            return
        what = self._sittings.find(change.key) or self._sittings.made_of(change.before)
        if what is None:
            return
        for roll in await self._rolls(tx, change, what):
            if what.signup.per == "date":
                await self._date_changed(tx, change, roll, what)
            else:
                await self._one_of_many_changed(tx, change, roll, what)

    async def _rolls(self, tx: Tx, change: OccurrenceChange, what: Sitting) -> list[Roll]:
        """Return the lists of this date: one, or one for each of its appointments."""
        if not what.signup.slot:
            roll = await rolls.named(tx, what.entry.id, what.name)
            return [roll] if roll else []
        return await rolls.begun_with(tx, what.entry.id, change.key.stamp + "/")

    async def _date_changed(
        self, tx: Tx, change: OccurrenceChange, roll: Roll, what: Sitting
    ) -> None:
        after = change.after if change.after and change.after.takes_place else None
        if after is None:
            await self._call_off(tx, change, roll, what)
            return
        if not await self._redate(tx, roll, what, after):
            await self._call_off(tx, change, roll, what)
            return
        if roll.called_off:
            await self._bring_back(tx, roll)
        for registration in await registrations.on_roll(tx, roll.id):
            seat = self._seat(registration, roll, what, after)
            words = _restored(seat) if roll.called_off else _moved(seat, change)
            await self._tell(tx, registration, words, after=after)
        await self._plan_anew(tx, roll)

    async def _one_of_many_changed(
        self, tx: Tx, change: OccurrenceChange, roll: Roll, what: Sitting
    ) -> None:
        after = change.after if change.after and change.after.takes_place else None
        if after is not None and roll.original == change.key.original_start:
            moved = self._sittings.new_roll(what)
            await rolls.date(tx, roll.id, _with_original(moved, after))
        for registration in await registrations.on_roll(tx, roll.id):
            if registration.state is not State.REGISTERED:
                continue
            seat = self._seat(registration, roll, what, after or change.before)
            words = _moved(seat, change) if after else _called_off(seat, change)
            # A change of the whole series comes date by date: one notice leads to all of them.
            await self._tell(tx, registration, words, after=after, once="%Y%m%d%H%M")
        await self._plan_anew(tx, roll)

    async def _call_off(self, tx: Tx, change: OccurrenceChange, roll: Roll, what: Sitting) -> None:
        now = self._clock.now()
        on_it = await registrations.on_roll(tx, roll.id)
        for registration in on_it:
            was_in = registration.state is State.REGISTERED
            await registrations.change(
                tx,
                registration.number,
                State.CALLED_OFF,
                held=registration.places if was_in else 0,
                ended_at=now,
            )
        await reminders.forget(tx, [each.number for each in on_it])
        await rolls.call_off(tx, roll.id, called_off=True)
        await rolls.recount(tx, roll.id)
        for registration in on_it:
            seat = self._seat(registration, roll, what, change.before)
            await self._tell(tx, registration, _called_off(seat, change), after=change.before)

    async def _bring_back(self, tx: Tx, roll: Roll) -> None:
        """Let everybody stand as they stood before the date was called off."""
        for registration in await registrations.called_off(tx, roll.id):
            if await registrations.joined_again(tx, registration):
                continue
            back = State.REGISTERED if registration.held else State.WAITING
            await registrations.change(tx, registration.number, back)
        await rolls.call_off(tx, roll.id, called_off=False)
        await rolls.recount(tx, roll.id)

    async def _redate(self, tx: Tx, roll: Roll, what: Sitting, after: Occurrence) -> bool:
        """Let a list be that of `after`; False if that date has a list of its own already."""
        slot = what.slot if not what.signup.slot else _slot(roll)
        later = Sitting(
            what.entry,
            what.signup,
            name_of(what.entry, after, slot=slot if what.signup.slot else None),
            (after,),
            slot,
        )
        other = await rolls.named(tx, roll.entry_id, later.name)
        if other is not None and other.id != roll.id:
            return False
        await rolls.date(tx, roll.id, self._sittings.new_roll(later))
        return True

    async def _plan_anew(self, tx: Tx, roll: Roll) -> None:
        on_it = await registrations.on_roll(tx, roll.id)
        numbers = [each.number for each in on_it if each.state is State.REGISTERED]
        await reminders.plan_anew(tx, numbers, at=self._clock.now() + _SOON)

    def _seat(
        self, registration: Registration, roll: Roll, what: Sitting, date: Occurrence | None
    ) -> Seat:
        date = date or what.first
        shift = timedelta(minutes=_slot(roll))
        place = self._sittings.place(date.place_id)
        return Seat(registration, roll, what, date.start + shift, date.end, place)

    async def _tell(
        self,
        tx: Tx,
        registration: Registration,
        words: Words,
        *,
        after: Occurrence | None,
        once: str = "%Y%m%d%H%M%S%f",
    ) -> None:
        now = self._clock.now()
        starts = self._sittings.moment(after.start) if after else None
        if starts is not None and starts <= now:
            starts = None
        notice = Notice(f"reg:change:{now.strftime(once)}", "change", starts=starts)
        await self._telling.tell(tx, registration, words, notice=notice)


def _moved(seat: Seat, change: OccurrenceChange) -> Words:
    return lambda v: phrases.moved(v, seat, before=change.before, note=change.note)


def _called_off(seat: Seat, change: OccurrenceChange) -> Words:
    return lambda v: phrases.called_off(v, seat, before=change.before, note=change.note)


def _restored(seat: Seat) -> Words:
    return lambda v: phrases.restored(v, seat)


def _slot(roll: Roll) -> int:
    _, _, slot = roll.name.partition("/")
    return int(slot) if slot else 0


def _with_original(roll: rolls.NewRoll, after: Occurrence) -> rolls.NewRoll:
    return replace(roll, original=after.key.original_start)
