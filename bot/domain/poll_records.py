"""How a poll stands as rows of a file: every number with where it comes from, never a person.

The rows are made of what the reader is shown anyway. So two files can be compared no better than two
looks at the poll, and nobody's vote stands in their difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.disclosure import Veil
from bot.domain.poll_views import Seen
from bot.domain.polls import Method, Option
from bot.domain.tallies import Line, Result

BY_BOT = "bot"
"""The source of votes that were given to the bot; the others are those of the room."""


@dataclass(frozen=True, slots=True)
class PollRow:
    """One number: what an option got from one source; without an option they are people.

    `amount` is None where the votes are not shown; `second` are those whom a date would do for, or
    the first places of a ranking.
    """

    option: Option | None
    source: str
    amount: int | None
    second: int = 0


def poll_rows(seen: Seen) -> tuple[PollRow, ...]:
    """Return the rows of a poll as somebody sees it."""
    if seen.result is None:
        return tuple(PollRow(each, BY_BOT, None) for each in seen.poll.offered)
    hidden = seen.veil is not Veil.NONE
    if seen.poll.terms.method is Method.COUNT:
        return tuple(_people(seen.result, hidden=hidden))
    return tuple(row for line in seen.result.lines for row in _line(line, hidden=hidden))


def _line(line: Line, *, hidden: bool) -> Iterator[PollRow]:
    by_bot = line.amount - sum(line.sources.values())
    yield PollRow(line.option, BY_BOT, None if hidden else by_bot, line.second)
    for source, amount in line.sources.items():
        yield PollRow(line.option, source, amount)


def _people(result: Result, *, hidden: bool) -> Iterator[PollRow]:
    by_bot = result.people - sum(result.sources.values())
    yield PollRow(None, BY_BOT, None if hidden else by_bot)
    for source, amount in result.sources.items():
        yield PollRow(None, source, amount)
