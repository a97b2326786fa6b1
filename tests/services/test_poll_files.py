"""A poll's result taken away: where each number comes from, and no more than a look would tell."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Clock
from bot.domain.ballots import Slot
from bot.domain.disclosure import STEP, Disclosure, Snapshot
from bot.domain.errors import NotAllowedError
from bot.domain.exports import Form
from bot.domain.poll_records import PollRow, poll_rows
from bot.domain.poll_views import Counted, seen
from bot.domain.polls import Poll, PollState
from bot.services.poll_files import PollFiles
from storage.store import Store
from tests.polling import GAMES, MUSIC, SOUP, Hall, poll


@pytest.fixture
async def hall(store: Store) -> Hall:
    """A town hall on one store."""
    return Hall(store, Clock())


async def test_a_file_says_where_each_number_comes_from(hall: Hall) -> None:
    keeper, files = await hall.animator(), PollFiles(hall.store, hall.clock, polls=hall.polls)
    asked = await hall.opened(keeper, SOUP, GAMES)
    hands = {asked.options[0].id: 7, asked.options[1].id: 3}
    await hall.polls.room(hall.cause(), keeper, asked.number, "hands", hands)
    for number in range(4):
        await hall.votes(await hall.resident(number), asked, 0)

    rows = await _table(files, keeper, asked)
    assert rows[1:] == [
        ["Soupe", "Suppe", "bot", "", "0"],
        ["Soupe", "Suppe", "à main levée", "7", "0"],
        ["Jeux", "Spiele", "bot", "", "0"],
        ["Jeux", "Spiele", "à main levée", "3", "0"],
    ]
    await hall.votes(await hall.resident(5), asked, 1)
    await hall.keeping.close(hall.cause(), keeper, asked.number)
    rows = await _table(files, keeper, asked)
    assert [row[3] for row in rows[1:]] == ["4", "7", "1", "3"]

    book = await files.file(keeper, asked.number, Form.XLSX)
    assert book.attachment is not None
    assert book.attachment.name == f"sondage-{asked.number}-2026-11-25.xlsx"
    assert book.attachment.content.startswith(b"PK")
    told = await files.file(keeper, asked.number, Form.JSON)
    assert told.attachment is not None
    assert len(json.loads(told.attachment.content)["result"]) == 4
    with pytest.raises(NotAllowedError):
        await files.file(await hall.resident(1), asked.number, Form.CSV)


async def test_the_chart_speaks_the_language_of_who_looks(hall: Hall) -> None:
    keeper, files = await hall.animator(), PollFiles(hall.store, hall.clock, polls=hall.polls)
    asked = await hall.opened(keeper, SOUP, GAMES, named=True)
    ada, ben = await hall.resident(1, "fr"), await hall.resident(2, "de")
    await hall.votes(ada, asked, 0)
    for who, words in ((ada, "Que faisons-nous ?"), (ben, "Was machen wir?")):
        shown = await files.picture(who, asked.number)
        assert words in shown.text
        assert shown.attachment is not None
        assert shown.attachment.picture
        assert shown.attachment.content.startswith(b"\x89PNG")
    secret = await hall.opened(keeper, SOUP, GAMES)
    assert (await files.picture(ada, secret.number)).attachment is None


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from([1, 2, 3])), max_size=50))
def test_two_files_never_differ_by_the_vote_of_one(votes: list[tuple[int, int]]) -> None:
    """People vote and change their minds; a file is taken after every vote and at the end."""
    asked, files = poll(SOUP, GAMES, MUSIC), list[tuple[PollRow, ...]]()
    choices, disclosure = dict[int, int](), Disclosure()
    for voter, pick in votes:
        choices[voter] = pick
        if disclosure.wants(len(choices)):
            disclosure = disclosure.after(Snapshot(len(choices), _tally(choices.values())))
        files.append(_file(asked, choices, disclosure, PollState.OPEN))
    files.append(_file(asked, choices, disclosure, PollState.CLOSED))
    totals = [total for each in files if (total := _total(each)) is not None]
    steps = [after - before for before, after in pairwise(totals)]
    assert all(step == 0 or step >= STEP for step in steps)
    same = [(a, b) for a, b in pairwise(files) if _total(a) == _total(b)]
    assert all(_numbers(a) == _numbers(b) for a, b in same)


async def _table(files: PollFiles, keeper: object, asked: Poll) -> list[list[str]]:
    message = await files.file(keeper, asked.number, Form.CSV)  # type: ignore[arg-type]
    assert message.attachment is not None
    text = message.attachment.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def _tally(picks: object) -> dict[Slot, int]:
    chosen = list(picks)  # type: ignore[call-overload]
    return {(option, "yes"): chosen.count(option) for option in (1, 2, 3)}


def _file(
    asked: Poll, choices: dict[int, int], disclosure: Disclosure, state: PollState
) -> tuple[PollRow, ...]:
    now = Poll(1, asked.question, asked.options, asked.terms, state, votes=len(choices))
    counted = Counted(_tally(choices.values()), {}, disclosure)
    return poll_rows(seen(now, counted, mine=None, voted=True))


def _total(rows: Sequence[PollRow]) -> int | None:
    amounts = [row.amount for row in rows]
    return None if None in amounts else sum(filter(None, amounts))


def _numbers(rows: Sequence[PollRow]) -> dict[int, int | None]:
    return {row.option.id: row.amount for row in rows if row.option}
