"""The bench runs from end to end; how fast anything is, only the bench itself says."""

from __future__ import annotations

from pathlib import Path

from bench import broadcasts
from bench.bad_line import SLICE
from bench.measure import BOTS, measure
from bench.plan import Plan
from bench.report import announced, report
from tests.formats.town_files import write_town

SMALLEST = Plan(
    passes=1,
    residents=40,
    crowd=40,
    alone=4,
    starts=1,
    sends=40,
    rows=80,
    paced=4,
    engine=5,
    announced=(),
)


async def test_one_run_measures_everything_it_promises() -> None:
    lines = list(report(await measure(SMALLEST), SMALLEST))

    told = "\n".join(lines)
    assert [line for line in lines if line.startswith("aim: ")]
    assert all(told.count(f"\n{bot} ") >= 2 for bot in BOTS), told
    for promised in (
        "used by others meanwhile: ",
        "40 in flight ",
        "1 in flight ",
        "the engine by itself: ",
        "start to first reply",
        "memory MB",
        "with our client",
        "an update remembered for good: ",
        "broadcast at 28/s: ",
    ):
        assert promised in told


async def test_an_announcement_over_a_bad_line_misses_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()

    found = await broadcasts.run(folder, write_town(tmp_path / "town"), SLICE)

    assert (found.missed, found.kills) == (0, 1)
    assert found.repeated <= found.ambiguous + found.on_the_wire
    assert found.closest >= 1.0
    assert found.most <= found.rate * 1.1, "the far end may hear late, and then much at once"
    assert len(found.busy) > 10
    told = "\n".join(announced(found))
    assert "announced to 90 at 60/s, 1 kills" in told
    assert "0 missed" in told
