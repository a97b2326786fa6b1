"""How much of the machine others use meanwhile: figures taken beside a busy neighbour say so."""

from __future__ import annotations

from time import perf_counter

import psutil


class Foreign:
    """Cores used by neither this process nor its children, since it was last asked."""

    def __init__(self) -> None:
        self._me = psutil.Process()
        self._seen: list[float] = []
        self._last = self._look()

    def note(self) -> None:
        """Note what others used since the last note."""
        before, self._last = self._last, self._look()
        wall = self._last[0] - before[0]
        used = (self._last[1] - before[1]) - (self._last[2] - before[2])
        self._seen.append(max(0.0, used / wall))

    def __str__(self) -> str:
        """Say it: the usual and the most."""
        ordered = sorted(self._seen)
        cores = psutil.cpu_count()
        return f"{ordered[len(ordered) // 2]:.1f} of {cores} cores (at most {ordered[-1]:.1f})"

    def _look(self) -> tuple[float, float, float]:
        times = psutil.cpu_times()._asdict()
        idle = times["idle"] + times.get("iowait", 0.0)
        counted_twice = times.get("guest", 0.0) + times.get("guest_nice", 0.0)
        mine = self._me.cpu_times()
        own = mine.user + mine.system + mine.children_user + mine.children_system
        for child in self._me.children(recursive=True):
            own += sum(child.cpu_times()[:2])
        return perf_counter(), sum(times.values()) - idle - counted_twice, own
