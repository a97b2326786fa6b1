"""Contributions in figures: how many by month, theme, place, language and state, and how long people wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final

from bot.domain.contribution_lists import Fact
from bot.domain.contribution_states import State
from bot.domain.small_counts import protected

ANSWERING_ENDS: Final = frozenset({State.DONE, State.IMPOSSIBLE, State.PASSED_ON})
"""The ends that the team has brought about; what was taken back or merged says nothing of its pace."""

_HALF, _MOST = 50, 90


@dataclass(frozen=True, slots=True)
class Wait:
    """How many days something took: for how many, for half of them at most, for nine in ten at most."""

    count: int
    median: int | None = None
    ninetieth: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted; a key of "" stands for what is not said. Months read `2026-11`.

    `languages` and `neighbourhoods` tell of people: None there is a count too small to be told.
    """

    total: int
    open: int
    supports: int
    first_answer: Wait
    closing: Wait
    months: Mapping[str, int]
    themes: Mapping[str, int]
    states: Mapping[str, int]
    kinds: Mapping[str, int]
    languages: Mapping[str, int | None]
    neighbourhoods: Mapping[str, int | None]


@dataclass(slots=True)
class Tally:
    """Counts facts as they come; it holds counts only, so it stays small however many come."""

    zone: tzinfo
    total: int = 0
    open: int = 0
    supports: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    answering: Counter[int] = field(default_factory=Counter)
    closing: Counter[int] = field(default_factory=Counter)

    def add(self, facts: Iterable[Fact]) -> None:
        """Count these as well."""
        for fact in facts:
            self._add(fact)

    def figures(self) -> Figures:
        """Return what has been counted so far; counts of people are protected."""
        months = self._counted("month")
        return Figures(
            total=self.total,
            open=self.open,
            supports=self.supports,
            first_answer=_wait(self.answering),
            closing=_wait(self.closing),
            months={month: months[month] for month in sorted(months)},
            themes=self._counted("theme"),
            states=self._counted("state"),
            kinds=self._counted("kind"),
            languages=protected(self._counted("language")),
            neighbourhoods=protected(self._counted("neighbourhood")),
        )

    def _add(self, fact: Fact) -> None:
        self.total += 1
        self.open += fact.closed_at is None
        self.supports += fact.supports
        for name, value in (
            ("month", f"{fact.created_at.astimezone(self.zone):%Y-%m}"),
            ("theme", fact.category or ""),
            ("state", fact.state.value),
            ("kind", fact.kind.value),
            ("language", fact.language),
            ("neighbourhood", fact.neighbourhood or ""),
        ):
            self.counts.setdefault(name, Counter())[value] += 1
        if fact.first_answer_at is not None:
            self.answering[_days(fact, fact.first_answer_at)] += 1
        if fact.closed_at is not None and fact.state in ANSWERING_ENDS:
            self.closing[_days(fact, fact.closed_at)] += 1

    def _counted(self, name: str) -> dict[str, int]:
        """Return the counts, the largest first."""
        return dict(self.counts.get(name, Counter()).most_common())


def _days(fact: Fact, moment: datetime) -> int:
    return max(0, (moment - fact.created_at).days)


def _wait(days: Counter[int]) -> Wait:
    return Wait(days.total(), _percentile(days, _HALF), _percentile(days, _MOST))


def _percentile(days: Counter[int], percent: int) -> int | None:
    """Return the number of days within which so many percent lie; None of nothing."""
    seen = 0
    for each in sorted(days):
        seen += days[each]
        if seen * 100 >= percent * days.total():
            return each
    return None
