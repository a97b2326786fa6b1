"""What residents receive unasked: agreed to one by one, taken back with one tap, each on record."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.pacing import Lane
from bot.domain.residents import Resident
from bot.domain.subscriptions import EVERYTHING, PURPOSE, VERSION, Subscription
from storage import outbox, privacy, subscriptions
from storage.store import Store, Tx


class Subscriptions:
    """Who wants to hear of what; nobody is written to unasked without being in it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock

    async def of(self, resident: Resident) -> frozenset[Subscription]:
        """Return everything the resident wants to hear of."""
        async with self._store.read() as tx:
            return await subscriptions.of(tx, resident.contact_id)

    async def answered(self, resident: Resident) -> bool:
        """Tell whether the resident has said yes or no before: they are asked only once."""
        async with self._store.read() as tx:
            return await subscriptions.answered(tx, resident.contact_id)

    async def agree(
        self, cause: Cause, resident: Resident, wish: Subscription = EVERYTHING
    ) -> frozenset[Subscription]:
        """Note a wish and the yes to it; return all wishes."""
        async with self._store.write(cause) as tx:
            if await subscriptions.add(tx, resident.contact_id, wish, now=self._clock.now()):
                await self._note(tx, resident, granted=True)
            return await subscriptions.of(tx, resident.contact_id)

    async def take_back(
        self, cause: Cause, resident: Resident, wish: Subscription
    ) -> frozenset[Subscription]:
        """Take one wish back; the last one is a no on record."""
        async with self._store.write(cause) as tx:
            gone = await subscriptions.drop(tx, resident.contact_id, wish)
            left = await subscriptions.of(tx, resident.contact_id)
            if gone and not left:
                await self._refuse(tx, resident)
            return left

    async def refuse(self, cause: Cause, resident: Resident) -> None:
        """Take every wish back; what waits for the resident at this moment does not come either."""
        async with self._store.write(cause) as tx:
            await subscriptions.drop_all(tx, resident.contact_id)
            await self._refuse(tx, resident)

    async def _refuse(self, tx: Tx, resident: Resident) -> None:
        now = self._clock.now()
        await outbox.cancel_lane(tx, resident.contact_id, Lane.BROADCAST, now=now)
        await self._note(tx, resident, granted=False)

    async def _note(self, tx: Tx, resident: Resident, *, granted: bool) -> None:
        await privacy.record_consent(
            tx,
            resident.contact_id,
            purpose=PURPOSE,
            version=VERSION,
            language=resident.language,
            granted=granted,
            now=self._clock.now(),
        )
