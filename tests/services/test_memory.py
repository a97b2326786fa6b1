"""What services keep in memory agrees with the tables, also when nobody waits for the commit."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.conversations import Conversation
from bot.services.dialogues import Dialogues
from bot.services.residents import Residents
from storage.store import Store


async def cut_short(store: Store, work: Coroutine[Any, Any, object]) -> None:
    """Begin the work and stop waiting for it at the moment of its commit."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)

        def leave() -> None:
            task.cancel()

        store.committed = leave
        with pytest.raises(asyncio.CancelledError):
            await task
    store.committed = None


async def test_a_dialogue_begun_when_nobody_waits_any_more_is_under_way(
    store: Store, clock: Clock
) -> None:
    person = (await Residents(store, clock).meet(1, "fr")).contact_id
    dialogues, begun = Dialogues(store, clock), Conversation("answering", "text", {"number": 1})
    assert await dialogues.current(person) is None

    await cut_short(store, dialogues.begin(Cause(1), person, begun))

    assert await dialogues.current(person) == begun


async def test_a_language_chosen_when_nobody_waits_any_more_is_spoken(
    store: Store, clock: Clock
) -> None:
    people = Residents(store, clock)
    alice = await people.meet(1, "fr")

    await cut_short(store, people.choose_language(Cause(1), alice, "de"))

    assert (await people.meet(1, "fr")).language == "de"
