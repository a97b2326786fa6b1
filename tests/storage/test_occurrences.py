"""Changes of single dates: one row for each, counted, and forgotten when they are long past."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.directory import DateChange
from bot.domain.localized import Localized
from storage import directory, occurrences
from storage.store import Store
from tests.rhythms import at


async def test_a_date_has_one_change_which_counts_and_goes(store: Store, clock: Clock) -> None:
    first = DateChange(at("2026-12-02T10:00"), "cancelled", note=Localized(fr="grippe"))
    moved = DateChange(
        *(at("2026-12-02T10:00"), "moved"),
        starts=at("2026-12-03T10:00"),
        ends=at("2026-12-03T11:00"),
        place="hall",
    )
    later = DateChange(at("2026-12-09T10:00"), "restored")
    async with store.write() as tx:
        await directory.save_entry(tx, "act-x", kind="activity", document={}, now=clock.now())
        for change in (first, moved, later):
            await occurrences.put(tx, "act-x", change, by=None, now=clock.now())
    async with store.read() as tx:
        kept = await occurrences.of(tx, "act-x")
        assert await occurrences.everything(tx) == {"act-x": kept}
    assert [(each.kind, each.version, each.starts) for each in kept] == [
        ("moved", 2, at("2026-12-03T10:00")),
        ("restored", 1, None),
    ]
    for before, left in (("2026-12-03T00:00", 2), ("2026-12-04T00:00", 1), ("2027-01-01", 0)):
        async with store.write() as tx:
            await occurrences.purge(tx, before=at(before))
            assert len(await occurrences.of(tx, "act-x")) == left
