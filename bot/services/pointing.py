"""Answering an open question with an entry: the person gets its card, the entry gets their words."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.cards import Card
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError
from bot.domain.questions import OpenQuestion
from bot.domain.residents import Resident
from bot.domain.roles import Role, demand
from bot.i18n import voice
from bot.phrases import pointing as phrases
from bot.services import audit, notices
from bot.services.asking import Asking
from bot.services.dialogues import end_in
from bot.services.directory import DirectoryService
from storage import questions, residents, staff
from storage.store import Store, Tx


class Pointing:
    """What the team answers with an entry that the person has not found by themselves."""

    def __init__(
        self, store: Store, clock: Clock, *, directory: DirectoryService, asking: Asking
    ) -> None:
        """Work on `store` by `clock`; `asking` makes the card, `directory` keeps the words."""
        self._store = store
        self._clock = clock
        self._directory = directory
        self._asking = asking

    async def give(
        self, cause: Cause, resident: Resident, number: int, *, entry_id: str, wording: str
    ) -> int:
        """Answer a question with an entry and return how many people were told.

        `wording` joins the questions people ask about the entry, unless it is empty; words of an
        urgent question never do. Raises OutdatedError if question or entry are gone.
        """
        card = self._asking.card(entry_id)
        if card is None:
            raise OutdatedError
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            question = await questions.get(tx, number)
            if question is None or question.state != "open":
                raise OutdatedError
            await self._close(tx, question, entry_id, by=resident)
            if wording and not question.urgent:
                language = self._asking.written_in(wording)
                await self._directory.add_wording(tx, entry_id, language=language, text=wording)
                now = self._clock.now()
                await audit.record(tx, "directory.changed", now=now, by=member, subject=entry_id)
            told = await self._tell(tx, question, card)
            await end_in(tx, resident.contact_id, now=self._clock.now())
        if wording:
            await self._directory.changed()
        return told

    async def _close(self, tx: Tx, question: OpenQuestion, entry_id: str, *, by: Resident) -> None:
        await questions.answer(
            tx,
            question.number,
            answer=None,
            by=by.contact_id,
            now=self._clock.now(),
            group=question.number,
        )
        await questions.attach(tx, question.number, entry_id)

    async def _tell(self, tx: Tx, question: OpenQuestion, card: Card) -> int:
        asker = await residents.find(tx, question.contact_id) if question.contact_id else None
        if asker is None:
            return 0
        message = phrases.reply(voice(asker.language), question, card, simple=asker.simple)
        key = f"oq:{question.number}:answer"
        await notices.queue(tx, asker.contact_id, message, key=key, now=self._clock.now())
        return 1
