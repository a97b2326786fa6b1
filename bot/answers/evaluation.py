"""Asking the engine questions whose answers are known, and judging; it prints nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.answers.answer import Answer, Context
from bot.answers.engine import Engine

Row = Mapping[str, Any]
Line = dict[str, Any]


class BadRowError(ValueError):
    """A row of questions that cannot be read; the message says which one and why."""


@dataclass(frozen=True, slots=True)
class Case:
    """One text to ask and what is accepted; `turn` counts inside a dialogue, None outside."""

    id: str
    turn: int | None
    text: str
    language: str
    kind: str
    expect: tuple[str, ...]


def cases(rows: Iterable[Row]) -> Iterator[Case]:
    """Yield the texts of questions and dialogues in the order in which they are asked."""
    for number, row in enumerate(rows, start=1):
        try:
            yield from _cases(row)
        except (KeyError, TypeError, AttributeError) as error:
            raise BadRowError(
                f"row {number}: {error!r}; a question has id, text, lang, expect and kind, "
                "a dialogue id, lang and turns of text and expect",
            ) from error


def _cases(row: Row) -> Iterator[Case]:
    common = {"id": str(row["id"]), "language": str(row["lang"])}
    if "turns" not in row:
        kind, expect = str(row.get("kind", "")), tuple(row["expect"])
        yield Case(**common, turn=None, text=str(row["text"]), kind=kind, expect=expect)
        return
    for turn, said in enumerate(row["turns"]):
        kind, expect = str(said.get("kind", "dialogue")), tuple(said["expect"])
        yield Case(**common, turn=turn, text=str(said["text"]), kind=kind, expect=expect)


def as_line(answer: Answer, *, shown: str) -> Line:
    """Return the line `ask --json` prints; `shown` is the whole reply without markup."""
    return {
        "question": answer.question,
        "language": answer.language,
        "reply_language": answer.reply_language,
        "outcome": answer.outcome,
        "answers": [
            {"id": ranked.entry_id, "kind": ranked.kind, "score": ranked.score}
            for ranked in answer.ranking
        ],
        "text": shown,
    }


def evaluate(
    engine: Engine,
    rows: Iterable[Row],
    *,
    limit: int,
    render: Callable[[Answer], str],
) -> Iterator[Line]:
    """Ask every text and yield its line, with `id` and, in a dialogue, `turn`.

    The engine is told the text alone; the turns of one dialogue share a context.
    """
    context = Context()
    for case in cases(rows):
        if not case.turn:
            context = Context()
        answer = engine.ask(case.text, limit=limit, context=context)
        context = context.after(answer)
        name: Line = {"id": case.id}
        if case.turn is not None:
            name["turn"] = case.turn
        yield name | as_line(answer, shown=render(answer))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one line did."""

    case: Case
    rank: int | None
    """Place of the first accepted entry, from 1; None when it is not in the ranking."""
    first: str | None
    answered: bool
    reply: str

    @property
    def answerable(self) -> bool:
        """Whether the directory has an answer at all."""
        return bool(self.case.expect)

    @property
    def right(self) -> bool:
        """Whether the right entry was given as the answer."""
        return self.answered and self.rank == 1

    @property
    def reply_right(self) -> bool:
        """Whether the reply is in French for French, in German for German and dialect."""
        return self.reply == ("fr" if self.case.language == "fr" else "de")


def verdicts(rows: Iterable[Row], lines: Sequence[Line]) -> list[Verdict]:
    """Judge `lines`, which `evaluate` gave for the same `rows`."""
    return [_verdict(case, line) for case, line in zip(cases(rows), lines, strict=True)]


def _verdict(case: Case, line: Line) -> Verdict:
    ids = [answer["id"] for answer in line["answers"]]
    ranks = [place for place, entry_id in enumerate(ids, start=1) if entry_id in case.expect]
    return Verdict(
        case=case,
        rank=ranks[0] if ranks else None,
        first=ids[0] if ids else None,
        answered=line["outcome"] == "answer",
        reply=line["reply_language"],
    )
