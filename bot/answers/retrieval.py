"""Finding entries for a question: several indexes over a directory and how their scores join."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from bot.answers.confidence import NOTHING, Evidence
from bot.answers.fields import entry_words, headings
from bot.answers.matching import Hit, Matcher
from bot.answers.meanings import Meaning, Meanings
from bot.answers.pieces import PieceIndex
from bot.answers.siblings import cards, relatives
from bot.answers.spelling import fold, sound, words
from bot.answers.stems import Side, stem
from bot.answers.vocabulary import carries, loose_key
from bot.answers.weights import RANKING, Likeness
from bot.domain.directory import Directory

WORD_FOR_WORD: Final = 0.85
"""From this likeness on a question counts as asked before: its entry goes first."""

HELP: Final = 0.3
"""What an entry gains that is about the distress somebody writes of."""

_CONSIDERED: Final = 40
"""Entries of the ranking that are grouped into cards: nobody reads further."""

_LOOKED_AT: Final = 12
"""Entries that are compared with the question word by word."""

_MOST_WORDS: Final = 60
"""Words looked for: the rest of a long letter would only cost time."""

_SAME_WORD, _SAME_LETTERS = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is looked for."""

    words: tuple[str, ...]
    side: Side
    dialect: bool
    hits: tuple[Hit, ...]
    meaning: Mapping[str, float]
    carried: tuple[int, ...]
    """Places of the words that can say what it is about."""
    special: tuple[float, ...]
    """How special each word is."""

    @property
    def topic(self) -> list[str]:
        """Return those words."""
        return [self.words[place] for place in self.carried]

    def sound(self, word: str) -> str:
        """Return a word by its sound, read as dialect if the question is."""
        return sound(word, dialect=self.dialect)

    def stem(self, word: str) -> str:
        """Return the stem of a word."""
        return stem(fold(word), self.side)

    def spelt(self, spell: Callable[[str], str]) -> list[tuple[str, float]]:
        """Return those words as `spell` spells them, with how special they are."""
        return [(spell(self.words[place]), self.special[place]) for place in self.carried]


@dataclass(frozen=True, slots=True)
class Found:
    """The cards for a question, best first, all scores, and why they are what they are."""

    cards: list[tuple[str, ...]]
    scores: Mapping[str, float]
    likeness: Mapping[str, Likeness]
    evidence: Evidence


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
        everything = {key: entry_words(entry, directory) for key, entry in entries.items()}
        written: dict[Side, dict[str, dict[str, float]]] = {
            "fr": {k: entry_words(e, directory, languages=("fr",)) for k, e in entries.items()},
            "de": {
                k: entry_words(e, directory, languages=("de", "gsw")) for k, e in entries.items()
            },
        }
        return cls(
            matcher,
            Meanings.build(directory, matcher),
            PieceIndex.build(everything, spell=fold),
            PieceIndex.build(written["de"], spell=sound),
            {
                "fr": PieceIndex.build(written["fr"], spell=_french, whole=True),
                "de": PieceIndex.build(written["de"], spell=_german, whole=True),
            },
            PieceIndex.build({key: found for key, (_, found) in headed.items()}, spell=fold),
            {key: owner for key, (owner, _) in headed.items()},
            relatives(entries),
        )

    def read(self, text: str, side: Side, *, dialect: bool) -> Question:
        """Return what is asked in `text`."""
        found = tuple(words(text)[:_MOST_WORDS])
        hits = tuple(self.matcher.hits(found, side))
        special = self.matcher.sides[side].special
        return Question(
            found,
            side,
            dialect,
            hits,
            self.meanings.meaning(hits),
            tuple(place for place, word in enumerate(found) if carries(fold(word))),
            tuple(special.get(loose_key(word, side), 1.0) for word in found),
        )

    def find(self, question: Question, *, critical: str = "") -> Found:
        """Return the cards for `question`; help for a `critical` topic goes first."""
        likeness = self._likeness(question)
        scores = {key: like.total(RANKING) for key, like in likeness.items()}
        raised = scores | {
            key: scores[key] + like.heading
            for key, like in likeness.items()
            if like.heading >= WORD_FOR_WORD
        }
        for key, held in self.meanings.helping(critical).items():
            raised[key] = raised.get(key, 0.0) + HELP * held
        order = sorted(raised, key=lambda key: (-raised[key], key))[:_CONSIDERED]
        grouped = cards(order, raised if critical else scores, related=self.related)
        return Found(grouped, raised, likeness, self._evidence(question, grouped, raised))

    def _evidence(
        self,
        question: Question,
        grouped: Sequence[Sequence[str]],
        scores: Mapping[str, float],
    ) -> Evidence:
        if not grouped:
            return NOTHING
        card = grouped[0]
        score = scores[card[0]]
        rival = scores[grouped[1][0]] if len(grouped) > 1 else 0.0
        spelt = [fold(word) for word in question.topic]
        said = self.meanings.meaning(hit for hit in question.hits if not hit.guessed)
        meant, missing = self.meanings.share(said, card)
        return Evidence(
            score=score,
            margin=max(0.0, score - rival) / (score or 1.0),
            coverage=max(self.letters.coverage(spelt, key) for key in card),
            explained=max(self.explained(question, key, self.meanings.about) for key in card),
            meant=meant,
            missing=missing,
        )

    def _likeness(self, question: Question) -> dict[str, Likeness]:
        spelt = question.spelt(fold)
        meaning = self.meanings.scores(question.meaning)
        letters = self.letters.scores(spelt)
        heard: Mapping[str, float] = {}
        if question.side == "de":
            heard = self.sounds.scores(question.spelt(question.sound))
        same = self.words[question.side].scores(question.spelt(question.stem))
        asked = self._asked(spelt)
        likeness = {
            key: Likeness(
                meaning.get(key, 0.0),
                letters.get(key, 0.0),
                heard.get(key, 0.0),
                same.get(key, 0.0),
                asked.get(key, 0.0),
                0.0,
            )
            for key in meaning.keys() | letters.keys() | heard.keys()
        }
        best = sorted(likeness, key=lambda key: (-likeness[key].total(RANKING), key))
        for key in best[:_LOOKED_AT]:
            like = likeness[key]
            likeness[key] = Likeness(
                like.meaning,
                like.letters,
                like.sound,
                like.words,
                like.heading,
                self.explained(question, key, self.meanings.of_entry),
            )
        return likeness

    def _asked(self, spelt: Sequence[tuple[str, float]]) -> dict[str, float]:
        likest: dict[str, float] = {}
        for heading, score in self.headings.scores(spelt).items():
            owner = self.heading_owner[heading]
            likest[owner] = max(likest.get(owner, 0.0), score)
        return likest

    def explained(self, question: Question, key: str, told: Mapping[str, Meaning]) -> float:
        """Return the share of the words of `question`, by rarity, that entry `key` accounts for."""
        whole = held = 0.0
        for place in question.carried:
            worth = self.worth(question, place)
            whole += worth
            held += worth * self.accounts(question, place, key, told[key])
        return held / whole if whole else 0.0

    def worth(self, question: Question, place: int) -> float:
        """Return how much one word of the question says about what is wanted."""
        index = self.words[question.side]
        rarity = index.rarity.get(stem(fold(question.words[place]), question.side), index.unknown)
        facets = [
            self.meanings.facets.get(hit.concept, 1.0)
            for hit in question.hits
            if hit.start <= place < hit.end
        ]
        return rarity * question.special[place] * max(facets, default=1.0)

    def accounts(self, question: Question, place: int, key: str, held: Meaning) -> float:
        """Return how far entry `key` accounts for one word: by meaning, word or letters."""
        word = fold(question.words[place])
        index = self.words[question.side]
        if key in index.postings.get(stem(word, question.side), ()):
            return _SAME_WORD
        meant = (
            hit.worth * self.meanings.held(hit.concept, held)
            for hit in question.hits
            if hit.start <= place < hit.end
        )
        return max(*meant, _SAME_LETTERS * self.letters.coverage((word,), key) ** 2, 0.0, 0.0)


def _topic(text: str) -> dict[str, float]:
    return dict.fromkeys((word for word in words(text) if carries(fold(word))), 1.0)


def _french(word: str) -> str:
    return stem(fold(word), "fr")


def _german(word: str) -> str:
    return stem(fold(word), "de")
