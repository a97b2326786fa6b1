"""The town's ready-made reasons: a few come with the bot, coordinators add and take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.contribution_states import State
from bot.domain.errors import OutdatedError
from bot.domain.localized import LANGUAGES
from bot.domain.reasons import ReadyReason, ReadyReasons
from bot.domain.residents import Resident
from bot.domain.roles import Role
from bot.services.contribution_access import handled, member_of_team
from storage import town
from storage.store import Store, Tx

_KEY = "ready_reasons"


class Reasons:
    """What a decision may be explained with; nothing is published by choosing one."""

    def __init__(self, store: Store, clock: Clock, *, given: Sequence[ReadyReason]) -> None:
        """Work on `store` by `clock`; `given` are the reasons that come with the bot."""
        self._store = store
        self._clock = clock
        self._given = given

    async def offered(self, resident: Resident, state: State) -> Sequence[ReadyReason]:
        """Return the reasons for a decision, the town's own first."""
        async with self._store.read() as tx:
            await member_of_team(tx, resident)
            return (await self._all(tx)).offered(state)

    async def find(self, resident: Resident, id_: str) -> ReadyReason:
        """Return one reason; OutdatedError if it was taken away."""
        async with self._store.read() as tx:
            await member_of_team(tx, resident)
            found = (await self._all(tx)).find(id_)
        if found is None:
            raise OutdatedError
        return found

    async def keep(self, cause: Cause, resident: Resident, number: int) -> None:
        """Let a coordinator keep the reason of a contribution for the next time."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number, Role.COORDINATOR)
            if not all(code in found.reason for code in LANGUAGES):
                raise OutdatedError
            changed = (await self._all(tx)).with_own(found.state, found.reason)
            await self._save(tx, changed)

    async def drop(self, cause: Cause, resident: Resident, id_: str) -> None:
        """Let a coordinator take a reason away."""
        async with self._store.write(cause) as tx:
            await member_of_team(tx, resident, Role.COORDINATOR)
            await self._save(tx, (await self._all(tx)).without(id_))

    async def _all(self, tx: Tx) -> ReadyReasons:
        kept: Any = (await town.settings(tx)).get(_KEY) or {}
        own: Mapping[str, Any] = kept.get("own", {})
        return ReadyReasons(
            self._given,
            tuple(ReadyReason.of(id_, data) for id_, data in own.items()),
            frozenset(kept.get("gone", ())),
        )

    async def _save(self, tx: Tx, changed: ReadyReasons) -> None:
        kept = {
            "own": {each.id: each.to_json() for each in changed.own},
            "gone": sorted(changed.gone),
        }
        await town.put(tx, _KEY, kept, source="chat", now=self._clock.now())
