"""The directory survives being kept: what goes in comes out, in the same order, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.documents import Published
from bot.domain.imports import plan_import
from bot.formats.directory_files import Loaded, load
from storage import directory
from storage.store import Store, Tx

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample() -> Loaded:
    return load(Path(__file__).parents[2] / "sample")


async def take_over(tx: Tx, published: Published) -> None:
    before = await directory.published(tx)
    plan = plan_import(await directory.held(tx), published, now=NOW, before=before)
    await directory.apply(tx, plan, published, now=NOW)


async def test_the_sample_town_comes_out_as_it_went_in(store: Store, sample: Loaded) -> None:
    async with store.write() as tx:
        await take_over(tx, sample.published)
    async with store.read() as tx:
        kept = await directory.published(tx)
        assert await directory.load(tx) == sample.directory
    assert kept == sample.published
    assert list(kept.entries) == list(sample.published.entries)
    assert list(kept.neighbourhoods) == list(sample.published.neighbourhoods)


async def test_importing_twice_changes_no_row(store: Store, sample: Loaded) -> None:
    async with store.write() as tx:
        await take_over(tx, sample.published)
        first = await directory.held(tx)
        again = plan_import(first, sample.published, now=NOW, before=await directory.published(tx))
        await directory.apply(tx, again, sample.published, now=NOW)
        assert again.nothing_to_do
        assert len(again.unchanged) == len(sample.published.entries)
        assert await directory.held(tx) == first


async def test_what_the_files_leave_out_is_retired_and_can_come_back(
    store: Store, sample: Loaded
) -> None:
    async with store.write() as tx:
        await take_over(tx, sample.published)
        await take_over(tx, Published())
        assert await directory.published(tx) == Published()
        assert len(await directory.held(tx)) == len(sample.published.entries)
        await take_over(tx, sample.published)
        assert await directory.load(tx) == sample.directory


async def test_an_edit_and_a_new_entry_from_the_chat(store: Store) -> None:
    old = {"id": "faq-a", "category": "x", "question": {"fr": "?"}, "answer": {"fr": "1"}}
    files = Published(entries={"faq-a": ("faq", old)})
    async with store.write() as tx:
        await take_over(tx, files)
        for entry_id, text in (("faq-a", "2"), ("faq-b", "new")):
            document = {**old, "id": entry_id, "answer": {"fr": text}}
            await directory.save_entry(tx, entry_id, kind="faq", document=document, now=NOW)
    async with store.read() as tx:
        rows = await directory.held(tx)
        shown = (await directory.published(tx)).entries
    assert [(row.source, row.edited_at) for row in rows.values()] == [("file", NOW), ("chat", NOW)]
    assert {key: document["answer"] for key, (_, document) in shown.items()} == {
        "faq-a": {"fr": "2"},
        "faq-b": {"fr": "new"},
    }


async def test_retired_and_revived_once_each(store: Store, sample: Loaded) -> None:
    async with store.write() as tx:
        await take_over(tx, sample.published)
        assert await directory.retire(tx, "faq-papier", now=NOW)
        assert not await directory.retire(tx, "faq-papier", now=NOW)
        assert "faq-papier" not in (await directory.load(tx)).entries
        await take_over(tx, sample.published)
        assert "faq-papier" not in (await directory.load(tx)).entries
        assert await directory.revive(tx, "faq-papier", now=NOW)
        assert not await directory.revive(tx, "faq-none", now=NOW)
        assert await directory.load(tx) == sample.directory
