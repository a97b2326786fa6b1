"""Cards of a gathering's wall: in the other language, and from the wall onto the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.contribution_dates import due
from bot.domain.contribution_states import State
from bot.domain.contributions import Contribution, Kind, Origin
from bot.domain.errors import OutdatedError
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.sessions import LONGEST_IDEA, Card, Idea, unentered
from bot.services.contribution_wording import TITLE
from bot.services.session_access import idea_of, run_by
from bot.services.town import TownSettings
from bot.text import one_line
from storage import contribution_events, contributions, gatherings
from storage.store import Store, Tx

Distress = Callable[[str], bool]
"""Tells whether words are for few eyes only."""


class SessionCards:
    """What animators do with a card beyond hanging it; each call looks at their role again."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`; `town` says by when a contribution is answered."""
        self._store = store
        self._clock = clock
        self._town = town

    async def translate(
        self, cause: Cause, resident: Resident, number: int, idea: int, text: str
    ) -> Idea:
        """Give an idea its words in the other language; "" takes them away."""
        async with self._store.write(cause) as tx:
            found = await idea_of(tx, resident, number, idea)
            worded = replace(found, translation=one_line(text, limit=LONGEST_IDEA))
            await gatherings.put_idea(tx, worded)
        return worded

    async def enter(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        distress: Distress,
        only: int | None = None,
    ) -> list[int]:
        """Let the cards (or `only` one) become contributions on the board, each exactly once.

        Card and contribution change in one transaction while the session is locked, so two animators
        who tap at once enter nothing twice. Returns the new numbers; OutdatedError if there are none.
        """
        async with self._store.write(cause) as tx:
            await run_by(tx, resident, number, ended=True)
            waiting = unentered(await gatherings.ideas(tx, number))
            chosen = [card for card in waiting if only is None or card[0].number == only]
            if not chosen:
                raise OutdatedError
            return [await self._enter(tx, resident, card, distress) for card in chosen]

    async def _enter(self, tx: Tx, resident: Resident, card: Card, distress: Distress) -> int:
        now = self._clock.now()
        number = await contributions.add(tx, self._contribution(resident, card, distress))
        await contribution_events.add(tx, number, "entered", at=now, by=resident.contact_id)
        for idea in (card[0], *card[1]):
            await gatherings.put_idea(tx, replace(idea, contribution=number))
        return number

    def _contribution(self, resident: Resident, card: Card, distress: Distress) -> Contribution:
        head, more = card
        text = "\n".join(each.text for each in (head, *more))
        now, critical = self._clock.now(), distress(text)
        days = self._town.current.answer_within
        title = {code: one_line(words, limit=TITLE) for code, words in head.words.items()}
        return Contribution(
            number=0,
            kind=Kind.IDEA,
            state=State.READ,
            published_state=State.RECEIVED,
            language=head.language,
            text=text,
            created_at=now,
            origin=Origin.SESSION,
            wants_reply=False,
            title=Localized(title),
            entered_by=resident.contact_id,
            due_at=due(Kind.IDEA, None, now=now, days=days),
            urgent=critical,
            critical=critical,
            reviewed_at=now,
            public=not critical,
            shown_at=None if critical else now,
        )
