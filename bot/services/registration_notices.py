"""Telling people about their registration: a message where one arrives, else a call for the team to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.courtesy import may_write
from bot.domain.messages import Message
from bot.domain.pacing import Lane
from bot.domain.registrations import Registration
from bot.i18n import Voice, voice
from bot.services.sittings import Sittings
from storage import outbox, phoning, residents
from storage.store import Tx

Words = Callable[[Voice], Message]

LAST_CALL = timedelta(hours=2)
"""What would come later than this before the start is said at once, even at night."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell: `key` names its cause, `kind` what it is about.

    `starts` is the date it concerns and `until` when it helps no more; `urgent` is said even in the
    quiet hours.
    """

    key: str
    kind: str
    starts: datetime | None = None
    until: datetime | None = None
    urgent: bool = False
    lane: Lane = Lane.REPLY


class Telling:
    """Reaches whoever has registered, in the transaction of what there is to tell."""

    def __init__(self, clock: Clock, *, sittings: Sittings) -> None:
        """Know the quiet hours by `sittings`."""
        self._clock = clock
        self._sittings = sittings

    async def tell(
        self, tx: Tx, registration: Registration, words: Words, *, notice: Notice
    ) -> bool:
        """Queue the notice once; whom no message reaches, the team is asked to phone."""
        person = (
            await residents.glance(tx, registration.contact_id) if registration.contact_id else None
        )
        if person is None or (not person.reachable and registration.who.phone):
            return await phoning.want(
                tx,
                registration.number,
                notice.kind,
                cause=f"{notice.key}:{registration.number}",
                now=self._clock.now(),
                until=notice.until or notice.starts,
            )
        return await outbox.enqueue(
            tx,
            contact_id=person.contact_id,
            key=f"{notice.key}:{registration.number}",
            lane=notice.lane,
            message=words(voice(person.language)),
            kind=notice.key.split(":", 1)[0],
            now=self._clock.now(),
            not_before=self._not_before(notice),
            expires_at=notice.until,
        )

    def _not_before(self, notice: Notice) -> datetime:
        now = self._clock.now()
        if notice.urgent:
            return now
        polite = may_write(now, self._sittings.quiet, asked_for=True)
        return now if notice.starts and polite > notice.starts - LAST_CALL else polite
