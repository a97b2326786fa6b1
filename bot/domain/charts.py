"""A chart before it is drawn: bars with their words, of contributions, polls or anything counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `value` None draws none, `shown` is written beside it instead of the number."""

    label: str
    value: int | None
    shown: str = ""

    @property
    def beside(self) -> str:
        """What is written beside the bar."""
        return self.shown or ("" if self.value is None else str(self.value))


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a title; the note stands below."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""
