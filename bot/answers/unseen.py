"""How the engine would do in a town nobody wrote the lexicon for: an honest estimate, no answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers.engine import Engine
from bot.answers.fields import entry_languages, weighted_texts
from bot.answers.matching import Matcher
from bot.answers.spelling import words

Term = tuple[str, str]
"""A concept and one of its terms."""


def held_back(engine: Engine, texts: Sequence[str]) -> Iterator[Engine]:
    """Yield for each of `texts` an engine without the vocabulary that only this text justifies.

    That is every term which fires in it, in no other text and in no entry: had this question never
    been thought of, nobody could say that the lexicon would have it.
    """
    fired = [_asked(engine, text) for text in texts]
    common = _written(engine)
    once: set[Term] = set()
    for terms in fired:
        once, common = once | (terms - common - once), common | (terms & once)
    for terms in fired:
        yield _deaf(engine, frozenset(terms - common))


def unused(engine: Engine, texts: Sequence[str]) -> list[str]:
    """Return the concepts that neither an entry nor any of `texts` uses, in alphabetical order."""
    fired = _written(engine).union(*(_asked(engine, text) for text in texts))
    used = {concept for concept, _ in fired}
    return sorted(engine.retrieval.matcher.lexicon.concepts.keys() - used)


def _asked(engine: Engine, text: str) -> set[Term]:
    side = engine.languages.spoken(text).reply
    hits = engine.retrieval.matcher.hits(words(text), side)
    return {(hit.concept, hit.term) for hit in hits}


def _written(engine: Engine) -> set[Term]:
    matcher = engine.retrieval.matcher
    found: set[Term] = set()
    for entry in engine.directory.entries.values():
        for language in entry_languages(entry):
            for text, _ in weighted_texts(entry, engine.directory, language=language):
                hits = matcher.hits(words(text), "fr" if language == "fr" else "de", asked=False)
                found.update((hit.concept, hit.term) for hit in hits)
    return found


def _deaf(engine: Engine, terms: frozenset[Term]) -> Engine:
    old = engine.retrieval.matcher
    matcher = Matcher(old.lexicon, old.sides, old.deaf | terms)
    return replace(engine, retrieval=replace(engine.retrieval, matcher=matcher))
