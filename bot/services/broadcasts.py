"""Composing an announcement: words in both languages, a file, a link, whom it is for, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.audiences import Audience, allowed, permitted
from bot.domain.broadcasts import (
    REPEATED_WITHIN,
    Broadcast,
    Course,
    Letter,
    Missing,
    Plan,
    State,
    check_length,
    letter_of,
    seconds_for,
)
from bot.domain.causes import Cause
from bot.domain.errors import NotAllowedError, OutdatedError
from bot.domain.localized import LANGUAGES, Localized
from bot.domain.messages import StoredFile
from bot.domain.quiet import after_quiet
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff
from bot.services.broadcast_access import course_of, member_of_team
from bot.services.directory import DirectoryService
from bot.services.town import TownSettings
from bot.text import plain
from storage import audiences, broadcasts
from storage.store import Store, Tx

ON_PAGE = 5
"""Announcements on one page of the list."""

DRAFTS_KEPT = timedelta(days=30)


class Broadcasts:
    """Drafts and what has been sent; every act looks at role and state again."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        town: TownSettings,
        directory: DirectoryService,
        rate: int,
    ) -> None:
        """Work on `store` by `clock`; `rate` messages leave in a second."""
        self._store = store
        self._clock = clock
        self._town = town
        self._directory = directory
        self._rate = rate

    def now(self) -> datetime:
        """Return the present moment in the town's zone."""
        return self._clock.local()

    def choices(self, member: Staff) -> tuple[Audience, ...]:
        """Return whom this member may write to, the usual one first."""
        known = self._directory.current().neighbourhoods
        parts = tuple(each for each in known if each != "city")
        return allowed(member, self._town.current, parts)

    async def begin(self, cause: Cause, resident: Resident) -> Broadcast:
        """Begin a draft for the audience this member usually writes to."""
        async with self._store.write(cause) as tx:
            member = await member_of_team(tx, resident)
            choices = self.choices(member)
            if not choices:
                raise NotAllowedError
            draft = Broadcast(
                0, member.contact_id, State.DRAFT, self._clock.now(), choices[0], member.centre
            )
            return await broadcasts.create(tx, draft)

    async def again(self, cause: Cause, resident: Resident, number: int) -> Broadcast:
        """Begin a draft with what was sent before."""
        async with self._store.write(cause) as tx:
            member = await member_of_team(tx, resident)
            old = await self._readable(tx, member, number)
            choices = self.choices(member)
            if not choices:
                raise NotAllowedError
            audience = old.audience if permitted(old.audience, choices) else choices[0]
            draft = Broadcast(
                0, member.contact_id, State.DRAFT, self._clock.now(), audience, member.centre
            )
            kept = replace(
                draft, text=old.text, file=old.file, entry=old.entry, missing=old.missing
            )
            return await broadcasts.create(tx, kept)

    async def draft(self, resident: Resident, number: int) -> Broadcast:
        """Return a draft of one's own; OutdatedError if it is none (any more)."""
        async with self._store.read() as tx:
            return await self._draft(tx, resident, number)

    async def write(
        self, cause: Cause, resident: Resident, number: int, *, language: str, html: str
    ) -> Broadcast:
        """Set the words in one language; `html` is safe already. TooLongError if they do not fit."""
        if language not in LANGUAGES:
            raise OutdatedError
        async with self._store.write(cause) as tx:
            draft = await self._draft(tx, resident, number)
            check_length(plain(html), beside_file=draft.file is not None)
            text = Localized.of({**draft.text, language: html})
            return await self._save(tx, replace(draft, text=text, missing=Missing.OPEN))

    async def attach(
        self, cause: Cause, resident: Resident, number: int, file: StoredFile | None
    ) -> Broadcast:
        """Add a photo or document, or take it away; TooLongError if the words do not fit beside it."""
        async with self._store.write(cause) as tx:
            draft = await self._draft(tx, resident, number)
            for html in draft.text.values():
                check_length(plain(html), beside_file=file is not None)
            return await self._save(tx, replace(draft, file=file))

    async def link(
        self, cause: Cause, resident: Resident, number: int, entry: str | None
    ) -> Broadcast:
        """Put a button to an entry of the directory under it, or take it away."""
        if entry is not None and entry not in self._directory.current().entries:
            raise OutdatedError
        async with self._store.write(cause) as tx:
            draft = await self._draft(tx, resident, number)
            return await self._save(tx, replace(draft, entry=entry))

    async def address(
        self, cause: Cause, resident: Resident, number: int, audience: Audience
    ) -> Broadcast:
        """Choose whom it is for, among those this member may write to."""
        async with self._store.write(cause) as tx:
            choices = self.choices(await member_of_team(tx, resident))
            known = next((each for each in choices if permitted(audience, (each,))), None)
            if known is None:
                raise NotAllowedError
            draft = await self._draft(tx, resident, number)
            chosen = replace(known, language=audience.language)
            return await self._save(tx, replace(draft, audience=chosen))

    async def settle(
        self, cause: Cause, resident: Resident, number: int, missing: Missing
    ) -> Broadcast:
        """Say what happens where a language is missing."""
        async with self._store.write(cause) as tx:
            draft = await self._draft(tx, resident, number)
            return await self._save(tx, replace(draft, missing=missing))

    async def schedule(
        self, cause: Cause, resident: Resident, number: int, moment: datetime | None
    ) -> Broadcast:
        """Say when it shall go out, None for at once; OutdatedError if that moment is past."""
        if moment is not None and moment <= self._clock.now():
            raise OutdatedError
        async with self._store.write(cause) as tx:
            draft = await self._draft(tx, resident, number)
            return await self._save(tx, replace(draft, send_at=moment))

    async def drop(self, cause: Cause, resident: Resident, number: int) -> None:
        """Throw a draft of one's own away."""
        async with self._store.write(cause) as tx:
            await self._draft(tx, resident, number)
            await broadcasts.drop(tx, number)

    async def plan(self, resident: Resident, number: int) -> Plan:
        """Return what sending this draft would do."""
        async with self._store.read() as tx:
            member = await member_of_team(tx, resident)
            return await self.planned(tx, member, await self._draft(tx, resident, number))

    async def planned(self, tx: Tx, member: Staff, draft: Broadcast) -> Plan:
        """Return what sending would do; NotAllowedError if this audience is no longer the member's."""
        if not permitted(draft.audience, self.choices(member)):
            raise NotAllowedError
        now, rules = self._clock.now(), self._town.current.broadcasts
        counts = await audiences.counted(tx, draft.audience)
        wished = max(draft.send_at, now) if draft.send_at else now
        starts_at = self.after_quiet(wished)
        people = draft.reached_by(counts)
        since = now - REPEATED_WITHIN
        return Plan(
            draft,
            counts,
            seconds_for(people, self._rate),
            starts_at,
            moved=starts_at != wished,
            repeats=await broadcasts.same_words(tx, draft, since=since),
            needs_second=people > rules.second_above,
        )

    def after_quiet(self, moment: datetime) -> datetime:
        """Return a moment, or the morning after if it lies in the town's quiet hours."""
        town, local = self._town.current, moment.astimezone(self._clock.zone)
        return after_quiet(local, start=town.quiet_from, end=town.quiet_to).astimezone(
            moment.tzinfo
        )

    def letter(self, draft: Broadcast) -> Letter:
        """Return a draft as people would get it."""
        return letter_of(draft, self._town.current, self._directory.current())

    async def page(self, resident: Resident, number: int) -> tuple[Sequence[Broadcast], bool]:
        """Return a page of announcements, the latest first, and whether there are more behind it."""
        async with self._store.read() as tx:
            member = await member_of_team(tx, resident)
            found = await broadcasts.page(
                tx,
                author=member.contact_id,
                centre=member.centre,
                everything=member.role is Role.COORDINATOR,
                offset=number * ON_PAGE,
                limit=ON_PAGE + 1,
            )
        return found[:ON_PAGE], len(found) > ON_PAGE

    async def view(self, resident: Resident, number: int) -> Course:
        """Return an announcement that was sent, and how it went or goes."""
        async with self._store.read() as tx:
            member = await member_of_team(tx, resident)
            return await course_of(tx, await self._readable(tx, member, number))

    async def forget_drafts(self) -> int:
        """Delete drafts that nobody has gone on with; return how many."""
        async with self._store.write() as tx:
            before = self._clock.now() - DRAFTS_KEPT
            return await broadcasts.forget_drafts(tx, before=before)

    async def _draft(self, tx: Tx, resident: Resident, number: int) -> Broadcast:
        await member_of_team(tx, resident)
        found = await broadcasts.get(tx, number)
        if found is None or found.author != resident.contact_id or found.state is not State.DRAFT:
            raise OutdatedError
        return found

    async def _readable(self, tx: Tx, member: Staff, number: int) -> Broadcast:
        found = await broadcasts.get(tx, number)
        everything = member.role is Role.COORDINATOR
        if found is None or not broadcasts.is_readable(
            found, author=member.contact_id, centre=member.centre, everything=everything
        ):
            raise OutdatedError
        return found

    @staticmethod
    async def _save(tx: Tx, draft: Broadcast) -> Broadcast:
        await broadcasts.save(tx, draft)
        return draft
