"""The engine: a directory in, answers out; built anew whenever an entry changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from bot.answers import follow_ups, lists
from bot.answers.alarms import NO_ALARMS, Alarms
from bot.answers.answer import Answer, Context, Ranked
from bot.answers.asked import Hearing
from bot.answers.confidence import Thresholds, confidence, outcome
from bot.answers.fields import entry_languages, weighted_texts
from bot.answers.foreign import NO_TONGUES, Tongues, script_of
from bot.answers.language import Languages, Reply, Spoken
from bot.answers.matching import NO_WORDS, Matcher
from bot.answers.retrieval import Found, Retrieval
from bot.answers.spelling import words
from bot.domain.directory import Directory

_FRESH: Final = Context()
_USUAL: Final = Thresholds()
PLAIN_HELP: Final = 0.5
"""How much an entry must be about somebody's distress to be shown at once, below the help lines."""

_SEARCHED: Final = 30
"""Entries looked at before the ranking is cut to what was asked for."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Answers questions about one directory; it keeps nothing of what it is asked."""

    directory: Directory
    retrieval: Retrieval
    alarms: Alarms
    languages: Languages
    hearing: Hearing
    tongues: Tongues
    known: frozenset[str]
    thresholds: Thresholds

    @classmethod
    def build(
        cls,
        directory: Directory,
        *,
        matcher: Matcher = NO_WORDS,
        alarms: Alarms = NO_ALARMS,
        tongues: Tongues = NO_TONGUES,
        thresholds: Thresholds = _USUAL,
    ) -> Self:
        """Learn `directory`.

        `matcher` knows the words of locales/lexicon, `alarms` (locales/alarms.yaml) somebody in
        distress, `tongues` (locales/foreign.yaml) other languages.
        """
        return cls(
            directory,
            Retrieval.build(directory, matcher),
            alarms,
            Languages.learn(directory, matcher.lexicon),
            Hearing.build(directory),
            tongues,
            frozenset(_vocabulary(directory)),
            thresholds,
        )

    def ask(self, text: str, *, limit: int = 5, context: Context = _FRESH) -> Answer:
        """Answer `text` with at most `limit` ranked entries; no text whatsoever raises."""
        answer = follow_ups.continued(
            replace(
                self._alone(text, context, limit=max(limit, _SEARCHED)),
                asked=self.hearing.hear(text),
            ),
            context,
            directory=self.directory,
            ask=lambda other, most: self._alone(other, context, limit=most),
        )
        answer = lists.listed(answer, self.directory)
        return replace(answer, ranking=answer.ranking[:limit])

    def _alone(self, text: str, context: Context, *, limit: int) -> Answer:
        """Answer `text` as if nothing had been shown before."""
        foreign = self.tongues.heard(text, known=self.known)
        spoken = self.languages.spoken(text)
        if foreign or script_of(text) not in {"LATIN", ""}:
            spoken = Spoken("other", spoken.reply, clear=False)
        wanted = self.retrieval.read(text, spoken.reply, dialect=spoken.language == "gsw")
        critical = self.alarms.topic(wanted, self.retrieval.matcher)
        found = self.retrieval.find(wanted, critical=critical)
        sureness = confidence(found.evidence)
        if found.helps >= PLAIN_HELP:
            sureness = max(sureness, self.thresholds.answer)
        return Answer(
            question=text,
            language=spoken.language,
            foreign=foreign,
            reply_language=_reply(spoken, context),
            clear=spoken.clear,
            outcome=outcome(sureness, self.thresholds),
            confidence=sureness,
            ranking=self._ranking(found)[:limit],
            concepts=self.retrieval.meanings.telling(wanted.hits),
            critical=critical,
        )

    def _ranking(self, found: Found) -> tuple[Ranked, ...]:
        return tuple(
            Ranked(
                entry_id,
                self.directory.entries[entry_id].kind,
                round(found.scores[entry_id], 4),
                tuple(other for other in card if other != entry_id),
            )
            for card in found.cards
            for entry_id in card
        )


def _reply(spoken: Spoken, context: Context) -> Reply:
    if spoken.clear or context.language is None:
        return spoken.reply
    return context.language


def _vocabulary(directory: Directory) -> Iterable[str]:
    for entry in directory.entries.values():
        for language in entry_languages(entry):
            for text, _ in weighted_texts(entry, directory, language=language):
                yield from words(text)
