"""Registering for what takes place: places given out one after the other, given back with one tap."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError, TooMuchError
from bot.domain.occurrences import OccurrenceKey
from bot.domain.pacing import Lane
from bot.domain.registrations import (
    FullError,
    InvitedOnlyError,
    KnownError,
    OverError,
    Party,
    PartyError,
    Registration,
    Roll,
    State,
    Who,
    arrival,
    places,
    problems,
)
from bot.domain.residents import Resident
from bot.domain.sittings import Opening, Seat, Sitting, slots
from bot.i18n import voice
from bot.phrases import registered as phrases
from bot.services import notices
from bot.services import places as taking
from bot.services.own_reminders import OwnReminders
from bot.services.sittings import Sittings
from bot.services.waiting import Waiting
from storage import conversations, groups, registrations, reminders, rolls
from storage.store import Store, Tx

MOST_LIVE = 30
"""Registrations one person may hold at a time."""

FORGET_AFTER = timedelta(days=30)
"""So long after its last date a list is erased, with everybody's name and phone on it."""


class Registrations:
    """A resident's own registrations; what the team does with them is elsewhere."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        sittings: Sittings,
        waiting: Waiting,
        reminding: OwnReminders,
    ) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._sittings = sittings
        self._waiting = waiting
        self._reminding = reminding

    async def ahead(self, resident: Resident, entry_id: str, *, count: int) -> list[Opening]:
        """Return the next things to sign up for with an entry, with their free places."""
        found = self._sittings.ahead(entry_id, count=count)
        async with self._store.read() as tx:
            return [
                await self._sittings.opening(tx, each, contact_id=resident.contact_id)
                for each in found
            ]

    async def opening(
        self,
        resident: Resident,
        key: OccurrenceKey,
        *,
        slot: int | None = None,
        for_others: bool = False,
    ) -> Opening:
        """Return one thing to sign up for as it stands; OverError if it is over.

        Raises InvitedOnlyError for who has not been invited to a group and signs up for themselves.
        """
        what = self._sittings.of(key, slot)
        async with self._store.read() as tx:
            if not for_others:
                await self._demand_invitation(tx, what, resident.contact_id)
            opening = await self._sittings.opening(tx, what, contact_id=resident.contact_id)
            roll = await rolls.named(tx, what.entry.id, what.name)
        if roll is not None and roll.called_off:
            raise OverError
        return opening

    async def register(
        self,
        cause: Cause,
        resident: Resident,
        key: OccurrenceKey,
        *,
        party: Party,
        who: Who,
        slot: int | None = None,
        may_wait: bool = False,
    ) -> Seat:
        """Give the party its places or, if it may wait, a position in the queue; queue the receipt.

        Raises PartyError, OverError, InvitedOnlyError, KnownError (registered already), TooMuchError,
        and FullError when no place is left and nobody said they would wait.
        """
        what = self._sittings.of(key, slot)
        async with self._store.write(cause) as tx:
            await self._demand_invitation(tx, what, resident.contact_id)
            mine = await registrations.of(
                tx, resident.contact_id, since=self._clock.now(), limit=MOST_LIVE
            )
            if len(mine) >= MOST_LIVE:
                raise TooMuchError
            roll = await rolls.hold(tx, self._sittings.new_roll(what))
            known = await registrations.known(tx, roll.id, resident.contact_id)
            if known is not None:
                raise KnownError(known)
            registration = await self.enter(
                tx, roll, what, party=party, who=who, resident=resident, may_wait=may_wait
            )
            await conversations.drop(tx, chat=resident.contact_id, person=resident.contact_id)
            seat = await self._sittings.seated(tx, registration, roll, what)
            await self._receipt(tx, resident, seat, cause)
        return seat

    async def enter(
        self,
        tx: Tx,
        roll: Roll,
        what: Sitting,
        *,
        party: Party,
        who: Who,
        resident: Resident | None,
        may_wait: bool,
        entered: registrations.Entered | None = None,
    ) -> Registration:
        """Put a party on a list that is held; FullError, PartyError and OverError as `register`."""
        wrong = problems(party, what.entry, what.signup)
        if wrong:
            raise PartyError(wrong)
        if roll.called_off:
            raise OverError
        needed = places(party, what.signup.unit)
        state = arrival(roll, needed, queue=await self._before(tx, roll, what))
        if state is State.WAITING and not may_wait:
            raise FullError(roll.waiting + 1)
        number = await registrations.add(
            tx,
            roll_id=roll.id,
            contact_id=resident.contact_id if resident else None,
            state=state,
            party=party,
            places=needed,
            arrived=roll.arrivals + 1,
            language=resident.language if resident else "fr",
            who=who,
            now=self._clock.now(),
            entered=entered,
        )
        waits = state is State.WAITING
        await rolls.count(tx, roll.id, taken=0 if waits else needed, waiting=int(waits), arrivals=1)
        registration = await registrations.get(tx, number)
        if registration is None:
            raise OutdatedError
        if not waits:
            await self._reminding.plan(tx, registration, what)
        return registration

    async def cancel(self, cause: Cause, resident: Resident, number: int) -> Seat | None:
        """Give one's places back and let the next have them; None if the entry has gone since."""
        async with self._store.write(cause) as tx:
            registration, roll = await taking.hold(tx, number, contact_id=resident.contact_id)
            seat = await self._sittings.seat(tx, registration)
            await taking.leave(tx, registration, State.CANCELLED, now=self._clock.now())
            await self._waiting.pass_on(tx, roll.id)
        return seat

    async def see(self, resident: Resident, number: int) -> Seat:
        """Return one of one's own registrations as it stands; OutdatedError if it is not live."""
        async with self._store.read() as tx:
            registration, _ = await taking.hold(tx, number, contact_id=resident.contact_id)
            seat = await self._sittings.seat(tx, registration)
        if seat is None:
            raise OutdatedError
        return seat

    async def mine(self, resident: Resident) -> list[Seat]:
        """Return what somebody has registered for and is not over, the next first."""
        async with self._store.read() as tx:
            found = await registrations.of(
                tx, resident.contact_id, since=self._clock.now(), limit=MOST_LIVE
            )
            seats = [await self._sittings.seat(tx, each) for each in found]
        return [seat for seat in seats if seat is not None]

    async def free_slots(self, key: OccurrenceKey, wanted: Sequence[int]) -> list[int]:
        """Return the appointments of a date that are free and not over."""
        async with self._store.read() as tx:
            return await self._free_slots(tx, key, wanted)

    async def _free_slots(self, tx: Tx, key: OccurrenceKey, wanted: Sequence[int]) -> list[int]:
        now = self._sittings.local()
        coming = [
            (slot, what)
            for slot in wanted
            if (what := self._sittings.find(key, slot)) is not None and what.starts > now
        ]
        known = await rolls.all_named(tx, ((key.entry_id, what.name) for _, what in coming))
        found = []
        for slot, what in coming:
            roll = known.get((key.entry_id, what.name))
            if roll is None or (not roll.called_off and roll.holds(1)):
                found.append(slot)
        return found

    async def free(
        self, tx: Tx, keys: Sequence[OccurrenceKey]
    ) -> Mapping[OccurrenceKey, int | None]:
        """Return the free places of dates; None is no limit, a date without sign-up is absent."""
        named = {key: what for key in keys if (what := self._sittings.find(key)) is not None}
        known = await rolls.all_named(tx, ((what.entry.id, what.name) for what in named.values()))
        free: dict[OccurrenceKey, int | None] = {}
        for key, what in named.items():
            if what.signup.slot:
                free[key] = len(await self._free_slots(tx, key, slots(what.signup, what.first)))
                continue
            roll = known.get((what.entry.id, what.name))
            if what.capacity is None or roll is None:
                free[key] = what.capacity
            else:
                free[key] = 0 if roll.waiting else max(0, what.capacity - roll.taken)
        return free

    async def calendar_link(self, cause: Cause, resident: Resident) -> str:
        """Return a fresh secret for the calendar of one's own dates; the one before holds no more."""
        secret = secrets.token_urlsafe(24)
        async with self._store.write(cause) as tx:
            await groups.link_calendar(
                tx, resident.contact_id, token_hash=hashed(secret), now=self._clock.now()
            )
        return secret

    async def unlink_calendar(self, cause: Cause, resident: Resident) -> None:
        """Take the link to one's own calendar back."""
        async with self._store.write(cause) as tx:
            await groups.unlink_calendar(tx, resident.contact_id)

    async def occurrences_of(self, secret: str) -> Sequence[OccurrenceKey] | None:
        """Return the dates behind a calendar link, None if nobody gave it out or it was taken back."""
        async with self._store.read() as tx:
            contact_id = await groups.of_calendar(tx, hashed(secret))
            if contact_id is None:
                return None
            found = await registrations.of(
                tx, contact_id, since=self._clock.now() - FORGET_AFTER, limit=MOST_LIVE
            )
            seats = [
                await self._sittings.seat(tx, each)
                for each in found
                if each.state is State.REGISTERED
            ]
        return _keys(seat.sitting for seat in seats if seat is not None)

    async def clean_up(self) -> int:
        """Erase the lists whose last date lies thirty days back, with everybody on them."""
        now = self._clock.now()
        async with self._store.write() as tx:
            await groups.purge(tx, now=now)
            return await rolls.forget(tx, before=now - FORGET_AFTER)

    async def _before(self, tx: Tx, roll: Roll, what: Sitting) -> list[int]:
        """Return the places of each party that comes before a newcomer, those of earlier cycles too."""
        lists = [roll.id] if roll.waiting else []
        if what.signup.per != "date":
            others = await rolls.of_entry(tx, roll.entry_id, since=self._clock.now())
            lists += [each.id for each in others if each.waiting and each.starts < roll.starts]
        return await registrations.places_before(tx, lists) if lists else []

    async def _demand_invitation(self, tx: Tx, what: Sitting, contact_id: str) -> None:
        if what.signup.invited_only and not await groups.belongs(tx, what.entry.id, contact_id):
            raise InvitedOnlyError

    async def _receipt(self, tx: Tx, resident: Resident, seat: Seat, cause: Cause) -> None:
        planned = await reminders.kinds(tx, seat.number)
        receipt = phrases.receipt(
            voice(resident.language),
            seat,
            reminded=planned,
            today=self._sittings.local().date(),
        )
        key = f"reg:receipt:{seat.number}:{cause.update_id}"
        await notices.queue(
            tx, resident.contact_id, receipt, key=key, now=self._clock.now(), lane=Lane.REPLY
        )


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _keys(sittings: Iterable[Sitting]) -> list[OccurrenceKey]:
    return [each.key for what in sittings for each in what.dates]
