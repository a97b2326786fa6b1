"""What an answer is to lead with, what lies nearest, and where the conversation then stands; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import Final

from bot.answers.answer import Answer, Context, Ranked
from bot.answers.asked import Asked
from bot.domain.asked import Fact, When
from bot.domain.cards import Card, Found
from bot.domain.directory import Directory, Entry
from bot.domain.nearness import distances

_TIMES: Final[frozenset[Fact]] = frozenset({"when", "hours", "open_now"})
_LOCAL: Final[frozenset[Fact]] = frozenset({*_TIMES, "where", "nearest", "contact", "sign_up"})
_AS_GOOD: Final = 0.75
"""Share of the first score from which another place offers the same."""

_MOST_LEADS: Final = 2
_WEEK: Final = 7
_REMEMBERED: Final = 12


def wanted_facts(
    asked: Asked, when: When | None, entry: Entry, *, follows: bool = False
) -> tuple[Fact, ...]:
    """Return what the card of `entry` is to begin with: at most two facts, times counted as one."""
    chosen: list[Fact] = []
    tells = follows or (when is not None and _says_when(when, entry))
    for fact in _facts(asked, when, tells=tells, follows=follows):
        group = _TIMES if fact in _TIMES else _GROUPS.get(fact, frozenset({fact}))
        if not group & set(chosen):
            chosen.append(fact)
    return tuple(chosen[:_MOST_LEADS])


_GROUPS: Final[dict[Fact, frozenset[Fact]]] = {
    "where": frozenset({"where", "nearest"}),
    "nearest": frozenset({"where", "nearest"}),
}


def _says_when(when: When, entry: Entry) -> bool:
    """Return whether days that are merely mentioned ask for dates: not « nous arrivons en mars »."""
    short = sum((days.last - days.first).days + 1 for days in when.days) <= _WEEK
    named = any(days.name for days in when.days)
    return bool(when.days) and (short or named or entry.schedule is not None)


def _facts(asked: Asked, when: When | None, *, tells: bool, follows: bool) -> Iterator[Fact]:
    yield from asked.facts
    if when and tells and not _TIMES & set(asked.facts):
        yield "when"
    if follows and not asked.facts and not when:
        yield from _from_filters(asked)


def _from_filters(asked: Asked) -> Iterator[Fact]:
    """Yield what « et pour les adultes ? » or "u gratis?" asks of the entry shown."""
    wanted = asked.filters
    if wanted.age is not None or wanted.audience:
        yield "age"
    if wanted.language:
        yield "language"
    if wanted.free:
        yield "cost"
    if wanted.neighbourhood:
        yield "where"


def nearest_first(answer: Answer, home: str | None, directory: Directory) -> Answer:
    """Return `answer` with what lies in the neighbourhood `home` first, if it offers the same."""
    asked = answer.asked
    if home and asked.wants_list and "nearest" in asked.facts and not asked.filters.neighbourhood:
        return replace(answer, near=home)
    if not home or asked.filters.neighbourhood or not _LOCAL & set(asked.facts) or answer.follows:
        return answer
    heads = answer.cards
    if not heads:
        return answer
    first = heads[0]
    near = _nearest(heads, home, directory)
    if near is first or near is None:
        return replace(answer, ranking=_home_sibling(answer.ranking, home, directory))
    rest = tuple(ranked for ranked in answer.ranking if ranked is not near)
    return replace(answer, ranking=(near, *rest))


def _nearest(heads: tuple[Ranked, ...], home: str, directory: Directory) -> Ranked | None:
    """Return what lies nearest of all that offer the same as the first; None if that is unknown."""
    far = distances(directory, home)

    def away(ranked: Ranked) -> float:
        entry = directory.entries[ranked.entry_id]
        return -1.0 if entry.neighbourhood == home else far.get(entry.place or "", inf)

    same = [ranked for ranked in heads if ranked is heads[0] or _as_good(ranked, heads, directory)]
    return min(same, key=away, default=None)


def _as_good(ranked: Ranked, heads: tuple[Ranked, ...], directory: Directory) -> bool:
    entry, top = (directory.entries[each.entry_id] for each in (ranked, heads[0]))
    if entry.kind == "faq":
        return False
    return entry.category == top.category and ranked.score >= _AS_GOOD * heads[0].score


def _home_sibling(
    ranking: tuple[Ranked, ...], home: str, directory: Directory
) -> tuple[Ranked, ...]:
    """Put the service in the person's own neighbourhood first among those of a frequent question."""

    def away(entry_id: str) -> bool:
        return directory.entries[entry_id].neighbourhood != home

    first = ranking[0]
    return (replace(first, siblings=tuple(sorted(first.siblings, key=away))), *ranking[1:])


def stands_at(context: Context, answer: Answer, found: Found) -> Context:
    """Return where the conversation stands once `found` has been shown; distress leaves no trace."""
    if found.care:
        return Context(answer.reply_language)
    if found.listing:
        items = found.listing.items or found.listing.instead
        ids = tuple(item.entry.id for item in items[:_REMEMBERED])
        return Context(answer.reply_language, ids, listed=True, asked=answer.asked)
    if found.outcome != "answer" or not found.cards:
        return context.after(replace(answer, outcome="none") if found.foreign else answer)
    card = found.cards[0]
    entries: list[Entry] = [card.entry, *([card.service.entry] if card.service else [])]
    return Context(answer.reply_language, tuple(e.id for e in entries), asked=answer.asked)


def shown_alone(card: Card, language: str) -> Context:
    """Return where the conversation stands once somebody has opened one card themselves."""
    return Context("de" if language == "de" else "fr", (card.entry.id,))
