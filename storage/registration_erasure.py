"""How lists go on without somebody who is erased: their places are free for whoever waits."""

from __future__ import annotations

from storage import registrations, rolls
from storage.store import Tx


async def leave(tx: Tx, contact_id: str) -> None:
    """Prepare the erasure of a person: their registrations go, and the lists are counted anew.

    How many came to past dates stays: it was counted without names.
    """
    theirs = await registrations.rolls_of(tx, contact_id)
    await rolls.keep_still(tx, theirs)
    await registrations.erase(tx, contact_id)
    for roll_id in theirs:
        await rolls.recount(tx, roll_id)
