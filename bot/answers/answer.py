"""What the engine hands back, and what it may know about the conversation; data, no decisions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.answers.asked import NOTHING_ASKED, Asked
from bot.answers.language import Language, Reply
from bot.domain.directory import Kind

Outcome = Literal["answer", "suggest", "none"]

OFFERED = 3
"""Entries that are suggested when no single one is sure."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One entry of the ranking; `siblings` are the other ids of its card (an FAQ's service)."""

    entry_id: str
    kind: Kind
    score: float
    siblings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question; `confidence` is the chance that its first entry is right.

    `reply_language` is the one to answer in; `clear` says that the text itself decided it.
    `foreign` is the code of a language we do not speak, "en" for example. `ranking` is best first,
    siblings adjacent, whatever the outcome. `asked` is what is wanted of the thing and when;
    `follows` says that the text went on about what was shown before. `critical` names the topic of
    somebody in distress ("violence", "hunger" …), "" for every other text. `concepts` are the ones
    of the lexicon that it is about, the most telling first. `near` is the neighbourhood near which
    it should be, "" if that was not asked.
    """

    question: str
    language: Language
    foreign: str | None
    reply_language: Reply
    clear: bool
    outcome: Outcome
    confidence: float
    ranking: tuple[Ranked, ...]
    asked: Asked = NOTHING_ASKED
    follows: bool = False
    critical: str = ""
    near: str = ""
    concepts: tuple[str, ...] = ()

    @property
    def cards(self) -> tuple[Ranked, ...]:
        """The first entry of each card: what is shown, or offered as "did you mean"."""
        shown: set[str] = set()
        heads = []
        for ranked in self.ranking:
            if ranked.entry_id not in shown:
                heads.append(ranked)
            shown.update((ranked.entry_id, *ranked.siblings))
        return tuple(heads)


@dataclass(frozen=True, slots=True)
class Context:
    """What the conversation so far tells the engine; a new one for somebody who has said nothing.

    `language` is the resident's choice, or what the last reply was in; it holds where a text does
    not say. `shown` are the entries of the last card, or of a list if `listed`, or what was
    suggested if `offered` and one of them still has to be chosen; `asked` is what was
    asked then.
    """

    language: Reply | None = None
    shown: tuple[str, ...] = ()
    listed: bool = False
    offered: bool = False
    asked: Asked = NOTHING_ASKED

    def after(self, answer: Answer) -> Context:
        """Return the context of the next question, once `answer` has been shown."""
        language = answer.reply_language
        if answer.outcome == "none" or not answer.ranking:
            # What was not found is what the person talks about now: nothing to go on about.
            return Context(language) if answer.asked.topic else replace(self, language=language)
        if answer.outcome == "suggest":
            offered = tuple(ranked.entry_id for ranked in answer.cards[:OFFERED])
            return Context(language, offered, offered=True, asked=answer.asked)
        if answer.asked.wants_list:
            listed = tuple(ranked.entry_id for ranked in answer.ranking)
            return Context(language, listed, listed=True, asked=answer.asked)
        first = answer.ranking[0]
        return Context(language, (first.entry_id, *first.siblings), asked=answer.asked)
