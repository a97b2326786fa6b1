"""The waiting list: a freed place is offered, accepted, declined or runs out, and goes to the next."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError
from bot.domain.registrations import Registration, Roll, State
from bot.domain.residents import Resident
from bot.domain.sittings import Seat, Sitting
from bot.domain.waiting import Waiter, offers
from bot.phrases import offering as phrases
from bot.services import places
from bot.services.own_reminders import OwnReminders
from bot.services.registration_notices import Notice, Telling, Words
from bot.services.sittings import Sittings
from bot.services.town import TownSettings
from storage import registrations, residents, rolls
from storage.store import Store, Tx

_AT_ONCE = 50
_CARRIED = 1_000_000
"""Who has waited for an earlier cycle comes before everybody who arrives for the next one."""


class Waiting:
    """Everything that happens to a queue; each step holds the list first, so that steps take turns."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        sittings: Sittings,
        town: TownSettings,
        telling: Telling,
        reminding: OwnReminders,
    ) -> None:
        """Work on `store` by `clock`; the town says how long an offer stands."""
        self._store = store
        self._clock = clock
        self._sittings = sittings
        self._town = town
        self._telling = telling
        self._reminding = reminding

    async def accept(
        self, cause: Cause, number: int, *, offer: int, resident: Resident | None
    ) -> Seat:
        """Take the offered place; if others were faster, one waits on (see the state returned).

        `resident` is None when the team does it for somebody on the phone. Raises OutdatedError when
        the offer has run out.
        """
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            registration, roll = await self._offered(tx, number, offer=offer, resident=resident)
            what = self._sitting(roll)
            needed = registration.places - registration.held
            if roll.holds(needed):
                registration = await places.take(tx, registration)
                await self._count_freed(tx, registration, roll)
                await self._reminding.plan(tx, registration, what)
                await self._settle_rush(tx, roll.id, now=now)
            else:
                registration = await places.wait_again(tx, registration, now=now)
            return await self._sittings.seated(tx, registration, roll, what)

    async def decline(
        self, cause: Cause, number: int, *, offer: int, resident: Resident | None
    ) -> Seat:
        """Leave the offered place to the next."""
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            registration, roll = await self._offered(tx, number, offer=offer, resident=resident)
            seat = await self._sittings.seated(tx, registration, roll, self._sitting(roll))
            await places.leave(tx, registration, State.DECLINED, now=now)
            await self.pass_on(tx, roll.id)
        return seat

    async def wish(
        self, cause: Cause, resident: Resident, number: int, *, neighbourhood: str | None
    ) -> None:
        """Note in which neighbourhood somebody who waits would like a place best."""
        async with self._store.write(cause) as tx:
            await places.hold(tx, number, contact_id=resident.contact_id)
            await registrations.wish(tx, number, neighbourhood)

    async def pass_on(self, tx: Tx, roll_id: int) -> int:
        """Offer what is free on a list to whoever is next; return how many offers were made."""
        roll = await rolls.get(tx, roll_id)
        what = self._sittings.of_roll(roll) if roll else None
        starts = what.next_start(self._sittings.local()) if what else None
        if roll is None or what is None or starts is None or roll.called_off or not roll.waiting:
            return 0
        if roll.capacity != what.capacity:
            roll = await rolls.hold(tx, self._sittings.new_roll(what))
        queue = await self._reachable(tx, await registrations.queue(tx, roll.id))
        made = offers(
            [Waiter(each.number, each.state, each.places, each.held) for each in queue],
            free=roll.free,
            starts=self._sittings.moment(starts),
            now=self._clock.now(),
            lasts=timedelta(hours=self._town.current.offer_hours),
            quiet=self._sittings.quiet,
        )
        if made is None:
            return 0
        known = {each.number: each for each in queue}
        for number in made.numbers:
            await self._offer(tx, known[number], roll, what, until=made.until, held=made.held)
        return len(made.numbers)

    async def look_after(self) -> int:
        """End the offers that ran out, pass on what is free, and carry queues over; return how much."""
        now = self._clock.now()
        async with self._store.read() as tx:
            late = await registrations.run_out(tx, now=now, limit=_AT_ONCE)
            queues = await rolls.queueing(tx, now=now)
        done = 0
        for number in late:
            async with self._store.write() as tx:
                done += await self._expire(tx, number)
        for roll_id in queues:
            done += await self._look_after(roll_id)
        return done

    async def _look_after(self, roll_id: int) -> int:
        """Pass on and carry over on one list, opening a transaction only if something may come of it."""
        async with self._store.read() as tx:
            roll = await rolls.get(tx, roll_id)
            what = self._sittings.of_roll(roll) if roll else None
            queue = await registrations.queue(tx, roll_id)
        if roll is None or what is None or not queue:
            return 0
        begun = self._sittings.local() >= what.starts
        carries = begun and what.signup.per != "date" and bool(self._sittings.following(what))
        grown = roll.capacity != what.capacity
        if not (carries or grown or any(roll.holds(each.places) for each in queue)):
            return 0
        async with self._store.write() as tx:
            carried = await self._carry_over(tx, roll_id) if carries else 0
            return carried + await self.pass_on(tx, roll_id)

    async def _offered(
        self, tx: Tx, number: int, *, offer: int, resident: Resident | None
    ) -> tuple[Registration, Roll]:
        contact_id = resident.contact_id if resident else None
        registration, roll = await places.hold(tx, number, contact_id=contact_id)
        until = registration.offered_until
        if registration.state is not State.OFFERED or registration.offer != offer:
            raise OutdatedError
        if until is None or until <= self._clock.now():
            raise OutdatedError
        return registration, roll

    async def _offer(
        self,
        tx: Tx,
        registration: Registration,
        roll: Roll,
        what: Sitting,
        *,
        until: datetime,
        held: bool,
    ) -> None:
        offered = await places.offer(tx, registration, until=until, held=held)
        seat = await self._sittings.seated(tx, offered, roll, what)
        today = self._sittings.local().date()
        notice = Notice(
            f"reg:offer:{offered.offer}", "offer", starts=until, until=until, urgent=True
        )
        await self._telling.tell(
            tx,
            offered,
            lambda v: phrases.offered(v, seat, today=today),
            notice=notice,
        )

    async def _expire(self, tx: Tx, number: int) -> int:
        try:
            registration, roll = await places.hold(tx, number)
        except OutdatedError:
            return 0
        now, until = self._clock.now(), registration.offered_until
        if registration.state is not State.OFFERED or until is None or until > now:
            return 0
        what = self._sittings.of_roll(roll)
        await places.leave(tx, registration, State.EXPIRED, now=now)
        if what is not None and what.next_start(self._sittings.local()) is not None:
            seat = await self._sittings.seated(tx, registration, roll, what)
            notice = Notice(f"reg:expired:{registration.offer}", "expired")
            await self._telling.tell(
                tx, registration, lambda v: phrases.expired(v, seat), notice=notice
            )
        await self.pass_on(tx, roll.id)
        return 1

    async def _settle_rush(self, tx: Tx, roll_id: int, *, now: datetime) -> None:
        """Take back the offers for which no place is left: somebody else said yes first."""
        roll = await rolls.get(tx, roll_id)
        for other in await registrations.queue(tx, roll_id):
            late = other.state is State.OFFERED and not other.held
            if roll is not None and late and not roll.holds(other.places):
                await places.wait_again(tx, other, now=now)

    async def _carry_over(self, tx: Tx, roll_id: int) -> int:
        """Let who waits for a cycle that has begun wait for the next one, before all others there."""
        roll = await rolls.get(tx, roll_id)
        what = self._sittings.of_roll(roll) if roll else None
        coming = self._sittings.following(what) if what else []
        if roll is None or not coming:
            return 0
        target = await rolls.hold(tx, self._sittings.new_roll(coming[0]))
        waiting = await registrations.waits_elsewhere(tx, [roll.id])
        moved = 0
        for registration in waiting:
            there = registration.contact_id and await registrations.known(
                tx, target.id, registration.contact_id
            )
            if there:  # they have signed up for the next one themselves
                await places.leave(tx, registration, State.CANCELLED, now=self._clock.now())
                continue
            arrived = registration.arrived - _CARRIED
            await registrations.move(tx, registration.number, to=target.id, arrived=arrived)
            await rolls.count(tx, roll.id, waiting=-1)
            await rolls.count(tx, target.id, waiting=1)
            moved += 1
        await self._tell_carried(tx, [each.number for each in waiting])
        await self.pass_on(tx, target.id)
        return moved

    async def _tell_carried(self, tx: Tx, numbers: list[int]) -> None:
        for number in numbers:
            registration = await registrations.get(tx, number)
            seat = await self._sittings.seat(tx, registration) if registration else None
            if registration is None or seat is None or not registration.live:
                continue
            await self._telling.tell(
                tx,
                registration,
                _carried(seat, today=self._sittings.local().date()),
                notice=Notice(f"reg:carried:{registration.roll_id}", "carried"),
            )

    async def _reachable(self, tx: Tx, queue: list[Registration]) -> list[Registration]:
        """Leave out who cannot be told of an offer; they keep their position meanwhile."""
        found = []
        for each in queue:
            person = await residents.glance(tx, each.contact_id) if each.contact_id else None
            if each.contact_id is None or each.who.phone or (person and person.reachable):
                found.append(each)
        return found

    async def _count_freed(self, tx: Tx, registration: Registration, roll: Roll) -> None:
        day = self._sittings.local().date().isoformat()
        await rolls.count_freed(tx, roll.entry_id, day, registration.places)

    def _sitting(self, roll: Roll) -> Sitting:
        what = self._sittings.of_roll(roll)
        if what is None:
            raise OutdatedError
        return what


def _carried(seat: Seat, *, today: date) -> Words:
    return lambda v: phrases.carried(v, seat, today=today)
