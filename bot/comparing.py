"""What stands beside the figures of an evaluation: other ways to search, and words held back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any, Final

from bot.answers.engine import Engine
from bot.answers.evaluation import Case, Line, Row, as_line, cases
from bot.answers.fields import entry_languages, weighted_texts
from bot.answers.plain_search import CharacterSearch
from bot.answers.report import summary
from bot.answers.unseen import held_back
from bot.domain.directory import Directory, Entry
from storage.fulltext import FullTextSearch

HELD_BACK: Final = "words of each question held back"
CHARACTERS: Final = "plain TF-IDF on characters"
FULL_TEXT: Final = "SQLite full-text search"

FALSE_ANSWERS: Final = 0.1
"""Share of the unanswerable questions a search may answer: its threshold is set by it, in hindsight."""

Search = Callable[[str], list[tuple[str, float]]]


def beside(engine: Engine, rows: Iterable[Row], *, limit: int) -> dict[str, dict[str, Any]]:
    """Return the same figures for other ways to answer the single questions among `rows`."""
    single = [row for row in rows if "turns" not in row]
    if not single:
        return {}
    with closing(FullTextSearch(_texts(engine.directory))) as full_text:
        characters = CharacterSearch(engine.directory)
        return {
            HELD_BACK: summary(single, _held_back(engine, single, limit)),
            CHARACTERS: summary(single, _searched(characters, single, limit)),
            FULL_TEXT: summary(single, _searched(full_text, single, limit)),
        }


def _held_back(engine: Engine, rows: Sequence[Row], limit: int) -> list[Line]:
    asked = list(cases(rows))
    engines = held_back(engine, [case.text for case in asked])
    return [
        as_line(deaf.ask(case.text, limit=limit), shown="")
        for case, deaf in zip(asked, engines, strict=True)
    ]


def _searched(search: Search, rows: Sequence[Row], limit: int) -> list[Line]:
    """Return the lines of a search that answers where its score is high enough."""
    asked = [(case, search(case.text)[:limit]) for case in cases(rows)]
    empty = sorted((_best(found) for case, found in asked if not case.expect), reverse=True)
    allowed = int(FALSE_ANSWERS * len(empty))
    threshold = empty[allowed] if allowed < len(empty) else 0.0
    return [_line(case, found, answered=_best(found) > threshold) for case, found in asked]


def _best(found: Sequence[tuple[str, float]]) -> float:
    return found[0][1] if found else 0.0


def _line(case: Case, found: Sequence[tuple[str, float]], *, answered: bool) -> Line:
    return {
        "question": case.text,
        "reply_language": "fr" if case.language == "fr" else "de",
        "outcome": "answer" if answered else "suggest",
        "answers": [{"id": entry_id, "score": score} for entry_id, score in found],
    }


def _texts(directory: Directory) -> Mapping[str, str]:
    return {key: _text(entry, directory) for key, entry in directory.entries.items()}


def _text(entry: Entry, directory: Directory) -> str:
    return "\n".join(
        text
        for language in entry_languages(entry)
        for text, _ in weighted_texts(entry, directory, language=language)
    )
