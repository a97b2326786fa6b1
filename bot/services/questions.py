"""Open questions: passed to the team, answered once, delivered to everybody who asked, kept for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.clock import Clock
from bot.domain.causes import Cause
from bot.domain.errors import OutdatedError, TooMuchError
from bot.domain.localized import Localized
from bot.domain.messages import Message
from bot.domain.questions import Kept, OpenQuestion
from bot.domain.residents import Resident
from bot.domain.roles import Role, Staff, demand
from bot.domain.town import Town
from bot.i18n import voice
from bot.phrases import critical
from bot.phrases import questions as phrases
from bot.services import audit, notices
from bot.services.dialogues import end_in
from bot.services.directory import DirectoryService
from bot.services.town import TownSettings
from storage import outbox, questions, residents, staff
from storage.store import Store, Tx

A_DAY = timedelta(days=1)
PER_DAY = 10
"""Questions one resident may pass to the team in a day; nobody in a hurry needs more."""
URGENT_PER_DAY = 20
"""The same for somebody in distress, whatever they have asked before."""


class Questions:
    """What the directory cannot answer, from the resident to the team and back."""

    def __init__(
        self, store: Store, clock: Clock, *, directory: DirectoryService, town: TownSettings
    ) -> None:
        """Work on `store` by `clock`; answers worth keeping go to `directory`."""
        self._store = store
        self._clock = clock
        self._directory = directory
        self._town = town

    async def pass_on(
        self, cause: Cause, resident: Resident, text: str, *, urgent: bool = False, once: int = 0
    ) -> int:
        """Give the question to the team, queue the receipt and return the question's number.

        The same words twice a day are one question; above ten a day TooMuchError is raised. An
        `urgent` one is marked as such, and its words never go into the directory. There is one
        receipt for each `once`, e.g. the message that asked: a second tap brings no second one.
        """
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            known = await questions.same_text(tx, resident.contact_id, text, now - A_DAY)
            if known is not None:
                number = known
            elif await self._asked_too_much(tx, resident, urgent=urgent):
                raise TooMuchError
            else:
                number = await self._ask(tx, resident, text, urgent=urgent)
            receipt = _receipt(resident, number, text, town=self._town.current, urgent=urgent)
            key = f"oq:{number}:receipt:{once or cause.update_id}"
            await notices.queue(tx, resident.contact_id, receipt, key=key, now=now)
        return number

    async def take_back(self, cause: Cause, resident: Resident, number: int) -> None:
        """Withdraw one's own open question and erase its words; OutdatedError once it is answered.

        What the team has not been told yet, it is not told any more.
        """
        now = self._clock.now()
        async with self._store.write(cause) as tx:
            question = await questions.get(tx, number)
            if question is None or question.contact_id != resident.contact_id:
                raise OutdatedError
            if question.state == "answered":
                raise OutdatedError
            await questions.withdraw(tx, number, now)
            await outbox.cancel(tx, f"oq:{number}:new:", now=now)

    async def mine(self, resident: Resident) -> Sequence[OpenQuestion]:
        """Return the resident's own questions, the newest first."""
        async with self._store.read() as tx:
            return await questions.of(tx, resident.contact_id, limit=5)

    async def inbox(self, resident: Resident, page: int) -> tuple[Sequence[OpenQuestion], int]:
        """Return one page of what waits for the team, and how many wait in all."""
        async with self._store.read() as tx:
            demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            waiting = await questions.waiting(tx, limit=phrases.PAGE, offset=page * phrases.PAGE)
            return waiting, await questions.count_waiting(tx)

    async def open(self, resident: Resident, number: int) -> OpenQuestion:
        """Return one question for the team, its day the town's; OutdatedError if there is none."""
        async with self._store.read() as tx:
            demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            question = await questions.get(tx, number)
        if question is None:
            raise OutdatedError
        return replace(question, asked_at=question.asked_at.astimezone(self._clock.zone))

    async def others(self, resident: Resident, number: int) -> Sequence[OpenQuestion]:
        """Return the other open questions, for which the same answer may do; never an urgent one."""
        waiting, _ = await self.inbox(resident, 0)
        return [
            question for question in waiting if question.number != number and not question.urgent
        ]

    async def answer(
        self, cause: Cause, resident: Resident, numbers: Sequence[int], *, answer: Localized
    ) -> int:
        """Answer open questions at once, each person told in their language; return how many were told.

        The dialogue in which the answer was written ends in the same transaction. Raises
        OutdatedError when the first of `numbers` is no longer open; others that have been answered
        meanwhile are passed over.
        """
        told = 0
        async with self._store.write(cause) as tx:
            demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            for position, number in enumerate(numbers):
                question = await questions.get(tx, number)
                if question is None or question.state != "open":
                    if position == 0:
                        raise OutdatedError
                    continue
                told += await self._answer_one(tx, question, answer, by=resident, group=numbers[0])
            await end_in(tx, resident.contact_id, now=self._clock.now())
        return told

    async def keep(
        self, cause: Cause, resident: Resident, number: int, *, wording: str = ""
    ) -> Kept:
        """Make the answer of a question a frequent question and return how it reads.

        All questions that got the same answer lend it their wordings, so that each is found again;
        an urgent one never does: for it the team must have written a `wording` (OutdatedError).
        """
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            question = await _answered(tx, number)
            asked = wording or ("" if question.urgent else question.text)
            if not asked:
                raise OutdatedError
            entry_id = question.entry_id or await self._keep(tx, question, asked)
            await self._note(tx, "directory.added", entry_id, by=member)
            if wording:
                await end_in(tx, resident.contact_id, now=self._clock.now())
        return await self._read(entry_id, question.language)

    async def keep_alone(self, cause: Cause, resident: Resident, number: int) -> Kept:
        """Leave the words of others out of a kept question, and return how it reads."""
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            question = await _answered(tx, number)
            if question.entry_id is None:
                raise OutdatedError
            await self._directory.drop_wordings(tx, question.entry_id)
            await self._note(tx, "directory.changed", question.entry_id, by=member)
        return await self._read(question.entry_id, question.language)

    async def reword(
        self, cause: Cause, resident: Resident, number: int, *, text: str, language: str
    ) -> Kept:
        """Change how a kept question reads in one language, and return how it reads now.

        The dialogue that led here ends in the same transaction: the next text is a question again.
        """
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            question = await _answered(tx, number)
            if question.entry_id is None:
                raise OutdatedError
            await self._directory.reword_faq(tx, question.entry_id, language=language, text=text)
            await self._note(tx, "directory.changed", question.entry_id, by=member)
            await end_in(tx, resident.contact_id, now=self._clock.now())
        return await self._read(question.entry_id, language)

    async def unkeep(self, cause: Cause, resident: Resident, number: int) -> None:
        """Take a kept question out of the directory again."""
        async with self._store.write(cause) as tx:
            member = demand(await staff.of(tx, resident.contact_id), Role.ANIMATOR)
            question = await _answered(tx, number)
            if question.entry_id is None:
                raise OutdatedError
            await self._directory.retire(tx, question.entry_id)
            await self._note(tx, "directory.retired", question.entry_id, by=member)
            for same in await questions.with_answer(tx, question):
                await questions.attach(tx, same.number, None)
        await self._directory.changed()

    async def _keep(self, tx: Tx, question: OpenQuestion, asked: str) -> str:
        same_answer = await questions.with_answer(tx, question)
        entry_id = await self._directory.add_faq(
            tx,
            question=Localized({question.language: asked}),
            answer=question.answer or Localized(),
            questions=_asked(same_answer),
        )
        for same in same_answer:
            await questions.attach(tx, same.number, entry_id)
        return entry_id

    async def _note(self, tx: Tx, action: str, entry_id: str, *, by: Staff) -> None:
        await audit.record(tx, action, now=self._clock.now(), by=by, subject=entry_id)

    async def _read(self, entry_id: str, language: str) -> Kept:
        """Read the directory anew and return how an entry of it reads now."""
        directory = await self._directory.changed()
        if entry_id not in directory.entries:
            raise OutdatedError
        entry = directory.entries[entry_id]
        title = entry.title.told(language).text
        also = [text for texts in entry.questions.values() for text in texts if text != title]
        return Kept(title, tuple(dict.fromkeys(also)))

    async def _asked_too_much(self, tx: Tx, resident: Resident, *, urgent: bool) -> bool:
        since = self._clock.now() - A_DAY
        asked = await questions.count_since(tx, resident.contact_id, since)
        return asked >= (URGENT_PER_DAY if urgent else PER_DAY)

    async def _ask(self, tx: Tx, resident: Resident, text: str, *, urgent: bool) -> int:
        now = self._clock.now()
        number = await questions.ask(
            tx,
            contact_id=resident.contact_id,
            language=resident.language,
            text=text,
            now=now,
            urgent=urgent,
        )
        for member in await self._whom_to_tell(tx):
            message = _notice(member, resident, number, text=text, urgent=urgent)
            key = f"oq:{number}:new:{member.contact_id}"
            await notices.queue(tx, member.contact_id, message, key=key, now=now)
        return number

    async def _whom_to_tell(self, tx: Tx) -> Sequence[Resident]:
        """Return the coordinators who can and want to hear, else whoever of the team does.

        If nobody does, everybody is told all the same: a question must not go unheard.
        """
        team = await staff.everyone(tx)
        known = {each.contact_id: await residents.find(tx, each.contact_id) for each in team}
        everyone = [each for each in known.values() if each]
        leading = {each.contact_id for each in team if each.role is Role.COORDINATOR}
        listening = [each for each in everyone if each.reachable and not each.paused]
        chosen = [each for each in listening if each.contact_id in leading]
        return chosen or listening or everyone

    async def _answer_one(
        self, tx: Tx, question: OpenQuestion, answer: Localized, *, by: Resident, group: int
    ) -> int:
        now = self._clock.now()
        await questions.answer(
            tx, question.number, answer=answer, by=by.contact_id, now=now, group=group
        )
        asker = await residents.find(tx, question.contact_id) if question.contact_id else None
        if asker is None:
            return 0
        message = phrases.reply(
            voice(asker.language), question.text, answer, number=question.number
        )
        await notices.queue(
            tx, asker.contact_id, message, key=f"oq:{question.number}:answer", now=now
        )
        return 1


def _receipt(resident: Resident, number: int, text: str, *, town: Town, urgent: bool) -> Message:
    v = voice(resident.language)
    if urgent:
        return critical.receipt(v, number, town)
    return phrases.receipt(v, number, text, town=town)


def _notice(
    member: Resident, resident: Resident, number: int, *, text: str, urgent: bool
) -> Message:
    v = voice(member.language)
    if urgent:
        return critical.notify_team(v, number, text, language=resident.language)
    return phrases.notify_team(v, number, text)


async def _answered(tx: Tx, number: int) -> OpenQuestion:
    """Return a question that the team has answered in its own words, or raise OutdatedError."""
    question = await questions.get(tx, number)
    if question is None or question.answer is None:
        raise OutdatedError
    return question


def _asked(wordings: Sequence[OpenQuestion]) -> dict[str, tuple[str, ...]]:
    asked: dict[str, tuple[str, ...]] = {}
    for question in wordings:
        # Whoever has been erased has left no words, and words of distress are nobody's example.
        if not question.text or question.urgent:
            continue
        asked[question.language] = (*asked.get(question.language, ()), question.text)
    return asked
