"""A person sees all of their data and nobody else's, and after an erasure not a byte is left."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock import Clock
from bot.domain.localized import Localized
from bot.domain.questions import QuestionState
from storage import contacts, privacy, questions, residents, schema, updates, wiping
from storage.columns import LocalizedText, UtcDateTime
from storage.store import Store, Tx, insert_once

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ADA, BEN = 4_503_599_627_370_496, 7_123_456_789
KINDS: dict[type[Any], object] = {
    sa.Boolean: True,
    sa.Date: date(2026, 3, 4),
    sa.Double: 47.1,
    UtcDateTime: NOON,
    LocalizedText: Localized(fr="words"),
}


def _value(column: sa.Column[Any], tx: Tx, owner: str, number: int) -> object:
    """Return a value that only this person's row holds."""
    if "on_erase" in column.info:
        return owner
    if column.foreign_keys and column.nullable:
        return None
    if column.foreign_keys or (column.primary_key and not schema.contact_columns(column.table)):
        return number if isinstance(column.type, sa.Integer) else str(number)
    whose = owner if "words_of" in column.info else number
    words = f"{column.table.name}.{column.name} of {whose}"
    if "sealed" in column.info:
        return tx.keyring.seal(f'{{"words": "{words}"}}'.encode())
    for kind, value in KINDS.items():
        if isinstance(column.type, kind):
            return value
    return number if isinstance(column.type, sa.Integer) else words


async def _fill(tx: Tx, owner: str, number: int) -> None:
    """Put a row of this person into each table that names people, and into those it refers to."""
    for table in schema.metadata.sorted_tables:
        if schema.contact_columns(table) or table in _named_by_them():
            row = {column.name: _value(column, tx, owner, number) for column in table.columns}
            assert await insert_once(tx, table, row)


def _named_by_them() -> set[sa.Table]:
    """Return the tables to which rows that name people must refer."""
    return {
        key.column.table
        for table in _naming_tables()
        for column in table.columns
        for key in column.foreign_keys
        if not column.nullable and not schema.contact_columns(key.column.table)
    } - {schema.contact}


def _naming_tables() -> Iterator[sa.Table]:
    return (table for table in schema.metadata.sorted_tables if schema.contact_columns(table))


async def _meet(tx: Tx, number: int) -> str:
    return await contacts.meet(tx, number, kind="person", now=NOON)


def test_every_column_that_names_a_person_says_what_an_erasure_does() -> None:
    for table in schema.metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.column is schema.contact.c.id for key in column.foreign_keys)
            named_so = "contact" in column.name or column.name.endswith("_by")
            assert refers == ("on_erase" in column.info), column
            assert refers or not named_so, f"{column} should refer to contact"
            owner = column.info.get("words_of")
            assert owner is None or "on_erase" in table.c[owner].info, column
            assert column.name.endswith("_sealed") == ("sealed" in column.info), column


async def test_people_see_every_row_of_theirs_and_none_of_others(store: Store) -> None:
    async with store.write() as tx:
        ada, ben = await _meet(tx, ADA), await _meet(tx, BEN)
        await _fill(tx, ada, 1)
        await _fill(tx, ben, 2)
    async with store.read() as tx:
        about = await privacy.everything_about(tx, ada)
    assert " of 2" not in repr(about)
    assert set(about) == {"contact", *(table.name for table in _naming_tables())}
    assert about["contact"][0]["telegram_sealed"] == ADA
    for table in _naming_tables():
        (row,) = about[table.name]
        assert set(row) == {column.name for column in table.columns}
        for column in table.columns:
            if "sealed" in column.info:
                assert row[column.name] == {"words": f"{table.name}.{column.name} of {ada}"}
    assert ben not in repr(about)
    assert str(BEN) not in repr(about)


async def test_who_answers_does_not_get_the_words_of_who_asked(store: Store) -> None:
    async with store.write() as tx:
        ada, ben = await _meet(tx, ADA), await _meet(tx, BEN)
        number = await questions.ask(
            tx, contact_id=ada, language="fr", text="Mon mari me frappe", now=NOON
        )
        await questions.answer(
            tx, number, answer=Localized(fr="143"), by=ben, now=NOON, group=number
        )
        about_ben = await privacy.everything_about(tx, ben)
        about_ada = await privacy.everything_about(tx, ada)
    assert about_ben["open_question"][0]["answered_by"] == ben
    assert "frappe" not in repr(about_ben)
    assert ada not in repr(about_ben)
    assert about_ada["open_question"][0]["text"] == "Mon mari me frappe"
    assert about_ada["open_question"][0]["answer"] == {"fr": "143"}
    assert ben not in repr(about_ada)


async def test_an_erasure_takes_the_person_out_of_every_table(store: Store) -> None:
    async with store.write() as tx:
        ada, ben = await _meet(tx, ADA), await _meet(tx, BEN)
        await _fill(tx, ada, 1)
        await _fill(tx, ben, 2)
        await updates.set_aside(
            tx, update_id=5, raw=b'{"from":{"id":%d}}' % ADA, reason="slow", now=NOON
        )
        await updates.set_aside(
            tx, update_id=6, raw=b'{"from":{"id":%d}}' % BEN, reason="slow", now=NOON
        )
        before = await privacy.everything_about(tx, ben)
        await privacy.erase(tx, ada, NOON + DAY)
    async with store.read() as tx:
        assert await privacy.everything_about(tx, ada) == {}
        assert await privacy.everything_about(tx, ben) == before
        assert await updates.aside_count(tx) == 1
        for table in schema.metadata.sorted_tables:
            rows = (await tx.connection.execute(sa.select(table))).all()
            assert ada not in repr(rows), table.name


async def test_an_open_question_of_someone_erased_waits_no_longer(store: Store) -> None:
    async with store.write() as tx:
        ada = await _meet(tx, ADA)
        number = await questions.ask(tx, contact_id=ada, language="fr", text="Où ?", now=NOON)
        await privacy.erase(tx, ada, NOON + DAY)
        question = await questions.get(tx, number)
    assert question is not None
    assert (question.contact_id, question.text) == (None, "")
    assert question.state is QuestionState.WITHDRAWN


async def test_erasing_twice_or_a_stranger_does_nothing(store: Store) -> None:
    async with store.write() as tx:
        ada = await _meet(tx, ADA)
        for _ in range(2):
            await privacy.erase(tx, ada, NOON)
        await privacy.erase(tx, "R-NOBODY22", NOON)
        erasures = await tx.connection.execute(sa.select(schema.erasure.c.fingerprint))
        assert erasures.scalars().all() == [tx.keyring.fingerprint(ADA)]


async def test_a_deletion_may_be_taken_back_until_it_is_due(store: Store) -> None:
    async with store.write() as tx:
        ada, ben = await _meet(tx, ADA), await _meet(tx, BEN)
        await privacy.request_deletion(tx, ada, now=NOON, due_at=NOON + DAY)
        await privacy.request_deletion(tx, ada, now=NOON, due_at=NOON + 2 * DAY)
        await privacy.request_deletion(tx, ben, now=NOON, due_at=NOON + DAY)
        assert await privacy.due_deletions(tx, NOON) == []
        assert await privacy.due_deletions(tx, NOON + DAY) == [ben]
        assert await privacy.due_deletions(tx, NOON + 2 * DAY) == [ben, ada]
        assert await privacy.cancel_deletion(tx, ada)
        assert not await privacy.cancel_deletion(tx, ada)
        assert await privacy.due_deletions(tx, NOON + 2 * DAY) == [ben]


async def test_consent_is_a_record_of_each_yes_and_no(store: Store) -> None:
    async with store.write() as tx:
        ada = await _meet(tx, ADA)
        for granted in (True, False):
            await privacy.record_consent(
                tx, ada, purpose="news", version=1, language="fr", granted=granted, now=NOON
            )
        about = await privacy.everything_about(tx, ada)
    assert [row["granted"] for row in about["consent"]] == [True, False]


async def test_a_replay_erases_who_was_erased_but_not_who_came_back(store: Store) -> None:
    async with store.write() as tx:
        ada = await _meet(tx, ADA)
        ben = await contacts.meet(tx, BEN, kind="person", now=NOON + 2 * DAY)
        for number in (ADA, BEN):
            row = {"fingerprint": tx.keyring.fingerprint(number), "at": NOON + DAY}
            await insert_once(tx, schema.erasure, row)
        assert await privacy.replay_erasures(tx) == 1
        assert await privacy.replay_erasures(tx) == 0
        assert await contacts.telegram_id(tx, ada) is None
        assert await contacts.telegram_id(tx, ben) == BEN


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_crash_after_an_erasure_does_not_save_its_traces(
    store: Store, tmp_path: Path
) -> None:
    async with store.write() as tx:
        await _meet(tx, BEN)
    with closing(sqlite3.connect(tmp_path / "town.db", isolation_level=None)) as crashed:
        crashed.execute("PRAGMA secure_delete=OFF")
        crashed.execute("CREATE TABLE draft (words)")
        crashed.execute("INSERT INTO draft VALUES ('left by R-7K3F9QXP')")
        crashed.execute("DELETE FROM draft")
        crashed.execute(wiping.OWE)
    assert b"R-7K3F9QXP" in _bytes_on_disk(tmp_path)
    again = await Store.open(f"sqlite:///{tmp_path / 'town.db'}", store.keyring, clock=Clock())
    async with again.write() as tx:
        await _meet(tx, ADA)
    await again.close()
    assert b"R-7K3F9QXP" not in _bytes_on_disk(tmp_path)


def _bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_not_a_byte_of_someone_erased_is_left_on_the_disk(
    store: Store, tmp_path: Path
) -> None:
    async with store.write() as tx:
        people = [await _meet(tx, number) for number in range(ADA, ADA + 300)]
        for person in people:
            await residents.welcome(tx, person, language="fr", now=NOON)
    # Years of use: rows grow, move between pages and are written over and over.
    for turn in range(4):
        async with store.write() as tx:
            for person in people:
                await residents.change(tx, person, neighbourhood=f"quartier of {person}" * turn)
                text = f"question {turn} by {person} " * (1 + turn * 7)
                await questions.ask(tx, contact_id=person, language="fr", text=text, now=NOON)
    gone = people[::10]
    before = _bytes_on_disk(tmp_path)
    assert all(person.encode() in before for person in gone)
    for person in gone:
        async with store.write() as tx:
            await privacy.erase(tx, person, NOON)
    left = _bytes_on_disk(tmp_path)
    traces = {person: left.count(person.encode()) for person in gone}
    assert {person: count for person, count in traces.items() if count} == {}
    assert str(ADA).encode() not in left
    assert all(person.encode() in left for person in people if person not in gone)
