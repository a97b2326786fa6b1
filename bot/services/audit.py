"""The audit: `record` writes a line with the act it tells of; coordinators read, anybody may verify."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.domain.audit import NOBODY, Detail, Entry, Topic, Verdict
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from storage import audit, staff
from storage.store import Store, Tx

ON_PAGE = 6
"""Lines on one page of the chat."""


async def record(
    tx: Tx,
    action: str,
    *,
    now: datetime,
    by: Staff | None = None,
    about: str | None = None,
    subject: str = "",
    **details: Detail,
) -> None:
    """Write down an act in the transaction that carries it out.

    `action` is `topic.verb`, e.g. `team.removed`; `by` is the member of the team who acts, None for
    the house or whoever runs it; `about` a person (it goes with them), `subject` a thing by name or
    number. No words of people: they could not be erased from here.
    """
    await audit.append(
        tx,
        at=now,
        actor=by.contact_id if by else None,
        role=by.role.value if by else NOBODY,
        action=action,
        about=about,
        subject=subject,
        details=dict(details),
    )


class Audit:
    """Reading the audit and following its chain."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store`; the clock says in which zone people read times."""
        self._store = store
        self._clock = clock
        self.zone = clock.zone

    async def page(
        self, resident: Resident, number: int, topic: Topic | None
    ) -> tuple[Sequence[Entry], int]:
        """Return a page of lines for a coordinator, the latest first, and how many there are."""
        async with self._store.read() as tx:
            demand(await staff.of(tx, resident.contact_id), Role.COORDINATOR)
            lines = await audit.page(tx, topic=topic, offset=number * ON_PAGE, limit=ON_PAGE)
            return lines, await audit.count(tx, topic=topic)

    async def verify(self) -> Verdict:
        """Follow the whole chain."""
        async with self._store.read() as tx:
            return await audit.verify(tx)

    async def exported(self, what: str, *, by: Staff | None = None) -> None:
        """Write down that `what` was handed out; without a member, by whoever runs the machine."""
        async with self._store.write() as tx:
            await record(tx, "data.exported", now=self._clock.now(), by=by, subject=what)

    async def everything(self) -> AsyncIterator[Entry]:
        """Yield every line, the oldest first, for an export."""
        async with self._store.read() as tx:
            async for entry in audit.everything(tx):
                yield entry
