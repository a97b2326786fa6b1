"""What of an entry is searched, and how much each part counts; it never looks at a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.answers.spelling import topic_words
from bot.domain.directory import Directory, Entry

TITLE, QUESTION, KEYWORD, SUMMARY, DESCRIPTION, WHERE = 3.0, 3.0, 2.0, 1.5, 1.0, 1.0
"""Weights of the fields: a title is short and chosen with care, a description long and chatty."""


def weighted_texts(
    entry: Entry,
    directory: Directory,
    *,
    language: str,
) -> Iterator[tuple[str, float]]:
    """Yield the texts of `entry` in one language, each with its weight."""
    yield entry.title.get(language, ""), TITLE
    yield entry.summary.get(language, ""), SUMMARY
    yield entry.description.get(language, ""), DESCRIPTION
    for question in entry.questions.get(language, ()):
        yield question, QUESTION
    for keyword in entry.keywords.get(language, ()):
        yield keyword, KEYWORD
    place = directory.places.get(entry.place or "")
    if place is not None:
        yield place.name.get(language, ""), WHERE
    neighbourhood = directory.neighbourhoods.get(entry.neighbourhood or "")
    if neighbourhood is not None:
        yield neighbourhood.name.get(language, ""), WHERE


def entry_languages(entry: Entry) -> tuple[str, ...]:
    """Return the languages in which something of `entry` can be searched."""
    texts: tuple[Mapping[str, object], ...] = (
        entry.title,
        entry.summary,
        entry.description,
        entry.keywords,
        entry.questions,
    )
    return tuple(dict.fromkeys(language for text in texts for language in text))


def entry_words(
    entry: Entry,
    directory: Directory,
    *,
    languages: tuple[str, ...] = (),
    least: float = 0.0,
) -> dict[str, float]:
    """Return the topic words of `entry` with their weight, in all languages or the given ones.

    With `least`, only those of fields that count as much.
    """
    counted: dict[str, float] = {}
    for language in languages or entry_languages(entry):
        for text, weight in weighted_texts(entry, directory, language=language):
            for word in topic_words(text) if weight >= least else ():
                counted[word] = counted.get(word, 0.0) + weight
    return counted


def headings(entry: Entry) -> Iterator[str]:
    """Yield the short texts a question may be almost equal to: titles and people's questions."""
    yield from entry.title.values()
    for questions in entry.questions.values():
        yield from questions


def labels(entry: Entry) -> tuple[str, ...]:
    """Return the category and the audience of `entry`: names, not texts."""
    return (entry.category, *entry.audience)
