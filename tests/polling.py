"""A town hall without Telegram: the services of polls over a real database, and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.ballots import Choice
from bot.domain.causes import Cause
from bot.domain.localized import Localized
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Option, Poll, PollState, Terms
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.services.poll_keeping import PollKeeping
from bot.services.polls import Polls
from storage import contacts, residents, schema, staff
from storage.store import Store

WEDNESDAY = datetime.fromisoformat("2026-11-25T10:00")
QUESTION = Localized(fr="Que faisons-nous ?", de="Was machen wir?")
SOUP = Option(0, Localized(fr="Soupe", de="Suppe"))
GAMES = Option(0, Localized(fr="Jeux", de="Spiele"))
MUSIC = Option(0, Localized(fr="Musique", de="Musik"))


def poll(*options: Option, **terms: object) -> Poll:
    """An open poll without a database; options are numbered from 1."""
    numbered = tuple(
        Option(n, each.text, each.cost, each.starts) for n, each in enumerate(options, start=1)
    )
    return Poll(1, QUESTION, numbered, Terms(**terms), PollState.OPEN)  # type: ignore[arg-type]


@dataclass
class Hall:
    """All services of the theme on one store; `cause()` gives a fresh update each time."""

    store: Store
    clock: Clock
    updates: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.clock.start_at(WEDNESDAY)
        self.polls = Polls(self.store, self.clock)
        self.keeping = PollKeeping(self.store, self.clock)

    def cause(self) -> Cause:
        """Return an update that has not been seen yet."""
        return Cause(next(self.updates))

    async def resident(self, number: int, language: str = "fr") -> Resident:
        """Meet somebody who speaks `language`."""
        now = self.clock.now()
        async with self.store.write() as tx:
            contact = await contacts.meet(tx, number, kind="person", now=now)
            return await residents.welcome(tx, contact, language=language, now=now)

    async def animator(self, number: int = 900, centre: str | None = None) -> Resident:
        """Meet a member of the team."""
        person = await self.resident(number)
        async with self.store.write() as tx:
            role = Staff(person.contact_id, Role.ANIMATOR, centre, self.clock.now())
            await staff.appoint(tx, role, invited_by=None)
        return person

    async def opened(self, keeper: Resident, *options: Option, **terms: object) -> Poll:
        """Draft a poll and open it."""
        number = await self.keeping.draft(
            self.cause(),
            keeper,
            question=QUESTION,
            options=options,
            terms=Terms(**terms),  # type: ignore[arg-type]
        )
        return await self.keeping.open(self.cause(), keeper, number)

    async def votes(self, who: Resident, asked: Poll, *picks: int) -> Seen:
        """Choose options by their place, from 0."""
        chosen = tuple(asked.offered[place].id for place in picks)
        people = chosen == () and asked.terms.method is Method.COUNT
        return await self.polls.vote(
            self.cause(), who, asked.number, Choice(chosen, people=int(people))
        )

    async def notices(self) -> list[tuple[str, str]]:
        """Return whom the outbox writes to, and under which key."""
        async with self.store.read() as tx:
            rows = await tx.connection.execute(
                sa.select(schema.outbox.c.contact_id, schema.outbox.c.key).order_by(
                    schema.outbox.c.id
                )
            )
            return [(row.contact_id, row.key) for row in rows]


def amounts(seen: Seen) -> dict[str, int]:
    """Return the shown numbers by the options' French words."""
    assert seen.result is not None
    return {line.option.text.told("fr").text: line.amount for line in seen.result.lines}
