"""Deciding, and publishing what was decided: two acts, so that nobody is refused by a slip of a finger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.domain.anonymity import seen_by_team
from bot.domain.causes import Cause
from bot.domain.contribution_dates import due
from bot.domain.contribution_errors import IncompleteError, UnreviewedError
from bot.domain.contribution_lists import Told
from bot.domain.contribution_states import (
    CLOSED,
    DECIDED,
    Decision,
    Helpers,
    Missing,
    State,
    may_move,
    missing_to_publish,
)
from bot.domain.contributions import Contribution, Kind, may_merge
from bot.domain.errors import OutdatedError
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.sending import part_of
from bot.phrases import contributions as phrases
from bot.services import contribution_notices as telling
from bot.services.contribution_access import handled
from bot.services.town import TownSettings
from bot.text import clean
from storage import contribution_events, contributions, supports
from storage.store import Store, Tx


class Decisions:
    """What becomes of contributions; whoever it concerns hears of it once, or it is on record why not."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._town = town

    async def decide(
        self, cause: Cause, resident: Resident, number: int, decision: Decision
    ) -> tuple[Missing, ...]:
        """Note what the team has decided; return what must still be said before it can be published.

        Nobody outside the team learns of it. OutdatedError where that state cannot follow.
        """
        said = _cleaned(decision)
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if said.state not in DECIDED or not may_move(found.state, said.state):
                raise OutdatedError
            changed = replace(
                found,
                state=said.state,
                reason=said.reason,
                passed_to=said.passed_to,
                helpers=said.helpers,
            )
            if changed != found:
                await contributions.save(tx, changed)
                await self._event(tx, changed, "decided", resident, old=found.state)
        return missing_to_publish(said)

    async def publish(self, cause: Cause, resident: Resident, number: int) -> Told:
        """Tell author and supporters what was decided, and let the board show it.

        IncompleteError names what is still missing; OutdatedError if there is nothing new to tell.
        """
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.final or not found.untold:
                raise OutdatedError
            missing = missing_to_publish(found.decision)
            if missing:
                raise IncompleteError(missing)
            told = replace(
                found,
                published_state=found.state,
                told=found.decision,
                reviewed_at=found.reviewed_at or now,
                shown_at=now if found.public else found.shown_at,
                first_answer_at=found.first_answer_at or now,
                closed_at=now if found.state in CLOSED else None,
                promised_at=None,
            )
            await contributions.save(tx, told)
            event = await self._event(
                tx, told, "published", resident, old=found.published_state, published=True
            )
            return await self._tell_change(tx, told, event)

    async def release(self, cause: Cause, resident: Resident, number: int) -> Contribution:
        """Let the board show it; UnreviewedError before the team has given it a title."""
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.final or found.kind is Kind.OBSERVATION or found.critical:
                raise OutdatedError
            if not found.title:
                raise UnreviewedError
            if not found.public:
                found = replace(
                    found, public=True, shown_at=now, reviewed_at=found.reviewed_at or now
                )
                await contributions.save(tx, found)
                await self._event(tx, found, "released", resident, old=found.state)
        return seen_by_team(found)

    async def hide(self, cause: Cause, resident: Resident, number: int) -> Contribution:
        """Take it off the board; author and supporters keep hearing of it."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.public:
                now = self._clock.now()
                found = replace(found, public=False, reviewed_at=found.reviewed_at or now)
                await contributions.save(tx, found)
                await self._event(tx, found, "hidden", resident, old=found.state)
        return seen_by_team(found)

    async def reopen(self, cause: Cause, resident: Resident, number: int) -> Contribution:
        """Put what was closed back among what the team discusses; publishing that is another act."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.final or found.waits:
                raise OutdatedError
            opened = replace(
                found, state=State.DISCUSSION, reason=Localized(), closed_at=None, promised_at=None
            )
            await contributions.save(tx, opened)
            await self._event(tx, opened, "reopened", resident, old=found.state)
        return seen_by_team(opened)

    async def merge(self, cause: Cause, resident: Resident, number: int, *, into: int) -> Told:
        """Let one contribution go on as part of another: supports are united, everybody concerned is told.

        The author of the first becomes a supporter of the second.
        """
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            target = await handled(tx, resident, into)
            if not may_merge(found, target):
                raise OutdatedError
            gone = replace(
                found,
                state=State.MERGED,
                published_state=State.MERGED,
                told=Decision(State.MERGED),
                merged_into=into,
                public=False,
                reviewed_at=found.reviewed_at or now,
                first_answer_at=found.first_answer_at or now,
                closed_at=now,
            )
            await contributions.save(tx, gone)
            event = await self._event(
                tx, gone, "merged", resident, old=found.published_state, published=True, about=into
            )
            await self._event(tx, target, "joined", resident, old=target.state, about=number)
            told = await telling.announce(
                tx,
                gone,
                event,
                lambda v, author: phrases.merged(v, gone, into=target, author=author),
                now=now,
            )
            await self._unite(tx, found, target)
        return told

    async def split(
        self,
        cause: Cause,
        resident: Resident,
        number: int,
        *,
        text: str,
        kind: Kind | None = None,
    ) -> int:
        """Give one of several points a number of its own, with the same author, who is told."""
        words = clean(text)
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if found.final or not words or kind is Kind.OBSERVATION:
                raise OutdatedError
            part = part_of(found, words, kind=kind or found.kind, now=self._clock.now())
            days = self._town.current.answer_within
            deadline = due(part.kind, part.category, now=part.created_at, days=days)
            part = replace(part, due_at=deadline)
            part = replace(part, number=await contributions.add(tx, part))
            await self._event(tx, found, "split", resident, old=found.state, about=part.number)
            event = await self._event(
                tx, part, "split_from", resident, old=part.state, published=True, about=number
            )
            await telling.announce(
                tx,
                part,
                event,
                lambda v, _author: phrases.split(v, part, source=number),
                now=self._clock.now(),
            )
        return part.number

    async def link(self, cause: Cause, resident: Resident, number: int, *, other: int) -> None:
        """Note that two contributions belong together."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            await handled(tx, resident, other)
            if number == other or not await contributions.link(tx, number, other):
                raise OutdatedError
            await self._event(tx, found, "linked", resident, old=found.state, about=other)

    async def unlink(self, cause: Cause, resident: Resident, number: int, *, other: int) -> None:
        """Note that they do not belong together after all."""
        async with self._store.write(cause) as tx:
            found = await handled(tx, resident, number)
            if not await contributions.unlink(tx, number, other):
                raise OutdatedError
            await self._event(tx, found, "unlinked", resident, old=found.state, about=other)

    async def linked(self, resident: Resident, number: int) -> Sequence[Contribution]:
        """Return what belongs to it: linked, merged into it, split from it."""
        async with self._store.read() as tx:
            await handled(tx, resident, number)
            return [seen_by_team(each) for each in await contributions.related(tx, number)]

    async def _unite(self, tx: Tx, found: Contribution, target: Contribution) -> None:
        await supports.unite(
            tx, source=found.number, target=target.number, except_for=target.author
        )
        if found.author not in {None, target.author}:
            await supports.join(
                tx,
                target.number,
                found.author or "",
                now=self._clock.now(),
                follows=found.wants_reply,
            )

    async def _tell_change(self, tx: Tx, told: Contribution, event: int) -> Told:
        today = self._clock.local().date()
        return await telling.announce(
            tx,
            told,
            event,
            lambda v, author: phrases.changed(v, told, event=event, author=author, today=today),
            now=self._clock.now(),
        )

    async def _event(
        self,
        tx: Tx,
        found: Contribution,
        kind: str,
        by: Resident,
        *,
        old: State,
        published: bool = False,
        about: int | None = None,
    ) -> int:
        said = kind in {"decided", "published"}
        return await contribution_events.add(
            tx,
            found.number,
            kind,
            at=self._clock.now(),
            by=by.contact_id,
            old=old,
            new=found.state,
            public_note=found.reason if said else None,
            published=published,
            about=about,
        )


def _cleaned(decision: Decision) -> Decision:
    helpers = decision.helpers
    return Decision(
        decision.state,
        _texts(decision.reason),
        _texts(decision.passed_to),
        Helpers(_texts(helpers.who), helpers.until, helpers.wanted),
    )


def _texts(texts: Localized) -> Localized:
    return Localized.of({code: clean(text, limit=1500) for code, text in texts.items()})
