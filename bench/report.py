"""Puts what was found into lines to read; the figures that decide are ratios within a pass."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from bench.broadcasts import Found as Announced
from bench.measure import (
    ALONE,
    BARE_DEFAULT,
    BARE_OURS,
    BOTS,
    CROWD,
    FULL,
    KNOWN,
    RATE,
    SENDING,
    Findings,
)
from bench.plan import Load, Plan, ratio

AIM = 2.5
"""What the full bot, its engine apart, may cost in bare bots with our client."""


def report(found: Findings, plan: Plan) -> Iterator[str]:
    """Yield the whole report, a line at a time."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield f"{plan.passes} passes, variants taking turns; Python {version}"
    yield f"used by others meanwhile: {found.foreign}"
    for at_once in (CROWD, ALONE):
        yield ""
        yield from _answering(found, at_once)
    yield ""
    yield from _whole(found)
    yield ""
    yield from _parts(found)


def _answering(found: Findings, at_once: int) -> Iterator[str]:
    yield (
        f"{f'{at_once} in flight':<26}{'CPU ms':>8}{'(best)':>9}{'x F':>7}{'x D':>7}"
        f"{'per s':>8}{'p50 ms':>9}{'p99 ms':>9}"
    )
    costs = {bot: [load.milliseconds for load in found.loads[bot, at_once]] for bot in BOTS}
    for bot in BOTS:
        yield (
            f"{bot:<26}{median(costs[bot]):>8.2f}{f'({min(costs[bot]):.2f})':>9}"
            f"{ratio(costs[bot], costs[BARE_OURS]):>7.2f}"
            f"{ratio(costs[bot], costs[BARE_DEFAULT]):>7.2f}{_speed(found.loads[bot, at_once])}"
        )
    reached = ratio(costs[KNOWN], costs[BARE_OURS])
    word = "reached" if reached <= AIM else "missed"
    yield f"aim: without the engine at most {AIM} x F: {word} ({reached:.2f})"


def _speed(loads: list[Load]) -> str:
    rate, half, most = (
        median(load.rate for load in loads),
        median(load.wait(0.5) for load in loads),
        median(load.wait(0.99) for load in loads),
    )
    return f"{rate:>8.0f}{half:>9.1f}{most:>9.1f}"


def _whole(found: Findings) -> Iterator[str]:
    yield f"{'':<26}{'start to first reply s':>24}{'memory MB':>12}"
    for bot in (FULL, BARE_OURS, BARE_DEFAULT):
        yield f"{bot:<26}{median(found.starts[bot]):>24.2f}{found.memory[bot]:>12.0f}"


def _parts(found: Findings) -> Iterator[str]:
    for at_once in SENDING:
        ours, default = found.sends["ours", at_once], found.sends["default", at_once]
        yield (
            f"one message sent, {at_once} in flight: {median(ours):.2f} CPU ms with our client, "
            f"{median(default):.2f} with the library's: x {ratio(ours, default):.2f}"
        )
    yield from _storage(found)
    half, most = (median(each[name] for each in found.engine) for name in ("median ms", "p95 ms"))
    yield f"the engine by itself: {half:.2f} ms, {most:.2f} ms at the 95th of a hundred"
    if found.paced is not None:
        share, most = found.paced.rate / RATE, found.paced.most
        yield f"broadcast at {RATE}/s: {share:.1%} of the rate, at most {most} in any second"
    for each in found.announced:
        yield from announced(each)


def announced(found: Announced) -> Iterator[str]:
    """Tell what a bad line and so many kills did to an announcement."""
    yield (
        f"announced to {found.people} at {found.rate}/s, {found.kills} kills, {found.seconds:.0f} s: "
        f"{found.missed} missed, {found.repeated} repeated ({found.ambiguous} answers lost, "
        f"{found.on_the_wire} on the wire), at most {found.most} in any second, "
        f"{found.closest:.2f} s between two in a chat, {found.uncertain} uncertain"
    )
    half, most = (found.wait(found.idle, share) for share in (0.5, 0.99))
    half_busy, most_busy = (found.wait(found.busy, share) for share in (0.5, 0.99))
    yield (
        f"  replies meanwhile: {half_busy:.0f} ms, p99 {most_busy:.0f} ms "
        f"({len(found.busy)} questions); idle {half:.0f} ms, p99 {most:.0f} ms"
    )


def _storage(found: Findings) -> Iterator[str]:
    remembered, alone, looked_up, plain = (
        [each[name] for each in found.storage]
        for name in ("remembered", "remembered_alone", "looked_up", "plain")
    )
    yield (
        f"an update remembered for good: {median(remembered):.0f} CPU µs with 40 at once "
        f"(x {ratio(remembered, plain):.2f} of a commit each), {median(alone):.0f} µs alone"
    )
    yield f"somebody looked up: {median(looked_up):.0f} CPU µs"
