"""How a contribution is taken back: its words are erased at once, its supporters are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.contribution_states import Decision, Helpers, State
from bot.domain.contributions import Contribution
from bot.domain.localized import Localized
from bot.phrases import contributions as phrases
from bot.services import contribution_notices as telling
from storage import attachments, contribution_erasure, contribution_events, contributions, outbox
from storage.store import Tx


async def take_back(tx: Tx, found: Contribution, *, now: datetime, by: str | None) -> None:
    """Erase what was said in it and tell the supporters."""
    ended = replace(
        found,
        state=State.WITHDRAWN,
        published_state=State.WITHDRAWN,
        closed_at=now,
        public=False,
        text="",
        title=Localized(),
        summary=Localized(),
        point=None,
        near=None,
        address="",
        reason=Localized(),
        passed_to=Localized(),
        helpers=Helpers(),
        told=Decision(State.WITHDRAWN),
    )
    await contributions.save(tx, ended)
    await attachments.drop_all(tx, found.number)
    # The team need not read any more what it has not read yet.
    await outbox.cancel(tx, f"c:{found.number}:new:", now=now)
    await contribution_erasure.drop_notes_of(tx, found.number)
    event = await contribution_events.add(
        tx,
        found.number,
        "withdrawn",
        at=now,
        by=by,
        old=found.published_state,
        new=State.WITHDRAWN,
        published=True,
    )
    await telling.announce(
        tx,
        found,
        event,
        lambda v, _author: phrases.taken_back(v, found.number, found.title),
        now=now,
        actor=found.author,
    )
