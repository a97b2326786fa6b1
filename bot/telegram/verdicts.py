"""What becomes of a message after Telegram's answer or silence, and the note of it in the outbox.

It sends nothing and keeps no memory of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.retries import MOST_TRIES
from bot.telegram.failures import Doubt, Gone, Meaning, Moved, OurFault, TheirFault
from storage import contacts, outbox, residents
from storage.outbox import Claimed, End
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Arrived:
    """Telegram took the message and gave it this id in the chat."""

    message_id: int


Outcome = Arrived | Meaning


@dataclass(frozen=True, slots=True)
class Verdict:
    """`end` is the state the message ends in; None puts it back into its place in the queue."""

    end: End | None = None
    counted: bool = False
    doubted: bool = False
    error: str | None = None

    @property
    def word(self) -> str:
        """The outcome in one word, for statistics."""
        return self.end or "again"


def judge(row: Claimed, outcome: Outcome, *, counted: bool) -> Verdict:
    """Return what becomes of `row`; `counted` if the failure speaks against the message itself.

    A message in doubt is repeated once at most, and not at all where twice is worse than never.
    """
    match outcome:
        case Arrived():
            return Verdict("sent")
        case Gone():
            return Verdict("unreachable")
        case OurFault(reason):
            return Verdict("failed", error=reason)
        case TheirFault(reason) if counted and row.attempts + 1 >= MOST_TRIES:
            return Verdict("failed", error=reason)
        case TheirFault(reason):
            return Verdict(counted=counted, doubted=row.doubted, error=reason)
        case Doubt(reason) if row.doubted or row.on_doubt == "drop":
            return Verdict("unknown", error=reason)
        case Doubt():
            return Verdict(counted=counted, doubted=True)
        case _:
            return Verdict(doubted=row.doubted)


async def record(
    tx: Tx, row: Claimed, verdict: Verdict, *, outcome: Outcome, chat: int, now: datetime
) -> None:
    """Write the verdict, and what the outcome means for the contact: gone away or moved."""
    if isinstance(outcome, Moved):
        await contacts.follow(tx, old=chat, new=outcome.telegram_id)
    if isinstance(outcome, Gone):
        await residents.retire(tx, row.contact_id)
        await outbox.unreachable(tx, row.contact_id, now=now)
    elif isinstance(outcome, Arrived):
        await outbox.sent(tx, row.id, message_id=outcome.message_id, now=now)
    elif verdict.end:
        await outbox.ended(tx, row.id, verdict.end, now=now, error=verdict.error)
    else:
        await outbox.again(
            tx,
            row.id,
            counted=verdict.counted,
            doubted=verdict.doubted,
            error=verdict.error,
        )
