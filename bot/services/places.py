"""Taking and leaving places on a list that is held: the counters and what hangs on them, nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.errors import OutdatedError
from bot.domain.registrations import QUEUED, Registration, Roll, State
from storage import phoning, registrations, reminders, rolls
from storage.store import Tx


async def hold(tx: Tx, number: int, *, contact_id: str | None = None) -> tuple[Registration, Roll]:
    """Return a live registration and its list, which nobody else decides on until the end of `tx`.

    With `contact_id` it must be this person's own. Raises OutdatedError where there is none.
    """
    roll_id = await registrations.roll_id(tx, number)
    roll = await rolls.get(tx, roll_id) if roll_id is not None else None
    # Read once the list is held: somebody may have decided on it meanwhile.
    registration = await registrations.get(tx, number)
    if roll is None or registration is None or not registration.live:
        raise OutdatedError
    if contact_id is not None and registration.contact_id != contact_id:
        raise OutdatedError
    return registration, roll


async def leave(tx: Tx, registration: Registration, state: State, *, now: datetime) -> None:
    """End a registration as `state` and give back what it held."""
    queued = registration.state in QUEUED
    await registrations.change(tx, registration.number, state, ended_at=now)
    if registration.contact_id is not None:  # whom we phone, we may have to phone once more
        await registrations.blank(tx, registration.number)
    await rolls.count(
        tx,
        registration.roll_id,
        taken=-(registration.held if queued else registration.places),
        waiting=-int(queued),
    )
    await reminders.forget(tx, [registration.number])
    await phoning.settled(tx, registration.number, "offer", now=now)


async def take(tx: Tx, registration: Registration) -> Registration:
    """Let somebody who had an offer be registered."""
    await registrations.change(tx, registration.number, State.REGISTERED)
    await rolls.count(
        tx, registration.roll_id, taken=registration.places - registration.held, waiting=-1
    )
    return replace(registration, state=State.REGISTERED, held=0, offered_until=None)


async def offer(tx: Tx, registration: Registration, *, until: datetime, held: bool) -> Registration:
    """Offer a place to somebody who waits; if `held`, it is kept for them meanwhile."""
    kept = registration.places if held else 0
    number = registration.offer + 1
    await registrations.change(
        tx, registration.number, State.OFFERED, held=kept, offer=number, offered_until=until
    )
    await rolls.count(tx, registration.roll_id, taken=kept)
    return replace(registration, state=State.OFFERED, held=kept, offer=number, offered_until=until)


async def wait_again(tx: Tx, registration: Registration, *, now: datetime) -> Registration:
    """Take an offer back that somebody else was faster to accept: they wait on where they were."""
    await registrations.change(tx, registration.number, State.WAITING)
    await rolls.count(tx, registration.roll_id, taken=-registration.held)
    await phoning.settled(tx, registration.number, "offer", now=now)
    return replace(registration, state=State.WAITING, held=0, offered_until=None)
