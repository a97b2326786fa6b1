"""The lists of contributions: each filter has its index, the young and the near are compared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.contribution_lists import MOST_COUNTED, BoardFilters, Filters
from bot.domain.contribution_states import Column, Decision, State
from bot.domain.contributions import Contribution, Kind, Point
from bot.domain.geography import rounded
from bot.domain.localized import Localized
from storage import contribution_lists, contribution_reports, contributions
from storage.store import Store, Tx

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
HERE = Point(47.1371, 7.2471)
ONE = Contribution(
    number=0,
    kind=Kind.IDEA,
    state=State.RECEIVED,
    published_state=State.RECEIVED,
    language="fr",
    text="Des bancs",
    created_at=NOON,
    neighbourhood="mett",
    category="green",
    point=HERE,
    near=rounded(HERE),
    due_at=NOON + DAY,
)


async def _add(tx: Tx, **changes: Any) -> int:  # noqa: ANN401 - whatever a contribution has
    return await contributions.add(tx, replace(ONE, **changes))


async def _numbers(tx: Tx, filters: Filters, *, now: datetime = NOON) -> list[int]:
    page = await contribution_lists.inbox(tx, filters, now=now, limit=10)
    assert page.total == len(page.items)
    return [each.number for each in page.items]


async def test_what_is_read_back_is_what_was_kept(store: Store) -> None:
    told = Decision(State.PASSED_ON, Localized(fr="a", de="b"), Localized(fr="la voirie"))
    full = replace(
        ONE,
        title=Localized(fr="Bancs"),
        summary=Localized(de="Bänke"),
        address="Rue 7",
        promised_at=NOON + 2 * DAY,
        state=State.PASSED_ON,
        published_state=State.PASSED_ON,
        reason=told.reason,
        passed_to=told.passed_to,
        told=told,
        public=True,
        shown_at=NOON,
        closed_at=NOON,
        first_answer_at=NOON,
        reviewed_at=NOON,
    )
    async with store.write() as tx:
        number = await contributions.add(tx, full)
        assert await contributions.get(tx, number) == replace(full, number=number)
        changed = replace(full, number=number, public=False, title=Localized(), told=None)
        await contributions.save(tx, changed)
        assert await contributions.get(tx, number) == changed
        assert await contributions.get(tx, number + 1) is None


async def test_the_urgent_come_first_then_the_important_then_the_old(store: Store) -> None:
    async with store.write() as tx:
        plain = await _add(tx)
        high = await _add(tx, priority=1)
        urgent = await _add(tx, urgent=True)
        done = await _add(tx, state=State.DONE, closed_at=NOON)
        critical = await _add(tx, critical=True, urgent=True)
        assert await _numbers(tx, Filters()) == [urgent, high, plain]
        coordinator = Filters(coordinator=True)
        assert await _numbers(tx, coordinator) == [urgent, critical, high, plain]
        closed_too = Filters(open_only=False)
        assert await _numbers(tx, closed_too) == [urgent, high, plain, done]


async def test_overdue_is_what_was_expected_before_now(store: Store) -> None:
    async with store.write() as tx:
        late = await _add(tx)
        await _add(tx, first_answer_at=NOON)
        promised = await _add(tx, first_answer_at=NOON, promised_at=NOON + DAY / 2)
        await _add(tx, closed_at=NOON, state=State.DONE)
        assert await _numbers(tx, Filters(overdue=True)) == []
        after = NOON + 2 * DAY
        assert await _numbers(tx, Filters(overdue=True), now=after) == [promised, late]
        assert await _numbers(tx, Filters(promised=True)) == [promised]


async def test_nobody_counts_further_than_anybody_reads(store: Store) -> None:
    async with store.write() as tx:
        for _ in range(MOST_COUNTED + 2):
            await _add(tx)
        page = await contribution_lists.inbox(tx, Filters(), now=NOON, limit=5, offset=5)
    assert (len(page.items), page.total, page.more) == (5, MOST_COUNTED, True)


async def test_the_board_shows_the_public_the_latest_news_first(store: Store) -> None:
    async with store.write() as tx:
        old = await _add(tx, public=True, shown_at=NOON)
        new = await _add(tx, public=True, shown_at=NOON + DAY, neighbourhood="linde")
        done = await _add(
            tx, public=True, shown_at=NOON, published_state=State.DONE, state=State.DONE
        )
        await _add(tx)

        async def shown(**filters: Any) -> list[int]:  # noqa: ANN401 - any of the filters
            found = await contribution_lists.board(tx, BoardFilters(**filters), limit=10)
            return [each.number for each in found]

        assert await shown() == [new, done, old]
        assert await shown(column=Column.PROPOSED) == [new, old]
        assert await shown(neighbourhood="linde") == [new]
        assert await shown(kind=Kind.WISH) == []
        assert await shown(category="green") == [new, done, old]
        before = await contribution_lists.board(tx, BoardFilters(), limit=10, before=(NOON, done))
        assert [each.number for each in before] == [old]
        assert await contribution_lists.board_counts(tx) == {Column.PROPOSED: 2, Column.DONE: 1}


async def test_a_draft_is_compared_with_the_near_the_quarter_and_the_young(store: Store) -> None:
    far = Point(47.2, 7.4)
    async with store.write() as tx:
        near = await _add(tx, neighbourhood=None)
        quarter = await _add(tx, point=None, near=None)
        long_ago = await _add(tx, state=State.DONE, closed_at=NOON - 800 * DAY)
        gone = await _add(tx, state=State.WITHDRAWN, closed_at=NOON)
        for _ in range(contribution_lists.ANYWHERE):
            await _add(tx, point=far, near=rounded(far), neighbourhood="linde")
        since = NOON - 730 * DAY

        async def compared(point: Point | None, neighbourhood: str | None) -> set[int]:
            found = await contribution_lists.candidates(
                tx, point=point, neighbourhood=neighbourhood, since=since
            )
            return {each.number for each in found} & {near, quarter, long_ago, gone}

        assert await compared(HERE, "mett") == {near, quarter}
        assert await compared(HERE, None) == {near}
        assert await compared(None, "mett") == {quarter}
        assert await compared(None, None) == set()


async def test_an_export_comes_in_portions_and_holds_everything(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contribution_reports, "PORTION", 3)
    everything = Filters(open_only=False, coordinator=True)
    async with store.write() as tx:
        numbers = [await _add(tx, critical=bool(n % 2)) for n in range(7)]
        portions = [
            [each.number for each in portion]
            async for portion in contribution_reports.export(tx, everything, now=NOON)
        ]
        facts = [fact.number async for some in contribution_reports.facts(tx) for fact in some]
        assert await contribution_reports.count(tx, everything, now=NOON) == 7
    assert portions == [numbers[:3], numbers[3:6], numbers[6:]]
    assert facts == numbers


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(), "ix_contribution_open"),
        (Filters(states=(State.READ,)), "ix_contribution_open_state"),
        (Filters(kind=Kind.IDEA), "ix_contribution_open_kind"),
        (Filters(category="green"), "ix_contribution_open_category"),
        (Filters(neighbourhood="mett"), "ix_contribution_open_neighbourhood"),
        (Filters(assignee="R-7K3F9QXP"), "ix_contribution_open_assignee"),
        (Filters(overdue=True), "ix_contribution_expected"),
        (Filters(promised=True), "ix_contribution_promised"),
        (Filters(untold=True, open_only=False), "ix_contribution_untold"),
        (Filters(untranslated=True, open_only=False), "ix_contribution_untranslated"),
        (BoardFilters(), "ix_contribution_board"),
        (BoardFilters(column=Column.DONE), "ix_contribution_board_column"),
        (BoardFilters(category="green"), "ix_contribution_board_category"),
        (BoardFilters(neighbourhood="mett"), "ix_contribution_board_neighbourhood"),
        (
            BoardFilters(kind=Kind.IDEA, category="green", neighbourhood="mett"),
            "ix_contribution_board_filtered",
        ),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_list_is_read_in_the_order_of_its_index(
    store: Store, filters: Filters | BoardFilters, index: str
) -> None:
    asked: list[tuple[str, Any]] = []

    def listen(*told: Any) -> None:  # noqa: ANN401 - as the driver is told
        asked.append((told[2], told[3]))

    async with store.read() as tx:
        sa.event.listen(tx.connection.sync_connection, "before_cursor_execute", listen)
        if isinstance(filters, Filters):
            await contribution_lists.inbox(tx, filters, now=NOON, limit=5)
        else:
            await contribution_lists.board(tx, filters, limit=5)
        statement, values = asked[0]
        rows = await tx.connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, values)
        plan = " | ".join(str(row) for row in rows)
    assert re.search(rf"INDEX {index}\b", plan)
    assert "TEMP B-TREE" not in plan
