"""A reception under attack, and what must hold however it ends."""

from __future__ import annotations

import io
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot import logs
from bot.domain.roles import Role
from tests.front import Front, text_from
from tests.fuzz.corpus import MARK, Json
from tests.neighbours import press

ALICE, RETO = 1001, 3001
_STAFF_EFFECTS = (
    "SELECT contact_id, role, until FROM staff",
    "SELECT token_hash, used_at FROM invite",
    "SELECT id, state, answer FROM open_question WHERE contact_id IS NOT NULL AND id = 1",
    "SELECT count(*) FROM open_question WHERE state = 'answered'",
    "SELECT id, document, retired_at FROM entry ORDER BY id",
    "SELECT key, value FROM town_setting",
    "SELECT count(*) FROM conversation",
    "SELECT id, author, state, text, audience, missing, send_at, seconded_by FROM broadcast",
    "SELECT count(*) FROM outbox WHERE lane = 20",
    "SELECT hash FROM audit_head",
)


@dataclass
class Siege:
    """Throws updates at a reception and remembers what went wrong."""

    front: Front
    log: io.StringIO
    before: list[Any] = field(default_factory=list)
    thrown: int = 0
    unaccepted: list[Json] = field(default_factory=list)
    escaped: Counter[str] = field(default_factory=Counter)

    async def prepare(self) -> None:
        """Have a team of one, an open question and an invitation: what an attacker would want."""
        self.front.meets(ALICE)
        self.front.meets(RETO)
        team = self.front.archive.services.team
        start = text_from(RETO, f"/start {await team.invite(Role.COORDINATOR, None)}")
        assert await self.front.receive(start)
        await team.invite(Role.COORDINATOR, None)
        update: Json = press(ALICE, "ask:team")
        asked = text_from(ALICE, "Où jouer au curling ?")["message"]
        update["callback_query"]["message"]["reply_to_message"] = asked
        assert await self.front.receive(update)
        self.before = await self.effects()
        assert len(self.before[0]) == 1
        assert len(self.before[2]) == 1

    async def throw(self, update: Json) -> None:
        """Hand over one update; it must be accepted and nothing may escape."""
        self.thrown += 1
        try:
            if not await self.front.receive(update):
                self.unaccepted.append(update)
        except Exception as error:  # noqa: BLE001 - that is what is counted
            self.escaped[logs.journey(error)] += 1

    async def answers_the_next(self) -> None:
        """Expect a sound question right after to be answered."""
        told = len(self.front.told(ALICE))
        assert await self.front.receive(text_from(ALICE, "/privacy"))
        assert len(self.front.told(ALICE)) == told + 1

    async def effects(self) -> list[Any]:
        """Return all that only the team may change."""
        async with self.front.archive.store.read() as tx:
            found = [await tx.connection.exec_driver_sql(query) for query in _STAFF_EFFECTS]
            return [[tuple(row) for row in rows] for rows in found]

    def stumbles(self) -> Counter[str]:
        """Return where a handler failed over an update instead of refusing it kindly."""
        lines = (line for line in self.log.getvalue().splitlines() if "update failed" in line)
        return Counter(line.split("way=", 1)[-1] for line in lines)

    async def survived(self) -> None:
        """Expect everything accepted, nothing escaped, no staff effect, no word in the log."""
        assert self.escaped == {}
        assert self.unaccepted == []
        assert await self.effects() == self.before
        assert MARK not in self.log.getvalue()
        await self.answers_the_next()


@contextmanager
def logged() -> Iterator[io.StringIO]:
    """Send the log, at its most talkative, to where it can be searched."""
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, logging.raiseExceptions)
    stream = io.StringIO()
    logs.start("DEBUG", "human", stream=stream)
    try:
        yield stream
    finally:
        root.handlers[:], root.level = handlers, level
        sys.excepthook, logging.raiseExceptions = hooks
        structlog.reset_defaults()
