"""Whether an entry suits somebody: age, audience, neighbourhood, price, language. It knows no days."""

from __future__ import annotations

from typing import Final

from bot.domain.asked import Filters
from bot.domain.directory import Entry
from bot.domain.told_ages import ages

WHOLE_TOWN: Final = "city"
"""The neighbourhood that stands for all of them."""

EVERYBODY: Final = (0, 99)
_AGES: Final = {
    "children": (4, 12),
    "teens": (12, 18),
    "adults": (18, 64),
    "seniors": (60, 99),
}
_CHILD: Final = 12
_TEEN: Final = 11
_ADULT: Final = 18
_GROWN: Final = 20
_RETIRED: Final = 60


def fits(entry: Entry, filters: Filters) -> bool:
    """Return whether `entry` suits everything `filters` ask for; what it does not say suits."""
    return (
        _for_audience(entry, filters.audience)
        and _for_age(entry, filters.age)
        and filters.neighbourhood in {None, entry.neighbourhood}
        and not (filters.free and not is_free(entry))
        and (filters.language is None or not entry.languages or filters.language in entry.languages)
    )


def is_free(entry: Entry) -> bool:
    """Return whether the directory says that it costs nothing."""
    return entry.cost is not None and entry.cost.chf == 0


def made_for(entry: Entry, filters: Filters) -> bool:
    """Return whether `entry` is meant for just these people, and not for everybody."""
    if filters.age is None:
        return filters.audience is not None and filters.audience in entry.audience
    told = ages(entry)
    narrow = told is not None and told != EVERYBODY and told[0] < _ADULT
    if filters.age >= _RETIRED:
        return "seniors" in entry.audience
    return bool(_young(filters.age) & set(entry.audience)) or (narrow and filters.age < _ADULT)


def _young(age: int) -> set[str]:
    return ({"children"} if age <= _CHILD else set()) | (
        {"teens"} if _TEEN <= age <= _GROWN else set()
    )


def _for_audience(entry: Entry, audience: str | None) -> bool:
    if audience is None or audience in entry.audience:
        return True
    if audience == "children" and "families" in entry.audience:
        return _overlaps(ages(entry), _AGES["children"])
    wide = "all" in entry.audience or not entry.audience
    return wide and _overlaps(ages(entry), _AGES.get(audience, EVERYBODY))


def _overlaps(told: tuple[int, int] | None, wanted: tuple[int, int]) -> bool:
    return told is None or (told[0] <= wanted[1] and wanted[0] <= told[1])


def _for_age(entry: Entry, age: int | None) -> bool:
    if age is None:
        return True
    told = ages(entry)
    if told is not None and not told[0] <= age <= told[1]:
        return False
    return not entry.audience or bool(_audiences(age) & set(entry.audience))


def _audiences(age: int) -> set[str]:
    """Return for whom something may be meant so that it suits somebody of that age."""
    suited = {"all", "disabled", "families"} | _young(age)
    suited |= {"adults", "newcomers"} if age >= _ADULT else set()
    return suited | ({"seniors"} if age >= _RETIRED else set())
