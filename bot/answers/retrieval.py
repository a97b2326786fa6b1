"""Finding entries for a question: several indexes over a directory and how their scores join."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from heapq import nlargest
from typing import Final, Self

from bot.answers.accounts import Account
from bot.answers.confidence import Evidence
from bot.answers.evidence import evidence
from bot.answers.fields import SUMMARY, entry_words, headings
from bot.answers.matching import Matcher
from bot.answers.meanings import Meaning, Meanings, Weighed
from bot.answers.pieces import PieceIndex
from bot.answers.siblings import cards, relatives
from bot.answers.spelling import fold, sound, topic_words
from bot.answers.stems import Side, stem
from bot.answers.wanted import Wanted
from bot.answers.weights import RANKING, Likeness
from bot.domain.directory import Directory

WORD_FOR_WORD: Final = 0.85
"""From this likeness on a question counts as asked before: its entry goes first."""

HELP: Final = 0.3
"""What an entry gains that is about the distress somebody writes of."""

_CONSIDERED: Final = 40
"""Entries that are looked at more closely and grouped into cards: nobody reads further."""

_ACCOUNTED: Final = 12
"""Entries that are compared with the question word by word."""

_WEIGHTS: Final = astuple(RANKING)


@dataclass(frozen=True, slots=True)
class Found:
    """The cards for a question, best first, all scores, and why they are what they are."""

    cards: list[tuple[str, ...]]
    scores: Mapping[str, float]
    likeness: Mapping[str, Likeness]
    evidence: Evidence
    helps: float
    """How much the first card is about the distress somebody writes of."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Indexes by meaning, letters, sound, words and of the headings alone."""

    matcher: Matcher
    meanings: Meanings
    letters: PieceIndex
    sounds: PieceIndex
    words: Mapping[Side, PieceIndex]
    headings: PieceIndex
    heading_owner: Mapping[str, str]
    named: Mapping[Side, Mapping[str, frozenset[str]]]
    """The words that each entry says foremost, not in its description, by their stems."""
    related: Mapping[str, frozenset[str]]

    @classmethod
    def build(cls, directory: Directory, matcher: Matcher) -> Self:
        """Index every entry of `directory`."""
        entries = directory.entries
        headed = {
            f"{entry.id} {number}": (entry.id, _topic(text))
            for entry in entries.values()
            for number, text in enumerate(headings(entry))
        }
        all_words = {key: entry_words(entry, directory) for key, entry in entries.items()}
        french, german = (
            {key: entry_words(e, directory, languages=those) for key, e in entries.items()}
            for those in (("fr",), ("de", "gsw"))
        )
        return cls(
            matcher,
            Meanings.build(directory, matcher),
            PieceIndex.build(all_words, spell=fold),
            PieceIndex.build(german, spell=sound),
            {
                "fr": PieceIndex.build(french, spell=_french, whole=True),
                "de": PieceIndex.build(german, spell=_german, whole=True),
            },
            PieceIndex.build({key: found for key, (_, found) in headed.items()}, spell=fold),
            {key: owner for key, (owner, _) in headed.items()},
            {"fr": _named(directory, "fr"), "de": _named(directory, "de")},
            relatives(entries),
        )

    def read(self, text: str, side: Side, *, dialect: bool) -> Wanted:
        """Return what is asked in `text`."""
        aside = self.meanings.aside
        return Wanted.read(text, side, dialect=dialect, matcher=self.matcher, aside=aside)

    def find(self, wanted: Wanted, *, critical: str = "") -> Found:
        """Return the cards for what is `wanted`; help for a `critical` topic goes first."""
        account = Account.of(wanted.said, words=self.words[wanted.side], letters=self.letters)
        likeness = self._likeness(wanted, account)
        scores = {key: like.total(RANKING) for key, like in likeness.items()}
        raised = scores | {
            key: scores[key] + like.heading
            for key, like in likeness.items()
            if like.heading >= WORD_FOR_WORD
        }
        helping = self.meanings.helping(critical)
        for key, held in helping.items():
            raised[key] = raised.get(key, 0.0) + HELP * held
        order = nlargest(_CONSIDERED, raised, key=lambda key: (raised[key], key))
        grouped = cards(order, raised if critical else scores, related=self.related)
        helps = max((helping.get(key, 0.0) for key in grouped[0]), default=0.0) if grouped else 0.0
        why = evidence(
            wanted,
            grouped,
            scores=raised,
            likeness=likeness,
            account=account,
            meanings=self.meanings,
            named=self.named[wanted.side],
            helps=helps,
        )
        return Found(grouped, raised, likeness, why, helps)

    def _likeness(self, wanted: Wanted, account: Account) -> dict[str, Likeness]:
        """Return how the entries that come nearest are like what is wanted."""
        folded = [(said.folded, said.special) for said in wanted.said]
        sounds = [(said.heard, said.special) for said in wanted.said] if wanted.side == "de" else []
        asked = self.meanings.meaning(wanted.hits)
        parts = (
            self.meanings.scores(asked),
            self.letters.scores(folded),
            self.sounds.scores(sounds),
            self.words[wanted.side].scores((said.stem, said.special) for said in wanted.said),
            self._headed(folded),
        )
        total: dict[str, float] = {}
        for part, weight in zip(parts, _WEIGHTS, strict=False):
            for key, score in part.items():
                total[key] = total.get(key, 0.0) + weight * score
        best = nlargest(_CONSIDERED, total, key=lambda key: (total[key], key))
        titled = self.meanings.said(wanted.hits)
        weighed = self.meanings.weighed(asked)
        likeness = {}
        for place, key in enumerate(best):
            close = self._closely(key, account, weighed, titled) if place < _ACCOUNTED else {}
            likeness[key] = Likeness(*[part.get(key, 0.0) for part in parts], **close)
        return likeness

    def _closely(
        self, key: str, account: Account, weighed: Weighed, titled: Meaning
    ) -> dict[str, float]:
        """Return what only a closer look at an entry tells."""
        return {
            "explained": account.explained(key, self.meanings.told[key]),
            "share": weighed.share(self.meanings.about[key]),
            "focus": max((t.share(titled) for t in self.meanings.titles[key]), default=0.0),
        }

    def _headed(self, folded: Sequence[tuple[str, float]]) -> dict[str, float]:
        likest: dict[str, float] = {}
        for heading, score in self.headings.scores(folded).items():
            owner = self.heading_owner[heading]
            likest[owner] = max(likest.get(owner, 0.0), score)
        return likest


def _topic(text: str) -> dict[str, float]:
    return dict.fromkeys(topic_words(text), 1.0)


def _named(directory: Directory, side: Side) -> dict[str, frozenset[str]]:
    languages = ("fr",) if side == "fr" else ("de", "gsw")
    return {
        key: frozenset(
            stem(fold(word), side)
            for word in entry_words(entry, directory, languages=languages, least=SUMMARY)
        )
        for key, entry in directory.entries.items()
    }


def _french(word: str) -> str:
    return stem(fold(word), "fr")


def _german(word: str) -> str:
    return stem(fold(word), "de")
