"""The directory in use: kept in memory, filled from files, mended in the chat, written back."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from bot.clock import Clock
from bot.domain.directory import Directory
from bot.domain.documents import Document, faq_document
from bot.domain.errors import OutdatedError
from bot.domain.imports import ImportPlan, Prefer, plan_import
from bot.domain.localized import Localized
from bot.formats.directory_export import dump
from bot.formats.directory_files import Loaded, load
from bot.services import audit
from bot.text import clean, one_line
from storage import directory, town
from storage.store import Store, Tx

MAX_QUESTION, MAX_ANSWER = 120, 3000
"""Characters of a frequent question and of its answer, as the directory files have it."""

_CATEGORY = "chat"


class DirectoryService:
    """What the town publishes, at this moment; readers are told when it changes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._current: Directory | None = None
        self._hooks: list[Callable[[Directory], None]] = []
        self._import_hooks: list[Callable[[Tx, Directory, Directory], Awaitable[None]]] = []

    def current(self) -> Directory:
        """Return the directory in memory; `changed` must have been awaited once before."""
        if self._current is None:
            raise RuntimeError("the directory has not been read yet: await changed() at the start")
        return self._current

    def on_change(self, hook: Callable[[Directory], None]) -> None:
        """Call `hook` with the new directory after every change."""
        self._hooks.append(hook)

    def on_import(self, hook: Callable[[Tx, Directory, Directory], Awaitable[None]]) -> None:
        """Call `hook` inside the transaction of an import, with the directory before and after."""
        self._import_hooks.append(hook)

    async def changed(self) -> Directory:
        """Read the directory anew and tell everybody who asked to know."""
        async with self._store.read() as tx:
            self._current = await directory.load(tx)
        for hook in self._hooks:
            hook(self._current)
        return self._current

    async def plan_folder(self, folder: Path, *, prefer: Prefer | None = None) -> ImportPlan:
        """Return what `import_folder` would do, and do nothing."""
        loaded = await self._loaded(folder)
        async with self._store.read() as tx:
            return await self._plan(tx, loaded, prefer=prefer)

    async def import_folder(self, folder: Path, *, prefer: Prefer | None = None) -> ImportPlan:
        """Take over a folder in one transaction; entries in conflict stay as they are, listed.

        Raises OperatorError, with nothing changed, if the files have a mistake.
        """
        loaded = await self._loaded(folder)
        now = self._clock.now()
        async with self._store.write() as tx:
            plan = await self._plan(tx, loaded, prefer=prefer)
            before = await directory.load(tx)
            await directory.apply(tx, plan, loaded.published, now=now)
            if not plan.nothing_to_do:
                after = await directory.load(tx)
                for hook in self._import_hooks:
                    await hook(tx, before, after)
            if loaded.town:
                await town.seed(tx, loaded.town, now)
            if not plan.nothing_to_do:
                await audit.record(tx, "directory.imported", now=now)
        if self._current is None or not plan.nothing_to_do:
            await self.changed()
        return plan

    async def export_folder(self, folder: Path) -> tuple[Path, ...]:
        """Write all that is published, and the town's settings, as files; return their paths."""
        async with self._store.read() as tx:
            published = await directory.published(tx)
            settings = await town.settings(tx)
        return await asyncio.to_thread(dump, published, folder, town=settings)

    async def add_faq(
        self,
        tx: Tx,
        *,
        question: Localized,
        answer: Localized,
        questions: Mapping[str, Sequence[str]] | None = None,
        category: str = _CATEGORY,
    ) -> str:
        """Make question and answer an entry and return its id; call `changed` after the commit.

        The id is random: a resident's words must not live on in it once the question is reworded.
        """
        entry_id = f"faq-{secrets.token_hex(4)}"
        document = faq_document(
            entry_id,
            question=_each(question, limit=MAX_QUESTION),
            answer=Localized(
                (code, clean(text, limit=MAX_ANSWER)) for code, text in answer.items()
            ),
            questions=_wordings(questions or {}),
            category=category,
            today=self._clock.local().date(),
        )
        now = self._clock.now()
        await directory.save_entry(tx, entry_id, kind="faq", document=document, now=now)
        return entry_id

    async def reword_faq(self, tx: Tx, entry_id: str, *, language: str, text: str) -> str:
        """Change how a frequent question reads in one language, and return how it reads now.

        Raises OutdatedError if the entry is gone.
        """
        held = await directory.find(tx, entry_id)
        if held is None or held.kind != "faq" or held.retired_at is not None:
            raise OutdatedError
        document = _reworded(held.document, language=language, text=text)
        now = self._clock.now()
        await directory.save_entry(tx, entry_id, kind="faq", document=document, now=now)
        return str(document["question"][language])

    async def add_wording(self, tx: Tx, entry_id: str, *, language: str, text: str) -> None:
        """Add `text` to the questions people ask about an entry; OutdatedError if it is gone."""
        held = await directory.find(tx, entry_id)
        if held is None or held.retired_at is not None:
            raise OutdatedError
        document = _asked_also(held.document, language=language, text=text)
        now = self._clock.now()
        await directory.save_entry(tx, entry_id, kind=held.kind, document=document, now=now)

    async def drop_wordings(self, tx: Tx, entry_id: str) -> None:
        """Leave out the questions people ask about an entry; OutdatedError if it is gone."""
        held = await directory.find(tx, entry_id)
        if held is None or held.retired_at is not None:
            raise OutdatedError
        document = {key: value for key, value in held.document.items() if key != "questions"}
        now = self._clock.now()
        await directory.save_entry(tx, entry_id, kind=held.kind, document=document, now=now)

    async def retire(self, tx: Tx, entry_id: str) -> bool:
        """Take an entry out of the directory; call `changed` after the commit."""
        return await directory.retire(tx, entry_id, now=self._clock.now())

    async def revive(self, tx: Tx, entry_id: str) -> bool:
        """Put a retired entry back; call `changed` after the commit."""
        return await directory.revive(tx, entry_id, now=self._clock.now())

    async def _loaded(self, folder: Path) -> Loaded:
        today = self._clock.local().date()
        loaded = await asyncio.to_thread(load, folder, today=today)
        return loaded.sound()

    async def _plan(self, tx: Tx, loaded: Loaded, *, prefer: Prefer | None) -> ImportPlan:
        return plan_import(
            await directory.held(tx),
            loaded.published,
            now=self._clock.now(),
            before=await directory.published(tx),
            prefer=prefer,
        )


def _reworded(document: Document, *, language: str, text: str) -> Document:
    """Change the wording everywhere: what somebody took out must not live on among the variants."""
    old = document["question"].get(language)
    asked = document.get("questions") or {}
    kept = [other for other in asked.get(language, ()) if other != old]
    question = {**document["question"], language: one_line(text, limit=MAX_QUESTION)}
    return {**document, "question": question, "questions": {**asked, language: kept}}


def _asked_also(document: Document, *, language: str, text: str) -> Document:
    asked = document.get("questions") or {}
    known = asked.get(language, ())
    wording = one_line(text, limit=MAX_QUESTION)
    more = [*known] if wording in known else [*known, wording]
    return {**document, "questions": {**asked, language: more}}


def _each(texts: Localized, *, limit: int) -> Localized:
    return Localized({code: one_line(text, limit=limit) for code, text in texts.items()})


def _wordings(questions: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {
        code: [one_line(text, limit=MAX_QUESTION) for text in texts]
        for code, texts in questions.items()
    }
