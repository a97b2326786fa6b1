"""Finding the lexicon's concepts in a text; it knows no directory and ranks nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, Self

from bot.answers.lexicon import NO_LEXICON, Lexicon
from bot.answers.slips import bones, deletions, one_slip
from bot.answers.spelling import fold, sound
from bot.answers.stems import Side, german_stem, stem
from bot.answers.vocabulary import SHORTEST_MISTYPED, Keys, Vocabulary, carries, loose_key, matters

LONGEST: Final = 5
"""Words of the longest phrase that is looked for without gaps."""

WRITTEN, GAPPED, OTHER_SIDE, HEARD = 1.0, 0.85, 0.7, 0.8
HEAD, HEAD_ALONE, MODIFIER, MISTYPED, LOOSE = 0.7, 0.4, 0.45, 0.7, 0.7
"""What a hit is worth: as written, in the other language, by sound, in a compound and so on."""

LEAST_SHARE: Final = 0.45
"""Share of a phrase, by the rarity of its words, that must be said."""

WIDEST_GAP: Final = 2
"""Words that may stand between those of a phrase: mon mari me *souvent* frappe."""

_SHORTEST_PART: Final = 4
_SHORTEST_COMPOUND: Final = 7
_SHORTEST_HEARD: Final = 4
_SHORTEST_ABROAD: Final = 4
_LINKS: Final = ("", "s", "n", "en", "es", "er", "e")


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found in words `start` to `end` of a text, and how much that is worth."""

    concept: str
    start: int
    end: int
    worth: float
    term: str
    """The term that was found, as it is spelt inside phrases."""
    guessed: bool = False
    """Whether only words of a phrase were said, not the phrase."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text in the spellings they are looked up with."""

    words: Sequence[str]
    folded: Sequence[str]
    stems: Sequence[str]
    loose: Sequence[str]
    carried: frozenset[int]
    """Places of the words that can carry meaning."""

    @classmethod
    def read(cls, found: Sequence[str], side: Side) -> Self:
        """Spell the words of a text for one side."""
        folded = [fold(word) for word in found]
        return cls(
            found,
            folded,
            [stem(word, side) for word in folded],
            [loose_key(word, side) for word in found],
            frozenset(place for place, word in enumerate(found) if carries(word, side)),
        )


@dataclass(frozen=True, slots=True)
class Matcher:
    """The lexicon, compiled."""

    lexicon: Lexicon
    sides: Mapping[Side, Vocabulary]
    deaf: frozenset[tuple[str, str]] = frozenset()
    """Concepts with terms that are not heard: to see how the others would do alone."""

    @classmethod
    def build(cls, lexicon: Lexicon) -> Self:
        """Compile `lexicon`."""
        sides: tuple[Side, ...] = ("fr", "de")
        return cls(lexicon, {side: Vocabulary.build(lexicon, side) for side in sides})

    def hits(self, found: Sequence[str], side: Side, *, asked: bool = True) -> list[Hit]:
        """Return the concepts in the words `found`, read as `side`.

        With `asked` the text is somebody's question: other languages, dialect and typing errors are
        thought of; without, it is an entry's carefully written text.
        """
        return self.hits_in(Text.read(found, side), side, asked=asked)

    def hits_in(self, text: Text, side: Side, *, asked: bool = True) -> list[Hit]:
        """Return the concepts in a text that is already spelt for `side`."""
        vocabulary = self.sides[side]
        other = self.sides["de" if side == "fr" else "fr"]
        hits = list(_spans(vocabulary, text))
        if asked:
            hits += _heard(vocabulary, text, _open(text, hits))
            hits += _abroad(other, text, _open(text, hits))
        if side == "de":
            hits += _compounds(vocabulary, text, _open(text, hits))
        if asked:
            hits += _mistyped(vocabulary, text, _open(text, hits))
            hits += _loosely(vocabulary, text)
            hits += _gapped(vocabulary, text)
        if self.deaf:
            return [hit for hit in hits if (hit.concept, hit.term) not in self.deaf]
        return hits


NO_WORDS: Final = Matcher.build(NO_LEXICON)
"""For a caller without the lexicon: words mean nothing but themselves."""


def _open(text: Text, hits: Iterable[Hit]) -> list[int]:
    """Return the places of words that carry meaning and that no hit explains yet."""
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    return sorted(text.carried - covered)


def _spans(vocabulary: Vocabulary, text: Text) -> Iterator[Hit]:
    def phrase(start: int, end: int) -> tuple[str, ...]:
        if text.stems[start] not in vocabulary.openings:
            return ()
        return vocabulary.terms.stems.get(" ".join(text.stems[start:end]), ())

    def word(place: int) -> tuple[str, ...]:
        if place not in text.carried:
            return ()
        return vocabulary.terms.single(text.words[place], text.folded[place], text.stems[place])

    return _runs(text, phrase, word, worth=WRITTEN)


def _heard(vocabulary: Vocabulary, text: Text, left: Sequence[int]) -> Iterator[Hit]:
    """Yield what words mean by their sound that nobody writes like this."""
    if not vocabulary.sounds:
        return
    strange = {
        place
        for place in left
        if len(text.loose[place]) >= _SHORTEST_HEARD and text.folded[place] not in vocabulary.known
    }
    if not strange:
        return
    plainly = [sound(word) for word in text.words]
    sounds = vocabulary.sounds

    def phrase(start: int, end: int) -> tuple[str, ...]:
        if strange.isdisjoint(range(start, end)):
            return ()
        return sounds.get(" ".join(text.loose[start:end]), ())

    def word(place: int) -> tuple[str, ...]:
        if place not in strange:
            return ()
        return sounds.get(text.loose[place]) or sounds.get(plainly[place], ())

    yield from _runs(text, phrase, word, worth=HEARD)


def _runs(
    text: Text,
    phrase: Callable[[int, int], tuple[str, ...]],
    word: Callable[[int], tuple[str, ...]],
    *,
    worth: float,
) -> Iterator[Hit]:
    """Yield what runs of words mean, longest first: a phrase hides the words it is made of."""
    hidden: set[int] = set()
    length = len(text.words)
    for size in range(min(LONGEST, length), 0, -1):
        for start in range(length - size + 1):
            end = start + size
            if not hidden.isdisjoint(range(start, end)):
                continue
            concepts = word(start) if size == 1 else phrase(start, end)
            if concepts:
                hidden.update(range(start, end))
                term = " ".join(text.loose[start:end])
                yield from _shared(concepts, (start, end), term, worth=worth)


def _shared(
    concepts: Sequence[str], places: tuple[int, int], term: str, *, worth: float
) -> Iterator[Hit]:
    """Yield a hit for each concept: words that mean many things tell less of each."""
    for concept in concepts:
        yield Hit(concept, *places, worth / sqrt(len(concepts)), term)


def _abroad(other: Vocabulary, text: Text, left: Iterable[int]) -> Iterator[Hit]:
    """Yield what words mean in the other language: the same town speaks both."""
    for place in left:
        if len(text.folded[place]) >= _SHORTEST_ABROAD:
            concepts = other.terms.folded.get(text.folded[place], ())
            places = (place, place + 1)
            yield from _shared(concepts, places, text.folded[place], worth=OTHER_SIDE)


def _compounds(vocabulary: Vocabulary, text: Text, left: Iterable[int]) -> Iterator[Hit]:
    for place in left:
        for part, worth in _parts(text.folded[place], vocabulary.terms.stems):
            concepts = vocabulary.terms.stems[part]
            yield from _shared(concepts, (place, place + 1), part, worth=worth)


def _parts(word: str, terms: Keys) -> Iterator[tuple[str, float]]:
    """Yield the terms a German compound ends and begins with.

    A head alone says little: what kind of course a Tauchkurs is, is what matters about it.
    """
    if len(word) < _SHORTEST_COMPOUND:
        return
    starts = range(3, len(word) - _SHORTEST_PART + 1)
    ends = range(len(word) - 3, _SHORTEST_PART - 1, -1)
    heads = (german_stem(word[start:]) for start in starts)
    head = next((h for h in heads if len(h) >= _SHORTEST_PART and h in terms), "")
    modifier = next((m for m in (_linked(word[:end], terms) for end in ends) if m), "")
    if head:
        yield head, HEAD if modifier else HEAD_ALONE
    if modifier:
        yield modifier, MODIFIER


def _linked(start: str, terms: Keys) -> str:
    for link in _LINKS:
        if start.endswith(link):
            bare = german_stem(start[: len(start) - len(link)])
            if len(bare) >= _SHORTEST_PART and bare in terms:
                return bare
    return ""


def _mistyped(vocabulary: Vocabulary, text: Text, left: Iterable[int]) -> Iterator[Hit]:
    """Yield what long words mean that nobody writes this way, but one slip away."""
    for place in left:
        word = text.folded[place]
        if len(word) < SHORTEST_MISTYPED or word in vocabulary.known:
            continue
        bare = bones(word)
        meant = {
            term
            for gone in deletions(bare)
            for term in vocabulary.slips.get(gone, ())
            if one_slip(bare, bones(term))
        }
        concepts = {concept for term in meant for concept in vocabulary.terms.folded[term]}
        yield from _shared(sorted(concepts), (place, place + 1), word, worth=MISTYPED)


def _loosely(vocabulary: Vocabulary, text: Text) -> Iterator[Hit]:
    """Yield for each concept the phrase of it that comes nearest, most of its words being said."""
    said: dict[int, float] = {}
    where: dict[int, int] = {}
    places = (p for p, w in enumerate(text.words) if matters(w, vocabulary.side))
    senses = {_sense(vocabulary, text, place): place for place in places}
    for sense, place in senses.items():
        rarity = vocabulary.rarity.get(sense, 0.0)
        for number in vocabulary.said_in.get(sense, ()):
            said[number] = said.get(number, 0.0) + rarity
            where[number] = place
    nearest: dict[str, tuple[float, int, str]] = {}
    for number, weight in said.items():
        phrase = vocabulary.phrases[number]
        share = weight / phrase.whole
        if share >= LEAST_SHARE:
            share *= phrase.telling
            best = nearest.get(phrase.concept)
            if best is None or share > best[0]:
                nearest[phrase.concept] = (share, where[number], " ".join(phrase.keys))
    for concept, (share, place, term) in nearest.items():
        yield Hit(concept, place, place + 1, LOOSE * share**2, term, guessed=True)


def _sense(vocabulary: Vocabulary, text: Text, place: int) -> str:
    return vocabulary.terms.sense(
        text.words[place], text.folded[place], text.stems[place], text.loose[place]
    )


def _gapped(vocabulary: Vocabulary, text: Text) -> Iterator[Hit]:
    """Yield phrases said in order, with a word or two in between."""
    spoken = set(text.loose)
    for key in spoken:
        for number in vocabulary.rarest_in.get(key, ()):
            phrase = vocabulary.phrases[number]
            if spoken.issuperset(phrase.keys):
                place = _in_order(phrase.keys, text.loose)
                if place is not None:
                    yield Hit(phrase.concept, *place, GAPPED, " ".join(phrase.keys))


def _in_order(keys: Sequence[str], spoken: Sequence[str]) -> tuple[int, int] | None:
    """Return where `keys` are said one after the other, None if that is too far apart."""
    for start, key in enumerate(spoken):
        if key != keys[0]:
            continue
        place = start
        for wanted in keys[1:]:
            try:
                place = spoken.index(wanted, place + 1)
            except ValueError:
                return None
        if place - start + 1 <= len(keys) + WIDEST_GAP:
            return start, place + 1
    return None
