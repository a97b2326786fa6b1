"""What residents bring: sent once, changed until it is reviewed, taken back at any time, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.anonymity import code_hash, seen_by_author, seen_by_supporter
from bot.domain.causes import Cause
from bot.domain.contribution_dates import due
from bot.domain.contribution_lists import Receipt
from bot.domain.contributions import (
    Contribution,
    Draft,
    Event,
    Kind,
    NameLevel,
    may_change_level,
    may_edit,
    may_withdraw,
)
from bot.domain.errors import NotAllowedError, OutdatedError, TooMuchError
from bot.domain.residents import Resident
from bot.domain.sending import checked, files_of, new_contribution
from bot.i18n import voice
from bot.phrases import contributions as phrases
from bot.services import contribution_notices as telling
from bot.services import notices
from bot.services.contribution_access import refuse_limited, theirs
from bot.services.contribution_ends import take_back
from bot.services.dialogues import forget_draft_in
from bot.services.town import TownSettings
from bot.services.unlinkable import Unlinkable
from bot.text import clean
from storage import (
    attachments,
    contribution_events,
    contributions,
    supports,
)
from storage.store import Store, Tx

A_DAY = timedelta(days=1)
PER_DAY = 10
"""Contributions one resident may bring in a day; a walk through the quarter needs no more."""
MINE = 20
"""How many of one's own are listed."""


class Contributions:
    """A resident's own contributions; what others may know of them is decided elsewhere."""

    def __init__(self, store: Store, clock: Clock, *, town: TownSettings) -> None:
        """Work on `store` by `clock`."""
        self._store = store
        self._clock = clock
        self._town = town
        self._unlinkable = Unlinkable(store, clock, town=town)

    async def submit(self, cause: Cause, resident: Resident, draft: Draft) -> Receipt:
        """Send a draft and forget it; linkable ones get their receipt queued with it.

        The same words twice a day are one contribution. Raises UnfinishedError, UnlinkableError (it
        carries more than it may), LimitedError, and TooMuchError above ten a day. An unlinkable
        one leaves nothing behind that leads to the resident: its code is in what is returned alone.
        """
        ready = checked(draft)
        if ready.kind is Kind.OBSERVATION:
            raise NotAllowedError
        if ready.level is NameLevel.UNLINKABLE:
            return await self._unlinkable.submit(cause, resident, ready)
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            await refuse_limited(tx, resident.contact_id, now)
            number = await self._known(tx, resident, ready)
            if number is None:
                number = await self._add(tx, resident, ready)
            await forget_draft_in(tx, resident.contact_id, now=now)
            sent = await theirs(tx, resident, number)
            await self._receipt(tx, resident, sent, cause)
        return Receipt(number, due_at=sent.due_at)

    async def edit(
        self, cause: Cause, resident: Resident, number: int, *, text: str, critical: bool = False
    ) -> Contribution:
        """Change the words of one's own contribution; OutdatedError once the team has reviewed it.

        `critical` tells that the new words speak of distress: from now on it is the coordinators' alone.
        """
        async with self._store.write(cause) as tx:
            found = await theirs(tx, resident, number)
            words = clean(text)
            if not may_edit(found, resident.contact_id) or not words:
                raise OutdatedError
            changed = replace(
                found,
                text=words,
                urgent=found.urgent or critical,
                critical=found.critical or critical,
                assignee=None if critical else found.assignee,
            )
            await contributions.save(tx, changed)
            await self._note(tx, number, "edited", by=resident.contact_id)
        return seen_by_author(changed)

    async def withdraw(self, cause: Cause, resident: Resident, number: int) -> None:
        """Take one's own contribution back: its words and media are erased, supporters are told."""
        async with self._store.write(cause) as tx:
            found = await theirs(tx, resident, number)
            if not may_withdraw(found, resident.contact_id):
                raise OutdatedError
            await take_back(tx, found, now=self._clock.now(), by=resident.contact_id)

    async def withdraw_by_code(self, cause: Cause, code: str) -> None:
        """Take an unlinkable contribution back by its tracking code; OutdatedError if it is none."""
        await self._unlinkable.withdraw(cause, code)

    async def change_level(
        self, cause: Cause, resident: Resident, number: int, *, level: NameLevel
    ) -> Contribution:
        """Change between "name not shown" and confidential; unlinkable comes before sending or never."""
        async with self._store.write(cause) as tx:
            found = await theirs(tx, resident, number)
            if not may_change_level(found, resident.contact_id, level):
                raise OutdatedError
            changed = replace(found, level=level)
            if level is not found.level:
                await contributions.save(tx, changed)
                await self._note(tx, number, f"level_{level}", by=resident.contact_id)
        return seen_by_author(changed)

    async def mine(self, resident: Resident) -> Sequence[Contribution]:
        """Return one's own contributions as they stand in public, the newest first."""
        async with self._store.read() as tx:
            found = await contributions.by_author(tx, resident.contact_id, limit=MINE)
        return [seen_by_author(each) for each in found]

    async def see(self, resident: Resident, number: int) -> Contribution:
        """Return one contribution that the resident brought or supports; OutdatedError otherwise."""
        async with self._store.read() as tx:
            found = await contributions.get(tx, number)
            if found is not None and found.author == resident.contact_id:
                return seen_by_author(found)
            if found is None or not await supports.is_supporter(tx, number, resident.contact_id):
                raise OutdatedError
        return seen_by_supporter(found)

    async def history(self, resident: Resident, number: int) -> Sequence[Event]:
        """Return what has been published about a contribution one brought or supports."""
        await self.see(resident, number)
        async with self._store.read() as tx:
            found = await contribution_events.of(tx, [number], published_only=True)
        return [replace(event, by=None, private_note="") for event in found]

    async def status(self, code: str) -> Contribution | None:
        """Return how an unlinkable contribution stands, by its tracking code; None if there is none."""
        hashed = code_hash(code)
        if hashed is None:
            return None
        async with self._store.read() as tx:
            found = await contributions.by_code(tx, hashed)
        return seen_by_author(found) if found else None

    async def answer_transcript(
        self, cause: Cause, resident: Resident, number: int, *, right: bool
    ) -> None:
        """Say whether the team understood one's voice message; if not, it listens again."""
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            found = await theirs(tx, resident, number)
            events = await contribution_events.of(tx, [number])
            written = [event for event in events if event.kind == "transcribed"]
            if not written or found.final:
                raise OutdatedError
            about = written[-1].id
            if await contribution_events.answered(tx, number, about=about, by=resident.contact_id):
                raise OutdatedError
            kind = "transcript_right" if right else "transcript_wrong"
            await self._note(tx, number, kind, by=resident.contact_id, about=about)
            if not right:
                await telling.tell_team(
                    tx,
                    found,
                    lambda v: phrases.transcript_refused(v, number),
                    key=f"c:{number}:script:{about}",
                    now=now,
                )

    async def _known(self, tx: Tx, resident: Resident, draft: Draft) -> int | None:
        since = self._clock.now() - A_DAY
        if not draft.photos and not draft.voice:
            known = await contributions.same_text(tx, resident.contact_id, draft.text, since)
            if known is not None:
                return known
        if await contributions.count_since(tx, resident.contact_id, since) >= PER_DAY:
            raise TooMuchError
        return None

    async def _add(self, tx: Tx, resident: Resident, draft: Draft) -> int:
        now = self._clock.now()
        new = new_contribution(draft, language=draft.language or resident.language, now=now)
        deadline = due(new.kind, new.category, now=now, days=self._town.current.answer_within)
        new = replace(new, author=resident.contact_id, due_at=deadline)
        number = await contributions.add(tx, new)
        new = replace(new, number=number)
        await self._note(tx, number, "submitted", by=resident.contact_id)
        await attachments.want(tx, number, files_of(draft), author=resident.contact_id, now=now)
        await telling.tell_team(
            tx,
            new,
            lambda v: phrases.notify_team(v, number, new.kind, new.text, critical=new.critical),
            key=f"c:{number}:new",
            now=now,
        )
        return number

    async def _receipt(self, tx: Tx, resident: Resident, sent: Contribution, cause: Cause) -> None:
        zone = self._clock.zone
        receipt = phrases.receipt(
            voice(resident.language),
            sent,
            due_on=sent.due_at.astimezone(zone).date() if sent.due_at else None,
            today=self._clock.local().date(),
            town=self._town.current,
        )
        key = f"c:{sent.number}:receipt:{cause.update_id}"
        await notices.queue(tx, resident.contact_id, receipt, key=key, now=self._clock.now())

    async def _note(
        self, tx: Tx, number: int, kind: str, *, by: str, about: int | None = None
    ) -> None:
        await contribution_events.add(tx, number, kind, at=self._clock.now(), by=by, about=about)
