"""The bench runs from end to end; how fast anything is, only the bench itself says."""

from __future__ import annotations

from bench.measure import BOTS, measure
from bench.plan import Plan
from bench.report import report

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
