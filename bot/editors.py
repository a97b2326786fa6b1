"""What an editor asks of a directory before residents do: one question, or a whole file of them."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.answers import evaluation, report
from bot.answers.answer import Answer, Context
from bot.answers.coverage import uncovered
from bot.answers.engine import Engine
from bot.answers.matching import Matcher
from bot.answers.unseen import unused
from bot.clock import Clock, monotonic
from bot.comparing import beside
from bot.domain.directory import Directory
from bot.domain.errors import OperatorError
from bot.domain.messages import Message
from bot.domain.town import Town
from bot.formats.directory_files import load
from bot.i18n import voice
from bot.phrases import asking as phrases
from bot.phrases import smalltalk
from bot.services.asking import Asking
from bot.text import plain
from bot.words import alarms, engine, guidance, matcher, small_talk, tongues

SAMPLE = Path(__file__).resolve().parent.parent / "sample"
"""The sample town that comes with the project."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A directory read from its files, ready to be asked, without any database."""

    asking: Asking
    town: Town

    @classmethod
    def of(cls, folder: Path, clock: Clock, *, without: Sequence[str] = ()) -> Reading:
        """Read `folder`, without some concepts of the lexicon; OperatorError if it has mistakes."""
        loaded = load(folder, today=clock.local().date()).sound()
        town = Town.of(loaded.town) if loaded.town else Town()
        asking = Asking(
            loaded.directory,
            clock,
            learn=_learning(without),
            guidance=guidance(),
            small_talk=small_talk(),
        )
        return cls(asking, town)

    def ask(self, text: str, *, language: str | None, limit: int) -> dict[str, Any]:
        """Return the line that `ask --json` prints, the shown reply as its `text`."""
        preset = Context(language="de" if language == "de" else "fr") if language else Context()
        answer = self.asking.engine.ask(text, limit=limit, context=preset)
        return evaluation.as_line(answer, shown=self.shown(answer))

    def shown(self, answer: Answer) -> str:
        """Return the whole reply as a reader sees it, without markup, buttons below."""
        polite = None if answer.follows else self.asking.polite(answer.question)
        if polite:
            nearest = self.asking.nearest(answer.question) if polite.kind == "sign_up" else ()
            told = voice(polite.language)
            return as_text(smalltalk.courtesy(told, polite, self.town, nearest=nearest))
        found = self.asking.found(
            answer, language=answer.reply_language, interpreter=self.town.interpreter
        )
        return as_text(phrases.reply(found, self.town))

    def evaluate(self, file: Path, *, limit: int) -> Iterator[tuple[dict[str, Any], float]]:
        """Yield the line of each question or turn with the milliseconds it took."""
        rows = evaluation.evaluate(
            self.asking.engine, read_rows(file), limit=limit, render=self.shown
        )
        while True:
            started = monotonic()
            line = next(rows, None)
            if line is None:
                return
            yield line, (monotonic() - started) * 1000

    def summary(
        self,
        file: Path,
        lines: list[dict[str, Any]],
        milliseconds: list[float],
        *,
        limit: int,
    ) -> dict[str, Any]:
        """Return the figures for the lines that a file of questions led to."""
        rows = read_rows(file)
        speed = {"median ms": statistics.median(milliseconds)} if milliseconds else {}
        others = beside(self.asking.engine, rows, limit=limit)
        return report.summary(rows, lines, speed=speed, beside=others)

    def unused(self, file: Path) -> list[str]:
        """Return the concepts of the lexicon that neither the directory nor the questions use."""
        texts = [case.text for case in evaluation.cases(read_rows(file))]
        return unused(self.asking.engine, texts)


def _learning(without: Sequence[str]) -> Callable[[Directory], Engine]:
    """Return how a directory is learned when some concepts are left out."""
    if not without:
        return engine
    known = matcher()
    for concept in without:
        if concept not in known.lexicon.concepts:
            raise OperatorError(
                f"The lexicon has no concept {concept}.", remedy="Take one of locales/lexicon/."
            )
    fewer = Matcher.build(known.lexicon.without(without))
    return partial(Engine.build, matcher=fewer, alarms=alarms(), tongues=tongues())


def hints(directory: Directory) -> Iterator[str]:
    """Yield a line for each entry that the lexicon hardly knows, with the words it lacks."""
    for each in uncovered(directory, matcher()):
        lacking = f"; no concept knows {', '.join(each.words)}" if each.words else ""
        yield f"{each.entry_id}: few ways of asking lead here{lacking}"


def read_rows(file: Path) -> list[Mapping[str, Any]]:
    """Return the questions and dialogues of a JSON-lines file; OperatorError names a broken line."""
    if not file.is_file():
        raise OperatorError(f"There is no file {file}.", remedy="Name a file of JSON lines.")
    rows = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            raise OperatorError(
                f"{file.name}:{number}: this line is not JSON.", remedy="Mend it or take it out."
            ) from error
    return rows


def as_text(message: Message) -> str:
    """Return a message as plain text, its buttons in brackets below."""
    lines = [plain(message.text)]
    lines += ["  ".join(f"[{button.text}]" for button in row) for row in message.buttons]
    return "\n".join(lines)
