"""A registration while it is being filled in: which question comes next, and the answers so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from bot.domain.occurrences import OccurrenceKey
from bot.domain.registrations import MONTHS, Party, Who, age_bounds, asks_ages, brings_children

if TYPE_CHECKING:
    from bot.domain.directory import Entry, Signup

CHOOSING, NAMING, PHONING = "registering", "registering_name", "registering_phone"
"""Dialogues in which buttons are tapped, or the next message is a name or a phone number."""

_OLDEST_CHILD = 17
_FEW_MONTHS = 36


class Step(StrEnum):
    """What is asked next."""

    ADULTS = "adults"
    CHILDREN = "children"
    AGES = "ages"
    NAME = "name"
    PHONE = "phone"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class SignUp:
    """What has been answered so far; None is not asked yet."""

    entry_id: str
    stamp: str
    slot: int | None = None
    adults: int | None = None
    children: int | None = None
    ages: tuple[int, ...] = ()
    name: str | None = None
    phone: str | None = None
    origin: str = ""

    @property
    def party(self) -> Party:
        """Who comes, as far as it is known."""
        return Party(self.adults or 0, self.children or 0, self.ages)

    @property
    def by_team(self) -> bool:
        """Whether a member of the team fills it in for somebody."""
        return bool(self.origin)

    @property
    def who(self) -> Who:
        """What the team may call them."""
        return Who(self.name or "", self.phone or "")

    @property
    def key(self) -> OccurrenceKey | None:
        """The date it is for."""
        return OccurrenceKey.stamped(self.entry_id, self.stamp)

    def anew(self) -> Self:
        """Return it without the party, to ask for that again."""
        return replace(self, adults=None, children=None, ages=())

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values for the row in which it waits."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return what `to_json` took apart."""
        return cls(**{**data, "ages": tuple(data.get("ages", ()))})


def first(draft: SignUp, entry: Entry, signup: Signup) -> SignUp:
    """Return the draft with what need not be asked: an appointment is for one person."""
    if signup.slot:
        return replace(draft, adults=1, children=0)
    if not brings_children(entry, signup):
        draft = replace(draft, children=0)
    if signup.unit == "child" and not signup.accompanied:
        draft = replace(draft, adults=0)
    return draft


def step(draft: SignUp, entry: Entry, signup: Signup) -> Step:
    """Return what is asked next."""
    for each in _order(signup):
        if each is Step.ADULTS and draft.adults is None:
            return each
        if each is Step.CHILDREN and draft.children is None:
            return each
        missing = len(draft.ages) < (draft.children or 0)
        if each is Step.AGES and asks_ages(entry) and missing:
            return each
    if draft.name is None:
        return Step.NAME
    if draft.phone is None and (signup.asks_phone or draft.by_team):
        return Step.PHONE
    return Step.READY


def choices(asked: Step, signup: Signup) -> range:
    """Return the numbers to choose from."""
    if asked is Step.CHILDREN:
        return range(1 if signup.unit in {"child", "family"} else 0, 5)
    return range(1 if signup.accompanied or signup.unit != "child" else 0, 5)


def age_choices(entry: Entry) -> tuple[int, ...]:
    """Return the ages of children to choose from, in months."""
    youngest, oldest = age_bounds(entry)
    if oldest <= _FEW_MONTHS:
        return tuple(range(youngest, oldest + 1))
    years = range(youngest // MONTHS, min(oldest // MONTHS, _OLDEST_CHILD) + 1)
    return tuple(max(year * MONTHS, youngest) for year in years)


def _order(signup: Signup) -> tuple[Step, ...]:
    if signup.unit in {"child", "family"} or signup.accompanied:
        return Step.CHILDREN, Step.AGES, Step.ADULTS
    return Step.ADULTS, Step.CHILDREN, Step.AGES
