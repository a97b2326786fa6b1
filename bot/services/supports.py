"""Me too, across languages: what is alike is offered while one writes, joined once, and followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from bot.answers.likeness import LetterLikeness
from bot.clock import Clock
from bot.domain.anonymity import seen_by_supporter
from bot.domain.causes import Cause
from bot.domain.contribution_dates import FORGET_AUTHOR_AFTER
from bot.domain.contribution_lists import Alike
from bot.domain.contribution_states import State
from bot.domain.contributions import Contribution, Draft, may_join, steps
from bot.domain.errors import OutdatedError
from bot.domain.likeness import Match, Similarity, alike
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.phrases import contributions as phrases
from bot.services import contribution_notices as telling
from bot.services.alike_index import AlikeIndex
from bot.services.contribution_access import living, refuse_limited
from storage import contribution_events, contribution_lists, contributions, supports
from storage.store import Store, Tx

MINE = 20
"""How many supported contributions are listed."""


class Supports:
    """Who supports what; nobody learns who, only how many."""

    def __init__(self, store: Store, clock: Clock, *, similarity: Similarity | None = None) -> None:
        """Work on `store` by `clock`; texts are compared by `similarity`, by their letters if None."""
        self._store = store
        self._clock = clock
        self._similarity = similarity or LetterLikeness()
        self.index = AlikeIndex(store, self._similarity)

    async def similar(self, resident: Resident, draft: Draft) -> Sequence[Alike]:
        """Return at most three contributions about the same, best first; their words only if public."""
        since = self._clock.now() - FORGET_AUTHOR_AFTER
        nominated = await self.index.nearest(draft.text)
        async with self._store.read() as tx:
            found = await contribution_lists.candidates(
                tx,
                point=draft.point,
                neighbourhood=draft.neighbourhood,
                since=since,
                nominated=nominated,
            )
            joined = set(await supports.of(tx, resident.contact_id, limit=100))
        person = resident.contact_id
        others = [c for c in found if c.number not in joined and may_join(c, person)]
        return [
            _shown(match, self._clock.zone)
            for match in alike(draft, others, similarity=self._similarity)
        ]

    async def join(self, cause: Cause, resident: Resident, number: int) -> Contribution:
        """Support a contribution and follow it; once per resident, never one's own (OutdatedError).

        Where it has been merged, the one it went into is joined and returned.
        """
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            await refuse_limited(tx, resident.contact_id, now)
            found = await living(tx, number)
            if not may_join(found, resident.contact_id):
                raise OutdatedError
            new = await supports.join(tx, found.number, resident.contact_id, now=now, follows=True)
        return seen_by_supporter(replace(found, supports=found.supports + int(new)))

    async def leave(self, cause: Cause, resident: Resident, number: int) -> None:
        """Take one's support back; OutdatedError if there is none."""
        async with self._store.write(cause) as tx:
            found = await living(tx, number)
            if not await supports.leave(tx, found.number, resident.contact_id):
                raise OutdatedError

    async def supported(self, resident: Resident) -> Sequence[Contribution]:
        """Return what the resident supports, the latest first."""
        async with self._store.read() as tx:
            numbers = await supports.of(tx, resident.contact_id, limit=MINE)
            found = await contributions.several(tx, numbers)
        return [seen_by_supporter(each) for each in found]

    async def answer_done(
        self, cause: Cause, resident: Resident, number: int, *, event: int, really: bool
    ) -> None:
        """Say whether it is really done; "no" opens it again and tells the team.

        For author and supporters, once for each time it was published as done.
        """
        now, person = self._clock.now(), resident.contact_id
        async with self._store.write(cause) as tx:
            found = await self._done(tx, number, event)
            concerned = found.author == person or await supports.is_supporter(tx, number, person)
            if not concerned or await contribution_events.answered(
                tx, number, about=event, by=person
            ):
                raise OutdatedError
            kind = "confirmed" if really else "doubted"
            await contribution_events.add(tx, number, kind, at=now, by=person, about=event)
            if not really and found.state is State.DONE:
                await self._reopen(tx, found, about=event)

    async def _done(self, tx: Tx, number: int, event: int) -> Contribution:
        """Return the contribution if this event is the latest that was published: that it is done."""
        found = await contributions.get(tx, number)
        told = await contribution_events.of(tx, [number], published_only=True, limit=1)
        latest = bool(told) and told[-1].id == event and told[-1].new is State.DONE
        if found is None or not latest:
            raise OutdatedError
        return found

    async def _reopen(self, tx: Tx, found: Contribution, *, about: int) -> None:
        now, number = self._clock.now(), found.number
        opened = replace(
            found, state=State.DISCUSSION, reason=Localized(), closed_at=None, promised_at=None
        )
        await contributions.save(tx, opened)
        await contribution_events.add(
            tx, number, "reopened", at=now, by=None, old=found.state, new=opened.state, about=about
        )
        await telling.tell_team(
            tx,
            opened,
            lambda v: phrases.doubted(v, number),
            key=f"c:{number}:doubt:{about}",
            now=now,
        )


def _shown(match: Match, zone: tzinfo) -> Alike:
    found = match.contribution
    reviewed = found.public
    return Alike(
        number=found.number,
        kind=found.kind,
        state=found.told_state,
        title=found.title if reviewed else Localized(),
        summary=found.summary if reviewed else Localized(),
        reviewed=reviewed,
        neighbourhood=found.neighbourhood,
        metres=None if match.metres is None else round(match.metres / 100) * 100,
        likeness=match.likeness,
        supports=steps(found.supports),
        received_on=found.created_at.astimezone(zone).date(),
        shared=match.shared,
    )
