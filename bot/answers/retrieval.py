"""Finding entries for a question: three indexes over a directory and how their scores join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from bot.answers.confidence import NOTHING, Evidence
from bot.answers.fields import entry_words, headings
from bot.answers.pieces import PieceIndex
from bot.answers.siblings import cards, relatives
from bot.answers.spelling import fold, sound, topic_words
from bot.domain.directory import Directory

SOUND_WEIGHT: Final = 0.3
"""How much the sound of German words adds to their letters: it finds dialect, and blurs."""

WORD_FOR_WORD: Final = 0.85
"""From this likeness on a question counts as asked before: its entry goes first."""

_CONSIDERED: Final = 40
"""Entries of the ranking that are grouped into cards: nobody reads further."""

_MOST_WORDS: Final = 60
"""Topic words looked for: the rest of a long letter would only cost time."""

_GERMAN: Final = ("de",)


@dataclass(frozen=True, slots=True)
class Found:
    """The cards for a question, best first, all scores, and what speaks for the first card."""

    cards: list[tuple[str, ...]]
    scores: Mapping[str, float]
    evidence: Evidence


NOTHING_FOUND: Final = Found([], {}, NOTHING)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Indexes by letters, by sound and of the headings alone."""

    letters: PieceIndex
    sounds: PieceIndex
    headings: PieceIndex
    heading_owner: Mapping[str, str]
    related: Mapping[str, frozenset[str]]

    @classmethod
    def build(cls, directory: Directory) -> Self:
        """Index every entry of `directory`."""
        entries = directory.entries
        headed = {
            f"{entry.id} {number}": (entry.id, dict.fromkeys(topic_words(text), 1.0))
            for entry in entries.values()
            for number, text in enumerate(headings(entry))
        }
        return cls(
            PieceIndex.build(
                {key: entry_words(entry, directory) for key, entry in entries.items()},
                spell=fold,
            ),
            PieceIndex.build(
                {
                    key: entry_words(entry, directory, languages=_GERMAN)
                    for key, entry in entries.items()
                },
                spell=sound,
            ),
            PieceIndex.build({key: words for key, (_, words) in headed.items()}, spell=fold),
            {key: owner for key, (owner, _) in headed.items()},
            relatives(entries),
        )

    def find(self, text: str, *, german: bool, dialect: bool) -> Found:
        """Return the cards for `text`; how German words sound is asked only if it is `german`."""
        topic = topic_words(text)[:_MOST_WORDS]
        spelt = [fold(word) for word in topic]
        scores = self.letters.scores(spelt)
        if german:
            heard = self.sounds.scores([sound(word, dialect=dialect) for word in topic])
            for key, score in heard.items():
                scores[key] = scores.get(key, 0.0) + SOUND_WEIGHT * score
        if not scores:
            return NOTHING_FOUND
        raised = self._raised(scores, spelt)
        order = sorted(raised, key=lambda key: (-raised[key], key))[:_CONSIDERED]
        grouped = cards(order, scores, related=self.related)
        return Found(grouped, raised, self._evidence(grouped, raised, spelt=spelt))

    def _raised(self, scores: dict[str, float], spelt: list[str]) -> dict[str, float]:
        """Return `scores` with those entries ahead that were asked for in these very words."""
        return scores | {
            key: scores[key] + likeness
            for key, likeness in self._asked(spelt).items()
            if likeness >= WORD_FOR_WORD
        }

    def _asked(self, spelt: list[str]) -> dict[str, float]:
        likest: dict[str, float] = {}
        for heading, score in self.headings.scores(spelt).items():
            owner = self.heading_owner[heading]
            likest[owner] = max(likest.get(owner, 0.0), score)
        return likest

    def _evidence(
        self,
        grouped: list[tuple[str, ...]],
        scores: Mapping[str, float],
        *,
        spelt: list[str],
    ) -> Evidence:
        first = grouped[0][0]
        score = scores[first]
        rival = scores[grouped[1][0]] if len(grouped) > 1 else 0.0
        return Evidence(
            score=score,
            margin=(score - rival) / score,
            coverage=self.letters.coverage(spelt, first),
        )
