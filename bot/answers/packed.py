"""The compiled lexicon as bytes and back: compiling takes a second, unpacking a fraction of it.

What it packs are words and numbers only, so bytes that were tampered with can break a start, never
run anything.
"""

from __future__ import annotations

import marshal
from dataclasses import fields
from typing import Any, Final

from bot.answers.lexicon import Concept, Lexicon
from bot.answers.matching import Matcher
from bot.answers.vocabulary import Phrase, Terms, Vocabulary


class UnreadablePackError(ValueError):
    """Bytes that are no packed lexicon, or one of another version."""


_BROKEN: Final = (EOFError, ValueError, TypeError, KeyError, IndexError, AttributeError)


def packed(matcher: Matcher) -> bytes:
    """Return `matcher` as bytes."""
    return marshal.dumps(
        (
            [_flat(concept) for concept in matcher.lexicon.concepts.values()],
            {side: _vocabulary_flat(vocabulary) for side, vocabulary in matcher.sides.items()},
        )
    )


def unpacked(data: bytes) -> Matcher:
    """Return the matcher that `packed` made `data` of; UnreadablePackError if it is none."""
    try:
        concepts, sides = marshal.loads(data)  # noqa: S302 - words and numbers, see above
        lexicon = Lexicon({flat[0]: Concept(*flat) for flat in concepts})
        return Matcher(lexicon, {side: _vocabulary(flat) for side, flat in sides.items()})
    except _BROKEN as error:
        raise UnreadablePackError(str(error)) from error


def _flat(record: Concept | Phrase | Terms | Vocabulary) -> tuple[Any, ...]:
    return tuple(getattr(record, field.name) for field in fields(record))


def _vocabulary_flat(vocabulary: Vocabulary) -> dict[str, Any]:
    flat = {field.name: getattr(vocabulary, field.name) for field in fields(Vocabulary)}
    phrases = tuple(_flat(phrase) for phrase in vocabulary.phrases)
    return flat | {"terms": _flat(vocabulary.terms), "phrases": phrases}


def _vocabulary(flat: dict[str, Any]) -> Vocabulary:
    phrases = tuple(Phrase(*phrase) for phrase in flat["phrases"])
    return Vocabulary(**flat | {"terms": Terms(*flat["terms"]), "phrases": phrases})
