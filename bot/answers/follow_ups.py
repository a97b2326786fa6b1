"""Whether a text goes on about what was shown last, and what it then means; it remembers nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, Literal

from bot.answers.answer import Answer, Context, Ranked
from bot.answers.fields import entry_words
from bot.answers.wording import fold_word
from bot.domain.directory import Directory, Entry
from bot.domain.fitting import fits

Turn = Literal["new", "same", "narrower"]
"""A new question; the entry shown last; the list shown last, narrowed otherwise."""

SURE: Final = 0.9
"""How sure a follow-up is of what it refers to."""

_SEARCHED: Final = 30
_SHORT: Final = 3
_STEM: Final = 4


def decide(answer: Answer, context: Context, directory: Directory) -> Turn:
    """Return what the text of `answer` is in a conversation that stands at `context`."""
    asked = answer.asked
    if not context.shown or not asked.says_something or answer.critical:
        return "new"
    if asked.topic and not _about_it(asked.topic, context, directory):
        return "new"
    if asked.wants_list and asked.time and not asked.joins:
        return "new"  # a whole question of its own: nothing of the last one is meant
    if context.listed and not asked.topic and not asked.among().facts:
        return "narrower"
    if asked.wants_list and not (asked.joins and context.listed):
        return "new"
    return "same"


def continued(
    answer: Answer, context: Context, *, directory: Directory, ask: Callable[[str, int], Answer]
) -> Answer:
    """Return `answer` as it is meant after what was shown; `ask` answers a text on its own."""
    match decide(answer, context, directory):
        case "new":
            return _inheriting(answer, context)
        case "narrower":
            return replace(
                _shown(answer, context, directory), asked=answer.asked.among().after(context.asked)
            )
        case "same":
            if context.listed or context.offered:
                return replace(_shown(answer, context, directory), outcome="suggest")
            return _same(answer, context, directory, ask)


def _same(
    answer: Answer, context: Context, directory: Directory, ask: Callable[[str, int], Answer]
) -> Answer:
    """Stay with the entry, or go to its like that suits: "und in Mett?", « et pour les adultes ? »."""
    stayed = _shown(answer, context, directory)
    entry = _entry(context, directory)
    wanted = answer.asked.filters
    if entry is None or entry.kind == "faq" or fits(entry, wanted):
        return stayed
    title = entry.title.told(answer.reply_language).text
    others = tuple(
        ranked
        for ranked in ask(title, _SEARCHED).ranking
        if ranked.entry_id not in context.shown
        and _like(entry, ranked.entry_id, directory)
        and fits(directory.entries[ranked.entry_id], wanted)
    )
    return replace(stayed, ranking=(*others, *stayed.ranking)) if others else stayed


def _like(entry: Entry, other_id: str, directory: Directory) -> bool:
    other = directory.entries[other_id]
    return other.kind != "faq" and other.category == entry.category


def _shown(answer: Answer, context: Context, directory: Directory) -> Answer:
    """Return `answer` with what was shown before at the head of its ranking."""
    ids = [entry_id for entry_id in context.shown if entry_id in directory.entries]
    if not ids:
        return answer
    heads = tuple(
        Ranked(
            entry_id,
            directory.entries[entry_id].kind,
            1.0,
            ()
            if context.listed or context.offered
            else tuple(other for other in ids if other != entry_id),
        )
        for entry_id in ids
    )
    rest = tuple(
        replace(ranked, siblings=tuple(s for s in ranked.siblings if s not in ids))
        for ranked in answer.ranking
        if ranked.entry_id not in ids
    )
    return replace(answer, outcome="answer", confidence=SURE, ranking=(*heads, *rest), follows=True)


def _inheriting(answer: Answer, context: Context) -> Answer:
    """Ask of a new thing what was asked of the last one: « et la ludothèque ? »."""
    if answer.critical:
        return answer
    asked = answer.asked if answer.outcome == "answer" else answer.asked.alone()
    short = len(asked.topic) <= _SHORT and not asked.says_something
    if not (asked.joins and asked.topic and short and context.shown):
        return replace(answer, asked=asked)
    before = context.asked
    return replace(answer, asked=replace(asked, facts=before.facts, time=before.time))


def _about_it(topic: tuple[str, ...], context: Context, directory: Directory) -> bool:
    """Return whether every word of the topic is a word of the entry shown, in one of its languages."""
    if context.listed or context.offered:
        return False
    known = {
        fold_word(word)
        for entry_id in context.shown
        if entry_id in directory.entries
        for word in entry_words(directory.entries[entry_id], directory)
    }
    return all(any(_alike(word, other) for other in known) for word in topic)


def _alike(word: str, other: str) -> bool:
    if word == other:
        return True
    return min(len(word), len(other)) >= _STEM and (
        other.startswith(word) or word.startswith(other)
    )


def _entry(context: Context, directory: Directory) -> Entry | None:
    return directory.entries.get(context.shown[0])
