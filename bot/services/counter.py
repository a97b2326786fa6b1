"""What the team does for others: entering them from the counter or the phone, calling them, inviting."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import InvitationError, OutdatedError
from bot.domain.hosting import demand_host, hosts
from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import Origin, Party, State, Who
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.domain.sittings import Seat, Sitting
from bot.services import places
from bot.services.registrations import Registrations, hashed
from bot.services.sittings import Sittings
from bot.services.town import TownSettings
from bot.services.waiting import Waiting
from storage import groups, phoning, registrations, rolls, staff
from storage.phoning import Call
from storage.registrations import Entered
from storage.store import Store, Tx

INVITATION_LASTS = timedelta(days=30)
GUESTS = 30
"""How many people one invitation to a group lets in."""

PREFIX = "g-"
"""What the link of an invitation to a group begins with."""


@dataclass(frozen=True, slots=True)
class ToCall:
    """One call to make, with whom and about what."""

    call: Call
    seat: Seat


class Counter:
    """The team's desk; what it does is checked against the role and the activity each time."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        sittings: Sittings,
        town: TownSettings,
        registering: Registrations,
        waiting: Waiting,
    ) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._sittings = sittings
        self._town = town
        self._registering = registering
        self._waiting = waiting

    async def enter(
        self,
        cause: Cause,
        member: Resident,
        key: OccurrenceKey,
        *,
        party: Party,
        who: Who,
        origin: Origin,
        slot: int | None = None,
    ) -> Seat:
        """Register somebody who has no Telegram, or let them wait; whatever there is to tell, we call.

        The member's own half-finished registration form is closed with it.
        """
        what = self._sittings.of(key, slot)
        async with self._store.write(cause) as tx:
            await self._demand(tx, member, what)
            roll = await rolls.hold(tx, self._sittings.new_roll(what))
            registration = await self._registering.enter(
                tx,
                roll,
                what,
                party=party,
                who=who,
                resident=None,
                may_wait=True,
                entered=Entered(member.contact_id, origin),
            )
            return await self._sittings.seated(tx, registration, roll, what)

    async def take_off(self, cause: Cause, member: Resident, number: int) -> Seat:
        """Give back the place of somebody who said so by phone or at the counter."""
        async with self._store.write(cause) as tx:
            registration, roll = await places.hold(tx, number)
            what = self._sittings.of_roll(roll)
            if what is None or registration.contact_id is not None:
                raise OutdatedError
            await self._demand(tx, member, what)
            seat = await self._sittings.seated(tx, registration, roll, what)
            await places.leave(tx, registration, State.CANCELLED, now=self._clock.now())
            await self._waiting.pass_on(tx, roll.id)
        return seat

    async def calls(self, member: Resident) -> list[ToCall]:
        """Return whom the member's team should phone, the most pressing first."""
        async with self._store.read() as tx:
            team = demand(await staff.of(tx, member.contact_id), Role.ANIMATOR)
            found = [
                await self._to_call(tx, call)
                for call in await phoning.waiting(tx, now=self._clock.now())
            ]
        return [each for each in found if each is not None and self._hosts(team, each.seat)]

    async def call(self, member: Resident, number: int) -> ToCall:
        """Return one call to make; OutdatedError if somebody has made it."""
        found = next((each for each in await self.calls(member) if each.call.id == number), None)
        if found is None:
            raise OutdatedError
        return found

    async def called(
        self, cause: Cause, member: Resident, number: int, *, takes: bool | None = None
    ) -> None:
        """Note that a call was made; `takes` answers an offer for the person on the phone.

        Raises OutdatedError when the call was made, or the offer has run out.
        """
        to_call = await self.call(member, number)
        registration = to_call.seat.registration
        if takes is not None:
            answer = self._waiting.accept if takes else self._waiting.decline
            await answer(cause, registration.number, offer=registration.offer, resident=None)
        async with self._store.write(cause) as tx:
            await phoning.done(tx, number, by=member.contact_id, now=self._clock.now())

    async def invite(self, cause: Cause, member: Resident, key: OccurrenceKey) -> str:
        """Return the payload of a start link that lets people into the group of an activity."""
        what = self._sittings.of(key)
        payload = PREFIX + secrets.token_urlsafe(16)
        async with self._store.write(cause) as tx:
            await self._demand(tx, member, what)
            await groups.invite(
                tx,
                what.entry.id,
                token_hash=hashed(payload),
                by=member.contact_id,
                expires_at=self._clock.now() + INVITATION_LASTS,
                uses=GUESTS,
            )
        return payload

    async def join_group(self, cause: Cause, resident: Resident, payload: str) -> str:
        """Let somebody into a group and return its entry; InvitationError if the link holds no more."""
        async with self._store.write(cause) as tx:
            entry_id = await groups.redeem(
                tx, hashed(payload), resident.contact_id, now=self._clock.now()
            )
        if entry_id is None:
            raise InvitationError
        return entry_id

    async def _to_call(self, tx: Tx, call: Call) -> ToCall | None:
        registration = await registrations.get(tx, call.registration)
        seat = await self._sittings.seat(tx, registration) if registration else None
        return ToCall(call, seat) if seat else None

    async def _demand(self, tx: Tx, member: Resident, what: Sitting) -> None:
        team = demand(await staff.of(tx, member.contact_id), Role.ANIMATOR)
        demand_host(team, what.entry, self._town.current)

    def _hosts(self, team: Staff, seat: Seat) -> bool:
        return hosts(team, seat.entry, self._town.current)
