"""Counts without persons, on both engines."""

from __future__ import annotations

from datetime import date

from bot.clock import Clock
from bot.domain.documents import faq_document
from bot.domain.localized import Localized
from storage import directory, learning, schema
from storage.store import Store

MONDAY, SUNDAY, NEXT = date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 30)


async def test_counts_add_up_by_concept_and_language_and_never_fall_below_zero(
    store: Store,
) -> None:
    async with store.write() as tx:
        await learning.count(tx, MONDAY, {("rink", "fr"): 2, ("rink", "gsw"): 1})
        await learning.count(tx, SUNDAY, {("rink", "fr"): 1, ("", "de"): 1})
        await learning.count(tx, NEXT, {("rink", "fr"): 7})
        await learning.count(tx, MONDAY, {("rink", "gsw"): -3, ("sauna", "fr"): -1})

    async with store.read() as tx:
        found = await learning.missed(tx, first=MONDAY, last=SUNDAY)
    assert found == {("rink", "fr"): 3, ("", "de"): 1}


async def test_old_counts_go(store: Store) -> None:
    async with store.write() as tx:
        await learning.count(tx, MONDAY, {("rink", "fr"): 2})
        await learning.count(tx, NEXT, {("rink", "fr"): 7})
        await learning.purge(tx, before=NEXT)

    async with store.read() as tx:
        assert await learning.missed(tx, first=date.min, last=date.max) == {("rink", "fr"): 7}


async def test_choices_count_up_to_a_limit_a_day(store: Store, clock: Clock) -> None:
    document = faq_document(
        "rink",
        question=Localized(fr="La patinoire ?"),
        answer=Localized(fr="Au stade."),
        questions={},
        category="sport",
        today=MONDAY,
    )
    async with store.write() as tx:
        await directory.save_entry(tx, "rink", kind="faq", document=document, now=clock.now())
        counted = [
            await learning.choose(tx, "skating", "rink", day=MONDAY, at_most=2) for _ in range(4)
        ]
        next_day = await learning.choose(tx, "skating", "rink", day=SUNDAY, at_most=2)

    assert (counted, next_day) == ([True, True, False, False], True)
    async with store.read() as tx:
        assert await learning.choices(tx) == {"skating": {"rink": 3}}


def test_no_table_of_counts_knows_a_person_or_a_text() -> None:
    columns = {c.name for table in (schema.unanswered, schema.chosen) for c in table.columns}

    assert columns == {"day", "concept", "language", "times", "entry_id", "today"}
    assert schema.contact_columns(schema.unanswered) + schema.contact_columns(schema.chosen) == []
