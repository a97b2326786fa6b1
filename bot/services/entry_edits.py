"""The team mends the directory in the chat: add, change, take out, and see how it will be found."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.documents import Document, fingerprint
from bot.domain.entry_edits import Placed, Seen, TextEdit, seen, with_text
from bot.domain.errors import OutdatedError
from bot.domain.imports import Held
from bot.domain.localized import Localized
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.services import audit
from bot.services.asking import Asking
from bot.services.directory import DirectoryService
from bot.text import one_line
from storage import directory, staff
from storage.store import Store, Tx

_LOOKED_AT = 10
"""Places of a ranking an editor is told of."""


class EntryEdits:
    """What the team may do to an entry; each act looks at role and version again, and is written down."""

    def __init__(
        self, store: Store, clock: Clock, *, entries: DirectoryService, asking: Asking
    ) -> None:
        """Work on `store` by `clock`; `entries` are read anew after each change, `asking` finds them."""
        self._store = store
        self._clock = clock
        self._entries = entries
        self._asking = asking

    async def look(self, resident: Resident, entry_id: str) -> Seen:
        """Return an entry for the team; OutdatedError if there is none."""
        async with self._store.read() as tx:
            await self._member(tx, resident)
            held = await self._held(tx, entry_id)
        return seen(entry_id, held.kind, held.document, retired=held.retired_at is not None)

    async def allowed(self, resident: Resident) -> None:
        """Raise NotAllowedError for whoever does not belong to the team."""
        async with self._store.read() as tx:
            await self._member(tx, resident)

    async def add(
        self, cause: Cause, resident: Resident, *, question: Localized, answer: Localized
    ) -> Seen:
        """Make question and answer an entry."""
        async with self._store.write(cause) as tx:
            member = await self._member(tx, resident)
            entry_id = await self._entries.add_faq(tx, question=question, answer=answer)
            await self._note(tx, "directory.added", entry_id, by=member)
        await self._entries.changed()
        return await self.look(resident, entry_id)

    async def change(self, cause: Cause, resident: Resident, edit: TextEdit) -> Seen:
        """Change one text; OutdatedError if somebody else has changed the entry meanwhile."""
        async with self._store.write(cause) as tx:
            member = await self._member(tx, resident)
            held = await self._held(tx, edit.entry)
            if held.retired_at is not None or fingerprint(held.document) != edit.version:
                raise OutdatedError
            today = self._clock.local().date()
            await self._save(tx, held, with_text(held.document, edit, today=today))
            await self._note(tx, "directory.changed", edit.entry, by=member)
        await self._entries.changed()
        return await self.look(resident, edit.entry)

    async def checked(self, cause: Cause, resident: Resident, entry_id: str) -> Seen:
        """Note that somebody has looked today whether all of it is still true."""
        async with self._store.write(cause) as tx:
            member = await self._member(tx, resident)
            held = await self._held(tx, entry_id)
            today = self._clock.local().date().isoformat()
            await self._save(tx, held, {**held.document, "updated": today})
            await self._note(tx, "directory.changed", entry_id, by=member)
        await self._entries.changed()
        return await self.look(resident, entry_id)

    async def retire(self, cause: Cause, resident: Resident, entry_id: str, *, out: bool) -> Seen:
        """Take an entry out of the directory, or put it back."""
        act = self._entries.retire if out else self._entries.revive
        async with self._store.write(cause) as tx:
            member = await self._member(tx, resident)
            if not await act(tx, entry_id):
                raise OutdatedError
            action = "directory.retired" if out else "directory.added"
            await self._note(tx, action, entry_id, by=member)
        await self._entries.changed()
        return await self.look(resident, entry_id)

    async def teach(self, cause: Cause, resident: Resident, entry_id: str, words: str) -> None:
        """Add words to the questions people ask about an entry."""
        async with self._store.write(cause) as tx:
            member = await self._member(tx, resident)
            language = self._asking.written_in(words)
            await self._entries.add_wording(tx, entry_id, language=language, text=words)
            await self._note(tx, "directory.changed", entry_id, by=member)
        await self._entries.changed()

    def placed(self, entry_id: str, words: str) -> Placed:
        """Return how somebody who asks in these words would find an entry."""
        answer = self._asking.engine.ask(one_line(words), limit=_LOOKED_AT)
        ranking = [each.entry_id for each in answer.cards]
        shown = [entry_id in {each.entry_id, *each.siblings} for each in answer.cards]
        known: Mapping[str, Localized] = {
            key: entry.title for key, entry in self._entries.current().entries.items()
        }
        place = shown.index(True) + 1 if any(shown) else 0
        first = known.get(ranking[0], Localized()) if ranking else Localized()
        return Placed(place, answer.outcome == "answer", first)

    async def _member(self, tx: Tx, resident: Resident) -> Staff:
        return demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)

    async def _held(self, tx: Tx, entry_id: str) -> Held:
        held = await directory.find(tx, entry_id)
        if held is None:
            raise OutdatedError
        return held

    async def _save(self, tx: Tx, held: Held, document: Document) -> None:
        now = self._clock.now()
        await directory.save_entry(tx, held.id, kind=held.kind, document=document, now=now)

    async def _note(self, tx: Tx, action: str, entry_id: str, *, by: Staff) -> None:
        await audit.record(tx, action, now=self._clock.now(), by=by, subject=entry_id)
