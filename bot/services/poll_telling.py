"""How a poll ended, told to everybody who took part; then nobody knows any more who that was."""

from __future__ import annotations

from typing import Final

from bot.clock import Clock
from bot.domain.poll_views import Counted, Seen, seen
from bot.i18n import voice
from bot.phrases import poll_results
from bot.services import notices
from bot.services.poll_access import found
from storage import ballots, polls, residents
from storage.store import Store, Tx

_BATCH: Final = 200
"""Results go out by so many people in one transaction: a vote never waits long behind them."""


async def tell_result(store: Store, clock: Clock, number: int) -> int:
    """Tell everybody who took part, some at a time, and return how many were told."""
    told = 0
    while sent := await _tell_some(store, clock, number):
        told += sent
    return told


async def _tell_some(store: Store, clock: Clock, number: int) -> int:
    now = clock.now()
    async with store.write() as tx:
        poll = await found(tx, number)
        people = await ballots.voters(tx, number, limit=_BATCH)
        counted = Counted(await ballots.tally(tx, number), await ballots.room(tx, number))
        end = seen(poll, counted, mine=None, voted=True)
        if not people:
            await _tell_keeper(tx, clock, end)
            await ballots.forget_all_turnout(tx, number)
            await polls.told(tx, number)
            return 0
        for person in people:
            if person.reachable and not person.paused:
                message = poll_results.told(voice(person.language), end)
                key = f"p:{number}:result:{person.contact_id}"
                await notices.queue(tx, person.contact_id, message, key=key, now=now)
        await ballots.forget_turnout(tx, number, [each.contact_id for each in people])
    return len(people)


async def _tell_keeper(tx: Tx, clock: Clock, end: Seen) -> None:
    """Tell who asked how a poll ended that closed by itself; the key keeps it to one message."""
    poll = end.poll
    by_itself = poll.closes_at and poll.closed_at and poll.closed_at >= poll.closes_at
    keeper = await residents.glance(tx, poll.created_by) if poll.created_by else None
    if by_itself and keeper is not None and keeper.reachable:
        message = poll_results.told(voice(keeper.language), end)
        key = f"p:{poll.number}:result:{keeper.contact_id}"
        await notices.queue(tx, keeper.contact_id, message, key=key, now=clock.now())
