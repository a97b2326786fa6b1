"""The team: invitations that work once, joining, leaving and removing."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import InvitationError, OutdatedError, RefusedError, TooMuchError
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.i18n import voice
from bot.phrases import team as phrases
from bot.services import audit, notices
from storage import residents, staff
from storage.store import Store, Tx

INVITATION_LASTS = timedelta(hours=24)
GUESSES_AN_HOUR = 20
"""Wrong start links one person may open in an hour; with 128 random bits none will be right."""
_PREFIX = "s-"


class LastCoordinatorError(RefusedError):
    """The town would be left without anybody in charge."""


class Team:
    """Who belongs to the team; every change is checked against the table, never against a button."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._guesses: dict[str, list[datetime]] = {}

    async def role_of(self, resident: Resident) -> Staff | None:
        """Return the resident's role in the team, or None."""
        async with self._store.read() as tx:
            return await staff.of(tx, resident.contact_id)

    async def everyone(self, resident: Resident) -> tuple[Staff, Sequence[Staff]]:
        """Return one's own membership and the whole team."""
        async with self._store.read() as tx:
            mine = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            return mine, await staff.everyone(tx)

    async def invite(self, role: Role, centre: str | None) -> str:
        """Return the payload of a start link that makes one person part of the team within 24 hours."""
        async with self._store.write() as tx:
            return await self._invite(tx, role, centre, by=None)

    async def invite_by(
        self, cause: Cause, resident: Resident, *, role: Role, centre: str | None
    ) -> str:
        """Let a coordinator invite somebody; return the payload of the start link."""
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.COORDINATOR)
            return await self._invite(tx, role, centre, by=member)

    async def join(self, cause: Cause, resident: Resident, payload: str) -> Staff:
        """Redeem an invitation; InvitationError if it is wrong, old or used, TooMuchError after many guesses.

        A coordinator who tries a link before sending it on stays what they are, and the link stays good.
        """
        now = self._clock.now()
        self._count_guess(resident.contact_id, now)
        async with self._store.write(cause) as tx:
            already = await staff.of(tx, resident.contact_id)
            if already and already.role is Role.COORDINATOR:
                return already
            granted = await staff.redeem(
                tx, token_hash=_hash(payload), contact_id=resident.contact_id, now=now
            )
            if granted is None:
                raise InvitationError
            role, centre = granted
            member = Staff(resident.contact_id, role, centre, now)
            await staff.appoint(tx, member, invited_by=None)
            await audit.record(tx, "team.joined", now=now, by=member, subject=centre or "")
            await self._tell_coordinators(tx, member, payload)
        self._guesses.pop(resident.contact_id, None)
        return member

    async def remove(self, cause: Cause, resident: Resident, contact_id: str) -> None:
        """Let a coordinator remove somebody else from the team at once."""
        async with self._store.write(cause) as tx:
            mine = demand(_among(await staff.held(tx), resident), Role.COORDINATOR)
            if contact_id == resident.contact_id:  # leaving is another matter: somebody must stay
                raise OutdatedError
            now = self._clock.now()
            if await staff.of(tx, contact_id) is None:
                raise OutdatedError
            await staff.dismiss(tx, contact_id, now)
            await audit.record(tx, "team.removed", now=now, by=mine, about=contact_id)

    async def leave(self, cause: Cause, resident: Resident) -> None:
        """Leave the team; LastCoordinatorError if nobody would be in charge."""
        async with self._store.write(cause) as tx:
            team = await staff.held(tx)
            mine = demand(_among(team, resident), Role.ANIMATOR)
            coordinators = [m for m in team if m.role is Role.COORDINATOR]
            if mine.role is Role.COORDINATOR and len(coordinators) == 1:
                raise LastCoordinatorError
            now = self._clock.now()
            await staff.dismiss(tx, resident.contact_id, now)
            await audit.record(tx, "team.left", now=now, by=mine)

    async def _invite(self, tx: Tx, role: Role, centre: str | None, *, by: Staff | None) -> str:
        now = self._clock.now()
        await audit.record(
            tx, "team.invited", now=now, by=by, subject=centre or "", invited=role.value
        )
        payload = _PREFIX + secrets.token_urlsafe(16)
        await staff.invite(
            tx,
            token_hash=_hash(payload),
            role=role,
            centre=centre,
            now=now,
            expires_at=now + INVITATION_LASTS,
        )
        return payload

    async def _tell_coordinators(self, tx: Tx, member: Staff, payload: str) -> None:
        for other in await staff.everyone(tx):
            if other.role is not Role.COORDINATOR or other.contact_id == member.contact_id:
                continue
            told = await residents.find(tx, other.contact_id)
            if told:
                message = phrases.used(voice(told.language), member.role)
                key = f"team:{_hash(payload)[:16]}:{other.contact_id}"
                await notices.queue(tx, other.contact_id, message, key=key, now=self._clock.now())

    def _count_guess(self, contact_id: str, now: datetime) -> None:
        recent = [at for at in self._guesses.get(contact_id, []) if now - at < timedelta(hours=1)]
        if len(recent) >= GUESSES_AN_HOUR:
            raise TooMuchError
        self._guesses[contact_id] = [*recent, now]


def _among(team: Sequence[Staff], resident: Resident) -> Staff | None:
    return next((each for each in team if each.contact_id == resident.contact_id), None)


def _hash(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()
