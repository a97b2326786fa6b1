"""Updates, conversations, open questions and the town: what intake and services ask for daily."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.domain.causes import Cause
from bot.domain.conversations import Conversation
from bot.domain.localized import Localized
from bot.domain.questions import QuestionState
from bot.domain.roles import Role
from storage import contacts, conversations, questions, schema, staff, town, updates
from storage.store import Store, Tx

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


async def _person(tx: Tx, number: int = 7) -> str:
    return await contacts.meet(tx, number, kind="person", now=NOON)


async def _ask(tx: Tx, person: str, text: str) -> int:
    return await questions.ask(tx, contact_id=person, language="fr", text=text, now=NOON)


async def test_updates_are_remembered_however_they_were_settled(store: Store) -> None:
    async with store.write(Cause(2**40)) as tx:
        await updates.remember(tx, [1, 2, 3], NOON)
        await updates.remember(tx, [3, 4], NOON)
        assert await updates.recent(tx, 10) == {1, 2, 3, 4, 2**40}
        assert await updates.recent(tx, 2) == {4, 2**40}


async def test_an_update_set_aside_is_sealed_and_counted(store: Store) -> None:
    async with store.write() as tx:
        await updates.set_aside(
            tx, update_id=5, raw=b'{"text":"secret"}', reason="poison", now=NOON
        )
        assert await updates.aside_count(tx) == 1
        raw = (await tx.connection.execute(sa.select(schema.set_aside.c.raw_sealed))).scalar_one()
    assert b"secret" not in raw
    assert store.keyring.unseal(raw) == b'{"text":"secret"}'


async def test_what_is_past_its_day_is_purged_and_nothing_else(store: Store) -> None:
    async with store.write() as tx:
        person, friend = await _person(tx), await _person(tx, 8)
        for update_id, age in ((1, 49), (2, 47)):
            await updates.remember(tx, [update_id], NOON - timedelta(hours=age))
        for update_id, days in ((3, 8), (4, 6)):
            await updates.set_aside(
                tx, update_id=update_id, raw=b"{}", reason="slow", now=NOON - days * DAY
            )
        for who, end in ((person, NOON), (friend, NOON + DAY)):
            await conversations.put(
                tx, Conversation("ask", "1"), chat=who, person=who, expires_at=end
            )
        for token, days in (("old", 32), ("young", 20)):
            await staff.invite(
                tx,
                token_hash=token,
                role=Role.ANIMATOR,
                centre=None,
                now=NOON - days * DAY,
                expires_at=NOON - (days - 1) * DAY,
            )
        assert await updates.purge(tx, NOON) == 4
        assert await updates.purge(tx, NOON) == 0
        assert await updates.recent(tx, 10) == {2}
        assert await updates.aside_count(tx) == 1
        invites = await tx.connection.execute(sa.select(schema.invite.c.token_hash))
        assert invites.scalars().all() == ["young"]
        before = NOON - DAY
        assert await conversations.get(tx, chat=person, person=person, now=before) is None
        assert await conversations.get(tx, chat=friend, person=friend, now=before) is not None


async def test_a_conversation_is_kept_per_chat_and_person_until_it_expires(store: Store) -> None:
    talk = Conversation("ask", "confirm", {"text": "Où est l’Ütiger?", "page": 2})
    async with store.write() as tx:
        person, group = await _person(tx), await contacts.meet(tx, -9, kind="group", now=NOON)
        await conversations.put(tx, talk, chat=person, person=person, expires_at=NOON + DAY)
        first = Conversation("lang", "1")
        await conversations.put(tx, first, chat=group, person=person, expires_at=NOON + DAY)
        moved = Conversation("lang", "2")
        await conversations.put(tx, moved, chat=group, person=person, expires_at=NOON + DAY)
    async with store.write() as tx:
        assert await conversations.get(tx, chat=person, person=person, now=NOON) == talk
        assert await conversations.get(tx, chat=group, person=person, now=NOON) == moved
        assert await conversations.get(tx, chat=person, person=person, now=NOON + DAY) is None
        await conversations.drop(tx, chat=person, person=person)
        assert await conversations.get(tx, chat=person, person=person, now=NOON) is None
        assert await conversations.get(tx, chat=group, person=person, now=NOON) == moved


async def test_a_question_waits_is_answered_and_becomes_an_entry(store: Store) -> None:
    async with store.write() as tx:
        person, colleague = await _person(tx), await _person(tx, 8)
        first, second = await _ask(tx, person, "Le bain ?"), await _ask(tx, person, "Le bus ?")
        assert await questions.count_waiting(tx) == 2
        assert [q.number for q in await questions.waiting(tx, limit=1, offset=1)] == [second]
        assert await questions.same_text(tx, person, "Le bain ?", NOON) == first
        assert await questions.same_text(tx, person, "Le bain ?", NOON + DAY) is None
        assert await questions.same_text(tx, colleague, "Le bain ?", NOON) is None
        told = Localized(fr="Ouvert.", de="Offen.")
        assert await questions.answer(
            tx, first, answer=told, by=colleague, now=NOON + DAY, group=first
        )
        assert not await questions.answer(
            tx, first, answer=told, by=colleague, now=NOON, group=first
        )
        assert await questions.withdraw(tx, second, NOON)
        assert not await questions.withdraw(tx, first, NOON)
        await tx.connection.execute(
            sa.insert(schema.entry).values(
                id="faq-bain", kind="faq", position=1, document={}, source="chat", updated_at=NOON
            )
        )
        await questions.attach(tx, first, "faq-bain")
    async with store.read() as tx:
        question = await questions.get(tx, first)
        assert await questions.get(tx, 10**9) is None
        assert await questions.count_waiting(tx) == 0
    assert question is not None
    assert (question.state, question.waits) == (QuestionState.ANSWERED, False)
    assert (question.text, question.contact_id, question.language) == ("Le bain ?", person, "fr")
    assert question.answer == told
    assert isinstance(question.answer, Localized)
    assert (question.answered_by, question.answered_at) == (colleague, NOON + DAY)
    assert (question.entry_id, question.group) == ("faq-bain", first)


async def test_people_who_get_the_same_answer_are_found_together(store: Store) -> None:
    async with store.write() as tx:
        person = await _person(tx)
        first, second, third = [await _ask(tx, person, f"{n} ?") for n in range(3)]
        for number in (second, first):
            await questions.answer(
                tx, number, answer=Localized(fr="Oui."), by=person, now=NOON, group=first
            )
        question, alone = await questions.get(tx, second), await questions.get(tx, third)
        assert question is not None
        assert alone is not None
        together = await questions.with_answer(tx, question)
        assert [each.number for each in together] == [first, second]
        assert await questions.with_answer(tx, alone) == [alone]
        assert [each.number for each in await questions.of(tx, person, limit=2)] == [third, second]
        assert await questions.count_since(tx, person, NOON) == 3
        assert await questions.count_since(tx, person, NOON + DAY) == 0


async def test_a_withdrawn_question_keeps_no_words(store: Store) -> None:
    async with store.write() as tx:
        number = await _ask(tx, await _person(tx), "Le bain ?")
        await questions.withdraw(tx, number, NOON)
        question = await questions.get(tx, number)
    assert question is not None
    assert (question.text, question.state) == ("", QuestionState.WITHDRAWN)


async def test_of_ten_colleagues_who_answer_at_once_one_does(store: Store) -> None:
    async with store.write() as tx:
        person = await _person(tx)
        number = await _ask(tx, person, "Le bain ?")

    async def answer(index: int) -> bool:
        async with store.write() as tx:
            question = await questions.get(tx, number)
            if question is None or not question.waits:
                return False
            told = Localized(fr=str(index))
            return await questions.answer(
                tx, number, answer=told, by=person, now=NOON, group=number
            )

    assert sum(await asyncio.gather(*(answer(index) for index in range(10)))) == 1


async def test_a_questions_number_is_never_given_twice(store: Store) -> None:
    async with store.write() as tx:
        person = await _person(tx)
        number = await _ask(tx, person, "Le bain ?")
        await tx.connection.execute(sa.delete(schema.open_question))
        assert await _ask(tx, person, "Le bus ?") == number + 1


async def test_the_town_file_never_overwrites_an_edit_in_the_chat(store: Store) -> None:
    async with store.write() as tx:
        await town.seed(tx, {"name": {"fr": "Bienne"}, "quiet": ["20:00", "08:00"]}, NOON)
        await town.put(tx, "name", {"fr": "Bienne la belle"}, source="chat", now=NOON)
        await town.seed(tx, {"name": {"fr": "Biel"}, "quiet": None, "canton": "BE"}, NOON)
    async with store.read() as tx:
        assert await town.settings(tx) == {
            "name": {"fr": "Bienne la belle"},
            "quiet": None,
            "canton": "BE",
        }
